"""The window at small sizes: it keeps the given size, and no controls overlap."""

from itertools import combinations, product

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QMainWindow,
    QWidget,
)

from zscape.app.panels.model_info import ModelPanel
from zscape.app.state.settings import Settings
from zscape.app.views import VIEWS
from zscape.app.views.restyle.side import RestyleSide
from zscape.app.widgets.pictures.pixels import Pixels
from zscape.app.widgets.strip import Strip
from zscape.app.window import geometry
from zscape.app.window.centre import LEAST_WIDTH
from zscape.app.window.docking.dock import LEAST
from zscape.app.window.main_window import MainWindow

SIZES = [(860, 480), (1024, 600), (1024, 700), (1280, 720)]
ROOMY = SIZES[2:]
"""The sizes at which nothing of a view is cut or has to be scrolled."""
CONTROLS = (QAbstractButton, QAbstractSlider, QAbstractSpinBox, QComboBox, QLabel, QLineEdit, Pixels)


def lay_out():
    """Let layouts settle: each notifies its parent in a further turn of the event loop."""
    for _ in range(8):
        QApplication.processEvents()


def overlaps(area):
    """Pairs of visible controls in `area` that overlap, and controls that reach beyond it."""
    places = []
    for widget in area.findChildren(QWidget):
        inner = isinstance(widget.parent(), CONTROLS)  # the arrow or the line edit inside a control belongs to it
        if isinstance(widget, CONTROLS) and not inner and widget.isVisible():
            places.append((widget, QRect(widget.mapTo(area, QPoint(0, 0)), widget.size())))
    assert len(places) > 1
    pairs = [(a, b) for (a, at), (b, to) in combinations(places, 2) if at.intersects(to)]
    return pairs, [widget for widget, at in places if not area.rect().contains(at)]


def test_no_view_makes_the_window_grow_and_none_is_cut_or_overlaps(qtbot, window):
    """One walk through all views for everything that is checked there, because showing them takes longer than the checks."""
    places = {}
    for size, name in product([*SIZES, SIZES[0]], VIEWS):  # views hidden during a resize must adapt too
        window.resize(*size)
        if size in ROOMY:
            qtbot.waitUntil(lambda: not window.jobs.jobs, timeout=60_000)  # started by the previous view
        view = window.show_view(name)
        lay_out()
        assert window.size().toTuple() == size, name
        if window.docks["latent"].isVisible() and window.docks["shelf"].isVisible():  # a user can drag panels wider
            assert view.minimumSizeHint().width() <= LEAST_WIDTH, name
        strips = [strip for strip in view.findChildren(Strip) if strip.isVisible()]
        for area in (window.header, *strips, *view.findChildren(RestyleSide)):
            assert overlaps(area) == ([], []), (name, area)
        if size != SIZES[0]:
            words = [label for label in window.findChildren(QLabel) if label.isVisible() and label.wordWrap() and label.text()]
            cut = [label.text() for label in words if label.height() < label.heightForWidth(label.width())]
            assert cut == [], (name, size)
        if size in ROOMY:
            check_tabs(window.tabs, name)
            places.setdefault(size, {})[name] = tab_places(window)
            check_whole(window, view, name)
    for found in places.values():
        assert all(each == found["class-sweep"] for each in found.values()), f"the tabs move: {found}"


def tab_places(window):
    tabs, left = window.tabs, window.tabs.mapTo(window, QPoint(0, 0))
    return [tabs.tabRect(index).translated(left) for index in range(tabs.count()) if tabs.isTabVisible(index)]


def check_tabs(tabs, name):
    """Every tab is seen with all of its words, or is in the list of those without room."""
    seen = [index for index in range(tabs.count()) if index not in tabs.hidden]
    assert tabs.currentIndex() in seen
    arrows = [button for button in tabs.findChildren(QAbstractButton) if button.isVisible() and button is not tabs.more]
    assert not arrows, "arrows to scroll the tabs"
    for index in seen:
        assert tabs.rect().contains(tabs.tabRect(index)), (name, tabs.tabText(index))
        assert tabs.tabRect(index).width() >= tabs.fontMetrics().horizontalAdvance(tabs.tabText(index))
    assert tabs.more.isVisible() == bool(tabs.hidden)
    if tabs.hidden:
        assert tabs.rect().contains(tabs.more.geometry())
        assert not any(tabs.tabRect(index).intersects(tabs.more.geometry()) for index in seen)


