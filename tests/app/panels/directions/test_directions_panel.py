"""The directions panel: sliders, locks, undo, sessions."""

import numpy as np
import pytest
from directions_stage import latent_row
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from recipes import z
from stage import answer, show, write_styled

from zscape.app.panels.directions.panel import DirectionsPanel
from zscape.app.panels.latent import LatentPanel
from zscape.app.state.directions_state import DirectionsState
from zscape.app.state.saved_session import SessionFile
from zscape.app.state.session_file import from_json, to_json
from zscape.app.widgets.controls.menu_button import ARROW
from zscape.app.work.directions.directions import use
from zscape.models.data.attributes import measure
from zscape.models.inputs.directions import Direction


def test_a_slider_moves_the_picture_and_undo_takes_it_back(window, panel, painted, qtbot):
    assert not window.docks["directions"].isHidden()
    before = painted(lambda: window.session.scene_changed.emit()).frame.images.copy()
    panel.rows.row(0).slider.setFocus()
    sheet = painted(lambda: [QTest.keyClick(panel.rows.row(0).slider, Qt.Key.Key_Right) for _ in range(20)])
    assert dict(z(window.session.point).moves) == {"wide": pytest.approx(1.0)}
    qtbot.waitUntil(lambda: not np.array_equal(sheet.frame.images, before))
    qtbot.waitUntil(panel.line.reset_button.isEnabled)
    window.actions_by_name["undo"].trigger()
    assert z(window.session.point).moves == (), "one burst of keys is one step"
    assert "wide" in panel.rows.row(0).slider.accessibleName()


def test_the_search_finds_the_slider_and_says_what_is_a_lock(window, panel, qtbot):
    search = window.header.search
    search.start()
    qtbot.keyClicks(search, "tall")
    lines = search.completer().popup().model()
    assert [lines.index(row, 0).data() for row in range(lines.rowCount())] == [
        "Directions: tall",
        "Directions: Lock directions: tall",
    ]
    qtbot.keyClick(search, Qt.Key.Key_Return)
    assert panel.rows.row(1).slider.hasFocus()
    assert panel.locked == ()
    qtbot.keyClick(panel.rows.row(1).slider, Qt.Key.Key_Right)
    assert [name for name, _ in z(window.session.point).moves] == ["tall"]


def test_what_is_locked_stays(lone, qtbot):
    start = latent_row(lone)
    action = next(each for each in lone.line.locks.actions() if each.text() == "tall")
    action.trigger()
    assert lone.locked == ("tall",)
    qtbot.waitUntil(lambda: lone.line.lock.text() == "1 locked" + ARROW)
    lone.rows.valueChanged.emit(0, 2.0)
    np.testing.assert_allclose((latent_row(lone) - start)[:3], [4, 0, 0], atol=1e-5)
    lone.rows.valueChanged.emit(0, 0.0)
    assert z(lone.session.point).moves == ()
    action.trigger()
    lone.rows.valueChanged.emit(0, 2.0)
    np.testing.assert_allclose((latent_row(lone) - start)[:3], [4, 2, 0], atol=1e-5)
    qtbot.waitUntil(lone.line.reset_button.isEnabled)
    qtbot.mouseClick(lone.line.reset_button, Qt.MouseButton.LeftButton)
    np.testing.assert_allclose(latent_row(lone), start)


def test_locks_are_part_of_the_session(lone):
    lone.toggle_lock("wide")
    saved = from_json(to_json(SessionFile(scene=lone.session.scene)), "here")
    assert saved.scene.view(DirectionsState).names == ("wide",)
    lone.session.undo_stack.undo()
    assert lone.locked == ()


def test_a_moved_point_is_there_again_when_its_session_is_opened(lone):
    lone.rows.valueChanged.emit(0, 1.5)
    moved = lone.session.scene
    lone.session.undo_stack.undo()
    lone.session.restore(moved, lone.session.kind)
    assert dict(z(lone.session.point).moves) == {"wide": 1.5}


def test_a_filmstrip_shows_the_chosen_direction_and_a_click_goes_there(lone, qtbot):
    film = lone.strip.film
    assert lone.busy != film.drawn
    qtbot.waitUntil(lambda: film.drawn, timeout=10_000)
    assert not lone.busy
    assert list(film.values) == [-3, -2, -1, 0, 1, 2, 3]
    assert film.picture(0) != film.picture(6)
    lone.rows.row(1).slider.setFocus()
    qtbot.waitUntil(lambda: lone.strip.title.text() == "tall")
    qtbot.mouseClick(film, Qt.MouseButton.LeftButton, pos=film.rect_of(5).center().toPoint())
    assert dict(z(lone.session.point).moves) == {"tall": 2.0}
    film.setFocus()
    QTest.keyClick(film, Qt.Key.Key_Home)
    QTest.keyClick(film, Qt.Key.Key_Return)
    assert dict(z(lone.session.point).moves) == {"tall": -3.0}
    lone.session.undo_stack.undo()
    assert dict(z(lone.session.point).moves) == {"tall": 2.0}


