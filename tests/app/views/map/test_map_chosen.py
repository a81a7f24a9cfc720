"""Selecting points of the map by a lasso or by brushing a histogram, and what can be done with the selection."""

from dataclasses import replace

import numpy as np
import pytest
from map_stage import LEFT, at, pixels, ring
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QLabel
from stage import answer, move, small_model

from zscape.app.state import session_file
from zscape.app.state.kind import Kind
from zscape.app.state.saved_session import SessionFile
from zscape.app.views.map.state import MapState
from zscape.models.maps.files.map_file import load_map


def test_a_lasso_chooses_and_dims_the_rest(qtbot, view):
    ring(view, 0.0, 0.5)
    positions = view.maker.map.positions
    width = view.canvas.width()
    inside = view.canvas.view.to_screen(positions, width, view.canvas.height())[:, 0] < width / 2
    active = view.shown.active
    assert 0 < active.sum() < 60
    assert (active == inside).mean() > 0.95
    assert view.side.chosen.isVisible()
    assert view.side.chosen.words.text() == f"{active.sum()} of 60 chosen"
    left_out = next(place for place in np.flatnonzero(~active) if view.canvas.place_of(view.canvas.spot(place)) == -1)
    spot, shown = at(view, left_out), pixels(view.canvas)
    assert np.ptp(shown[spot.y(), spot.x()].astype(int)) < 12  # grey
    view.session.undo_stack.undo()
    assert view.shown.active is None
    assert not view.side.chosen.isVisible()


def test_the_lasso_button_draws_without_shift(qtbot, view):
    qtbot.mouseClick(view.controls.lasso, LEFT)
    ring(view, 0.0, 0.5, Qt.KeyboardModifier.NoModifier)
    assert view.state.lasso
    assert not view.controls.lasso.isChecked()


def test_the_average_of_the_chosen_is_a_point(qtbot, view):
    ring(view, 0.0, 0.5)
    every, places = view.maker.map.collection, np.flatnonzero(view.shown.active)
    steps = view.session.undo_stack.count()
    qtbot.mouseClick(view.side.chosen.buttons["average"], LEFT)
    latent = view.session.space.input(every.finds)
    numbers = latent.row(view.session.point.value(latent), view.session.space)
    assert np.allclose(numbers, every.latents[places].mean(0), atol=1e-5)
    assert view.session.undo_stack.count() == steps + 1


def test_a_direction_leads_from_the_others_to_the_chosen(qtbot, view, monkeypatch):
    ring(view, 0.0, 0.5)
    answer(monkeypatch, "leaning left")
    qtbot.mouseClick(view.side.chosen.buttons["direction"], LEFT)
    made = view.session.space.directions["leaning left"]
    every, active = view.maker.map.collection, view.shown.active
    way = every.latents[active].mean(0) - every.latents[~active].mean(0)
    assert np.dot(made.vector, way / np.linalg.norm(way)) == pytest.approx(1, abs=1e-4)
    assert np.linalg.norm(made.vector) == pytest.approx(1, abs=1e-5)
    assert view.maker.map is not None  # an additional direction does not change the map


def test_some_of_the_chosen_are_kept_on_the_shelf(qtbot, view):
    ring(view)
    qtbot.mouseClick(view.side.chosen.buttons["keep"], LEFT)
    assert len(view.session.scene.shelf) == 9
    qtbot.mouseClick(view.side.chosen.buttons["keep"], LEFT)
    assert len(set(view.session.scene.shelf)) == min(18, view.shown.active.sum())  # others
    view.session.undo_stack.undo()
    assert len(view.session.scene.shelf) == 9
    view.session.undo_stack.undo()
    assert not view.session.scene.shelf


def test_the_chosen_are_saved(qtbot, view, tmp_path):
    ring(view, 0.0, 0.5)
    with qtbot.waitSignal(view.session.message, timeout=10_000):
        view.export(tmp_path / "part.npz", True)
    assert len(load_map(tmp_path / "part.npz", small_model().spec)) == view.shown.active.sum()
    with qtbot.waitSignal(view.session.message, timeout=10_000) as told:
        view.export(tmp_path / "all.gif", False)
    assert told.args[1]
    assert "must end in .npz" in told.args[0]


def test_a_brush_over_a_histogram_filters_the_map_and_the_other_histograms(qtbot, view):
    view.window().resize(1280, 900)  # large enough that nothing scrolls, even with the buttons for a selection
    QApplication.processEvents()
    histogram, other = view.side.histograms["slant"], view.side.histograms["brightness"]
    before = pixels(other)
    steps = view.session.undo_stack.count()
    places = [QPoint(round(share * histogram.width()), 10) for share in (0.5, 0.6, 0.8, 1.0)]
    qtbot.mousePress(histogram, LEFT, pos=places[0])
    for place in places[1:]:
        move(histogram, place, LEFT)
    qtbot.mouseRelease(histogram, LEFT, pos=places[-1])
    slant = view.maker.map.collection.attributes["slant"]
    middle = histogram.value_at(round(0.5 * histogram.width()))
    assert (view.shown.active == (slant >= middle)).all()  # up to the maximum, beyond the last bar too
    assert view.session.undo_stack.count() == steps + 1
    assert (pixels(other) != before).any()
    written = [label.text() for label in view.side.findChildren(QLabel)]
    assert f"from {middle:.3g}" in written
    image, paper = histogram.grab().toImage(), histogram.palette().color(QPalette.ColorRole.Base)
    assert image.pixelColor(histogram.width() // 4, 3) == paper
    assert image.pixelColor(histogram.width() - 8, 3) != paper, "it is shaded up to where it ends"
    qtbot.mouseClick(histogram, LEFT, pos=QPoint(3, 10))
    assert view.shown.active is None


def test_a_brush_is_moved_by_keys(qtbot, view):
    histogram = view.side.histograms["slant"]
    histogram.setFocus()
    qtbot.keyClick(histogram, Qt.Key.Key_Right)
    low, high = view.state.brush("slant")
    qtbot.keyClick(histogram, Qt.Key.Key_Right)
    assert view.state.brush("slant")[0] > low
    qtbot.keyClick(histogram, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert view.state.brush("slant")[1] > high
    qtbot.keyClick(histogram, Qt.Key.Key_Delete)
    assert view.state.brush("slant") is None


def test_the_session_keeps_how_the_map_is_made_and_not_the_map(qtbot, view, tmp_path):
    ring(view, 0.0, 0.5)
    view.session.edit_view("colour the map", replace(view.state, colour="slant"))
    scene = view.session.scene
    path = tmp_path / "s.zscape.json"
    session_file.save(path, SessionFile("tiny", "map", Kind(view.session.space.inputs), scene))
    assert path.stat().st_size < 20_000
    again = session_file.load(path).scene.view(MapState)
    assert again == view.state
    assert again.colour == "slant"
    assert again.lasso
