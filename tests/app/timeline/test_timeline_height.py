"""An open timeline in a low window cuts nothing of the view above it."""

from itertools import combinations, product

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractSpinBox, QApplication, QComboBox, QDockWidget, QLabel, QLineEdit, QWidget
from recipes import recipe

from zscape.app.views import VIEWS
from zscape.app.window.docking.dock import HEIGHT
from zscape.app.work.playing.player import Player
from zscape.models.timeline.edits import animate_shelf

CONTROLS = (QAbstractButton, QAbstractSpinBox, QComboBox, QLabel, QLineEdit)
POINTS = [recipe(seeds=((seed, 1.0),)) for seed in (1, 2, 3, 4)]
SIZES = [(1024, 688), (1280, 640)]


@pytest.fixture
def timeline(window):
    """The timeline, open and with keys."""
    window.session.edit_timeline("animate", animate_shelf(POINTS, window.session.space, leg=1.0))
    return window.timeline


def lay_out():
    for _ in range(12):
        QApplication.processEvents()


def cut(area):
    """The controls in `area` that are only partly visible."""
    found = []
    for widget in area.findChildren(QWidget):
        whole = isinstance(widget, CONTROLS) and not isinstance(widget.parent(), CONTROLS) and widget.isVisible()
        if whole and widget.visibleRegion().boundingRect() != widget.rect():
            found.append(widget)
    return found


def test_nothing_is_cut_while_the_timeline_is_open(window, qtbot, timeline):
    for name, size in product(VIEWS, SIZES):
        window.resize(*size)
        view = window.show_view(name)
        qtbot.waitUntil(lambda: not window.jobs.jobs, timeout=60_000)
        lay_out()
        assert timeline.isVisible() == VIEWS[name].plays, name
        assert timeline.transport.play.isVisible() == VIEWS[name].plays, name
        assert view.size() == window.stack.currentWidget().size(), f"{name} scrolls"
        if name != "train":  # there, the form and the data scroll separately
            assert cut(view) == [], name
        else:
            setup = view.setup
            assert cut(view.strip) == []
            for widget in (setup.generator, setup.encoder, setup.start, setup.note):
                assert widget.visibleRegion().boundingRect() == widget.rect(), widget
        for place in (timeline, window.status) if VIEWS[name].plays else (window.status,):
            assert window.rect().contains(QRect(place.mapTo(window, QPoint(0, 0)), place.size())), (name, place)


def test_a_timeline_unfolded_by_hand_stays_open_in_that_view(qtbot, window, timeline):
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


def test_timeline_unfolds_with_room_unless_the_user_folded_it(window, timeline):
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


def test_the_status_of_playing_moves_no_other_control(window, timeline, monkeypatch):
    title, said = timeline.title, timeline.transport.dropped
    window.resize(1280, 720)
    window.show_view("type")
    lay_out()
    least = title.minimumSizeHint().width()
    monkeypatch.setattr(Player, "preparing", property(lambda _: 0.24))
    timeline.transport.refresh()
    lay_out()
    assert said.text() == "Preparing 24%"
    assert title.minimumSizeHint().width() == least
    window.resize(860, 480)
    lay_out()
    docks = [each for each in window.findChildren(QDockWidget) if each.isVisible()]
    assert not any(a.geometry().intersects(b.geometry()) for a, b in combinations(docks, 2))