def test_directions_are_found_in_the_background_and_known_at_once(alone, qtbot):
    panel = alone(DirectionsPanel)
    assert not panel.rows.isVisibleTo(panel)
    assert panel.line.find_button.isVisibleTo(panel)
    panel.line.find_button.click()
    assert panel.finder.busy
    qtbot.waitUntil(lambda: bool(panel.session.model.directions) and not panel.context.jobs.jobs, timeout=60_000)
    qtbot.waitUntil(lambda: panel.rows.row(0) is not None and not panel.line.find_button.isVisibleTo(panel))
    changes = [each.provenance["change"] for each in panel.session.space.directions.values()]
    assert changes == sorted(changes, reverse=True)


def test_looking_for_directions_can_be_stopped(alone, qtbot):
    panel = alone(DirectionsPanel)
    panel.line.find_button.click()
    qtbot.waitUntil(lambda: panel.line.find_button.text() == "Stop")
    panel.line.find_button.click()
    qtbot.waitUntil(lambda: not panel.context.jobs.jobs, timeout=20_000)
    assert not panel.finder.busy
    assert not panel.session.model.directions


@pytest.fixture
def digits(start):
    return start("mnist")


def test_a_lock_holds_the_picture_itself_and_says_what_is_left(digits, qtbot):
    window, panel = digits, digits.panels["directions"]
    window.show_view("image")
    sheet = window.views["image"].main_sheet()
    qtbot.waitUntil(lambda: sheet.frame is not None)

    def slant():
        return measure(sheet.frame.images)["slant"][0]

    start, first = slant(), window.session.point
    place = [each.name for each in panel.known].index("stroke width")
    panel.toggle_lock("slant")
    steps = window.session.undo_stack.count()
    panel.rows.valueChanged.emit(place, 2.0)
    qtbot.waitUntil(lambda: "slant" in panel.held.drift and abs(panel.held.drift["slant"]) < 0.05, timeout=10_000)
    qtbot.waitUntil(lambda: sheet.frame.points.recipes[0] == window.session.point)
    assert abs(slant() - start) < 0.05
    assert panel.drift.text().startswith("Held: slant")
    assert window.session.undo_stack.count() == steps + 1
    window.session.undo_stack.undo()
    assert window.session.point == first


def test_another_seed_stays_moved_along_directions(lone, qtbot):
    latent = show(qtbot, LatentPanel(lone.context), 280, 640)
    latent.refresh()
    session, latent = lone.session, latent.first
    session.edit_point(
        "move", session.point.with_value("z", z(session.point).with_move(next(iter(session.space.directions)), 2.0))
    )
    moved = z(session.point).moves
    qtbot.mouseClick(latent.re_roll, Qt.MouseButton.LeftButton)
    assert (z(session.point).moves, z(session.point).seed != 5) == (moved, True)
    latent.seed.setValue(5)
    assert (z(session.point).moves, z(session.point).seed) == (moved, 5)


def test_directions_move_in_a_zone_or_in_layers_by_number(qtbot, alone, tmp_path, monkeypatch):
    panel = alone(DirectionsPanel, model=write_styled(tmp_path / "styled.safetensors", "abc"))
    styles = panel.session.space.styles
    use(panel.context, [Direction("up", styles.name, (1.0,) * styles.size)])
    qtbot.waitUntil(lambda: panel.rows.row(0) is not None and panel.line.layers.isVisible())
    box, last = panel.line.layers, styles.layers - 1

    def choose(words, typed=None):
        answer(monkeypatch, typed)
        box.setCurrentIndex(box.findText(words))
        box.activated.emit(box.currentIndex())
        return box.currentText()

    assert choose("Fine layers") == "Fine layers"
    assert choose("By number…", f"0, 2-{last}") == f"Layers {','.join(map(str, (0, *range(2, last + 1))))}"
    assert choose("By number…", "1") == "Layers 1"
    panel.rows.valueChanged.emit(0, 2.0)
    assert panel.session.point.value(styles).moves == (("up [1]", 2.0),)
    for typed in (None, "99", "2-1", "x", ""):
        assert choose("By number…", typed) == "Layers 1"
    assert choose("By number…", f"0-{last}") == "All layers"
    assert choose("By number…", ",".join(map(str, styles.zone("coarse")))) == "Coarse layers"
    assert [box.itemText(place) for place in range(box.count())][-2:] == ["Layers 1", "By number…"]
