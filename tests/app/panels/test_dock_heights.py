"""The heights of panels when they reappear after a view that uses none of them."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QCursor

RIGHT = ("shelf", "about", "model")


@pytest.fixture
def heights(window, qtbot):
    """The heights of the panels on the right, once they stop changing."""
    window.resize(1280, 720)
    QCursor.setPos(window.mapToGlobal(window.rect().bottomRight()))  # away from pictures: describing one needs room
    window.show_view("image")

    def now():
        return [window.docks[name].height() for name in RIGHT]

    def rest():
        before = []

        def same():
            nonlocal before
            before, last = now(), before
            return before == last

        qtbot.waitUntil(same)
        return now()

    return rest


def test_panels_keep_the_heights_that_the_user_gave_them(window, qtbot, heights):
    window.resizeDocks([window.docks["shelf"], window.docks["model"]], [330, 140], Qt.Orientation.Vertical)
    before = heights()
    assert before[0] > 280
    window.show_view("layers")
    qtbot.waitUntil(lambda: not window.docks["shelf"].isVisible())
    window.show_view("image")
    qtbot.waitUntil(lambda: window.docks["shelf"].isVisible())
    assert heights() == pytest.approx(before, abs=8)


def test_a_shelf_with_a_folded_history_below_it_keeps_its_room(window, qtbot, heights):
    before = heights()
    window.docks["history"].fold(False)
    heights()
    window.docks["history"].fold(True)
    window.show_view("train")
    qtbot.waitUntil(lambda: not window.docks["shelf"].isVisible())
    window.show_view("paint")
    qtbot.waitUntil(lambda: window.docks["shelf"].isVisible())
    assert heights()[0] > before[0] - 32
