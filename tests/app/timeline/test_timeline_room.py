"""An open timeline in a low window: nothing of the view above it is cut."""

from itertools import product

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractSpinBox, QApplication, QComboBox, QLabel, QLineEdit, QWidget
from recipes import recipe

from zscape.app.views import VIEWS
from zscape.app.window.dock import HEIGHT
from zscape.models.timeline.edits import animate_shelf

CONTROLS = (QAbstractButton, QAbstractSpinBox, QComboBox, QLabel, QLineEdit)
POINTS = [recipe(seeds=((seed, 1.0),)) for seed in (1, 2, 3, 4)]
SIZES = [(1024, 688), (1280, 640)]


@pytest.fixture
def timeline(window):
    """Open, with keys."""
    window.session.edit_timeline("animate", animate_shelf(POINTS, window.session.space, leg=1.0))
    return window.timeline


def lay_out():
    for _ in range(12):
        QApplication.processEvents()


def cut(area):
    """The controls in `area` that show, but not whole."""
    found = []
    for widget in area.findChildren(QWidget):
        whole = isinstance(widget, CONTROLS) and not isinstance(widget.parent(), CONTROLS) and widget.isVisible()
        if whole and widget.visibleRegion().boundingRect() != widget.rect():
            found.append(widget)
    return found


def test_nothing_is_cut_while_the_timeline_is_open(window, qtbot, timeline):
    for size, name in product(SIZES, VIEWS):
        window.resize(*size)
        qtbot.waitUntil(lambda: not window.jobs.jobs, timeout=60_000)  # what the view before had begun
        view = window.show_view(name)
        lay_out()
        assert timeline.isVisible() == VIEWS[name].plays, name
        assert timeline.transport.play.isVisible() == VIEWS[name].plays, name
        assert view.size() == window.stack.currentWidget().size(), f"{name} scrolls"
        if name != "train":  # where the form and the data scroll, each by itself
            assert cut(view) == [], name
        else:
            setup = view.setup
            assert cut(view.strip) == []
            for widget in (setup.generator, setup.encoder, setup.start, setup.note):
                assert widget.visibleRegion().boundingRect() == widget.rect(), widget
        for place in (timeline, window.status) if VIEWS[name].plays else (window.status,):
            assert window.rect().contains(QRect(place.mapTo(window, QPoint(0, 0)), place.size())), (name, place)


def test_a_person_has_it_open_all_the_same_in_the_view_where_they_unfold_it(qtbot, window, timeline):
    window.resize(1024, 600)
    lay_out()
    assert not timeline.is_folded
    window.show_view("restyle")
    lay_out()
    assert timeline.is_folded
    qtbot.mouseClick(timeline.title.label, Qt.MouseButton.LeftButton)
    lay_out()
    assert not timeline.is_folded
    assert timeline.height() >= HEIGHT + timeline.panel.least_height
    window.show_view("image")
    window.show_view("restyle")
    lay_out()
    assert not timeline.is_folded
    timeline.chevron.click()
    lay_out()
    assert timeline.is_folded


def test_it_comes_back_where_there_is_room_again_and_stays_folded_where_a_person_has_folded_it(window, timeline):
    window.resize(1024, 600)
    window.show_view("restyle")
    lay_out()
    assert timeline.is_folded
    window.show_view("image")
    lay_out()
    assert not timeline.is_folded
    timeline.chevron.click()
    window.show_view("restyle")
    window.show_view("image")
    lay_out()
    assert timeline.is_folded


def test_many_tracks_scroll_before_the_view_is_cut(window, timeline):
    window.resize(1280, 720)
    lay_out()
    before = timeline.height()
    timeline.panel.tracks.toggle.click()
    lay_out()
    high = timeline.height()
    assert high > before
    other = window.height() - window.stack.height() - high
    least, view = HEIGHT + timeline.panel.least_height, window.views[window.current_view]
    window.resize(1280, other + view.minimumSizeHint().height() + least + 20)
    lay_out()
    assert not timeline.is_folded
    assert least <= timeline.height() < high
    assert view.size() == window.stack.currentWidget().size()