def check_whole(window, view, name):
    """All of the view is seen without scrolling."""
    assert view.size() == window.stack.currentWidget().size(), f"{name} scrolls"
    for widget in view.findChildren(QWidget):
        inside = isinstance(widget, CONTROLS) and not isinstance(widget.parent(), CONTROLS)
        if inside and widget.isVisible() and not widget.visibleRegion().isEmpty():
            assert widget.visibleRegion().boundingRect() == widget.rect(), (name, widget)
            if isinstance(widget, QLabel) and not widget.wordWrap():
                assert widget.width() >= widget.sizeHint().width(), (name, widget.text())
    assert window.rect().contains(QRect(window.status.mapTo(window, QPoint(0, 0)), window.status.size())), name


def test_it_fits_without_scrolling(qtbot, window):
    for name, size in (*product(["restyle"], [SIZES[1], SIZES[-1]]), ("paint", SIZES[0])):
        window.resize(*size)
        view = window.show_view(name)
        if name == "restyle":
            view.strip.example.click()
        qtbot.waitUntil(lambda view=view: view.sheet.frame is not None and not view.busy, timeout=20_000)
        lay_out()
        assert view.size() == window.stack.size(), (name, size)


def test_the_window_can_be_as_small_as_it_says_and_its_panels_stay_readable(window):
    window.resize(window.minimumSize())
    lay_out()  # panels without room are folded
    assert window.size() == window.minimumSize()
    assert window.minimumSizeHint().width() <= window.minimumWidth()
    assert window.minimumSizeHint().height() <= window.minimumHeight()
    window.resize(1280, 720)
    lay_out()
    assert window.docks["latent"].width() >= LEAST["left"]
    panel = window.panels["model"]
    assert isinstance(panel, ModelPanel)
    assert panel.width() >= LEAST["right"]
    value = next(label for label in panel.findChildren(QLabel) if label.text() == "tiny")
    assert value.width() > value.fontMetrics().horizontalAdvance(value.text())


def test_the_note_is_as_high_whatever_it_says(qtbot):
    side = RestyleSide()
    qtbot.addWidget(side)
    heights = set()
    for words in ("", "short", "as close as held-out images of its data, and then some more words"):
        side.show_state(None, (), "", encoder=True, refining=False, words=words)
        heights.add((side.note.sizeHint().height() and side.note.height(), side.minimumSizeHint().height()))
    assert len(heights) == 1


class Framed(QMainWindow):
    """A window with a frame of 6 pixels and a title bar of 30, on a screen of 1024x700 with a bar of 40 at the top."""

    def frameGeometry(self):
        return self.geometry().adjusted(-6, -36, 6, 6)

    def screen(self):
        return self

    def availableGeometry(self):
        return QRect(0, 40, 1024, 660)


@pytest.mark.parametrize(
    "wanted", [QRect(0, 0, 1280, 720), QRect(0, 40, 1024, 660), QRect(-300, 900, 800, 600), QRect(30, 90, 800, 500)]
)
def test_the_window_frame_fits_the_free_part_of_the_screen(qtbot, wanted):
    window = Framed()
    qtbot.addWidget(window)
    window.setGeometry(wanted)
    inside = window.availableGeometry().contains(window.frameGeometry())
    geometry.fit(window)
    assert window.availableGeometry().contains(window.frameGeometry())
    assert not inside or window.geometry() == wanted  # a window that fits is not moved


def test_a_first_start_leaves_room_for_the_title(qtbot, home):
    window = MainWindow(Settings(home))
    free = window.screen().availableGeometry()
    assert window.height() <= max(free.height() - geometry.TITLE, window.minimumHeight())
    window.deleteLater()
