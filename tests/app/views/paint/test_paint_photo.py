"""What can be painted on (a photograph, empty paper, any tile), and which model is used."""

import numpy as np
from paint_stage import lively_model, paint, picture, ready, shown, state
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from stage import give_model, held_back, show, write_styled

from zscape.app.views.paint.state import ACTIONS, PaintState
from zscape.app.views.paint.view import PaintView
from zscape.app.work.tile_actions import Tile
from zscape.models.files.checkpoint import load_model
from zscape.models.inputs.directions import Direction
from zscape.models.inputs.kinds.classes import Classes
from zscape.models.inputs.recipe import Recipe
from zscape.models.sweeps.single import Single


def test_on_a_photograph_another_is_greyed_until_something_is_erased(qtbot, view, tmp_path):
    view.open(picture(tmp_path))
    qtbot.waitUntil(lambda: state(view).photo is not None, timeout=20_000)
    ready(qtbot, view)
    paint(qtbot, view, "must")
    assert not view.side.another.isEnabled()
    assert "Free" in view.side.another.toolTip()
    paint(qtbot, view, "free")
    assert view.side.another.isEnabled()


def test_a_photograph_stays_where_it_is_not_touched(qtbot, view, tmp_path):
    view.open(picture(tmp_path))
    qtbot.waitUntil(lambda: state(view).photo is not None, timeout=20_000)
    ready(qtbot, view)
    photo = state(view).photo.array
    assert view.session.undo_stack.undoText() == "open picture"
    qtbot.waitUntil(lambda: np.array_equal(shown(view), photo), timeout=20_000)
    frames = []
    view.context.renderer.frame_ready.connect(frames.append)
    view.side.only.click()
    paint(qtbot, view, "free")
    qtbot.waitUntil(lambda: not np.array_equal(shown(view), photo), timeout=20_000)
    assert np.array_equal(shown(view)[:14], photo[:14])
    assert view.side.drawn.isVisible()

    def drawn():
        return next(frame for frame in reversed(frames) if frame.channel == view.name).images[0]

    assert not np.array_equal(drawn()[:14], photo[:14])
    # More frames follow while the search goes on: the one shown is one of them, and soon the last.
    qtbot.waitUntil(lambda: np.abs(shown(view)[22, 8:20].astype(int) - drawn()[22, 8:20]).max() <= 1, timeout=20_000)
    view.strip.point.click()
    assert state(view).photo is None
    assert not view.side.drawn.isVisible()


def test_a_bad_file_gets_a_line_and_changes_nothing(qtbot, view, tmp_path):
    path = tmp_path / "bad.png"
    path.write_bytes(b"no picture")
    before = paint(qtbot, view)
    with qtbot.waitSignal(view.session.message) as said:
        view.open(path)
    assert str(path) in said.args[0]
    assert state(view) == before
    QGuiApplication.clipboard().setText("words")
    with qtbot.waitSignal(view.session.message) as said:
        qtbot.mouseClick(view.strip.paste, Qt.MouseButton.LeftButton)
    assert "clipboard" in said.args[0]


def test_on_empty_paper_the_class_is_found_or_said(qtbot, view):
    qtbot.mouseClick(view.strip.empty, Qt.MouseButton.LeftButton)
    assert view.sweep() is None
    assert "matches your paint" in view.sheet.words
    assert view.side.classes.currentText() == "Find it"
    found = paint(qtbot, view)
    assert found.empty
    assert "Found as" in view.side.note.text()
    view.side.classes.chosen.emit(4)  # "Find it" is 0
    ready(qtbot, view)
    classes = view.session.space.first(Classes)
    assert classes.heaviest(state(view).found.value(classes)) == 3
    assert view.side.classes.currentText() == "3"


def test_the_class_of_the_picture_can_be_chosen(qtbot, view):
    classes = view.session.space.first(Classes)
    view.side.classes.chosen.emit(5)
    assert classes.heaviest(view.session.point.value(classes)) == 5  # without paint, it is the current point
    paint(qtbot, view)
    view.side.classes.chosen.emit(7)
    ready(qtbot, view)
    assert classes.heaviest(state(view).start.value(classes)) == classes.heaviest(state(view).found.value(classes)) == 7


def test_a_shared_state_does_not_contain_the_photograph(qtbot, view, tmp_path):
    view.open(picture(tmp_path))
    qtbot.waitUntil(lambda: state(view).photo is not None, timeout=20_000)
    ready(qtbot, view)
    assert state(view).to_hand_on() == PaintState()
    view.strip.point.click()
    assert paint(qtbot, view).to_hand_on() == state(view)


def test_another_model_of_the_same_kind_searches_again(qtbot, view):
    before = paint(qtbot, view)
    give_model(qtbot, view.context, lively_model(seed=1))
    qtbot.waitUntil(lambda: state(view).found != before.found, timeout=20_000)
    ready(qtbot, view)
    assert state(view).weights == before.weights


def test_a_model_that_gets_directions_keeps_what_was_found(qtbot, view):
    before = paint(qtbot, view)
    steps = view.session.undo_stack.count()
    view.session.learn_directions([Direction("smile", "z", (1.0,) * 8)])
    ready(qtbot, view)
    assert state(view) is before or state(view) == before
    assert view.session.undo_stack.count() == steps


def test_a_model_without_encoder_can_paint_too(qtbot, context, tmp_path):
    view = show(qtbot, PaintView(context))
    give_model(qtbot, context, lively_model(encoder=False))
    ready(qtbot, view)
    assert paint(qtbot, view).found is not None
    assert paint(qtbot, view, "free", [(0.2, 0.2), (0.8, 0.2)]).found is not None
    view.open(picture(tmp_path))
    qtbot.waitUntil(lambda: state(view).photo is not None, timeout=20_000)
    ready(qtbot, view)
    assert state(view).start is not None


def test_any_tile_can_be_painted_on(qtbot, view):
    tile = Tile(Recipe.seed(9), QImage(), "")
    with qtbot.waitSignal(view.session.view_requested) as asked:
        ACTIONS[0].run(view.session, tile)
    assert asked.args == ["paint"]
    ready(qtbot, view)
    assert view.sweep() == Single(Recipe.seed(9))


def test_one_can_paint_on_what_was_found(qtbot, view):
    found = paint(qtbot, view).found
    qtbot.mouseClick(view.strip.result, Qt.MouseButton.LeftButton)
    ready(qtbot, view)
    assert state(view) == PaintState(start=found)
    qtbot.mouseClick(view.tools["keep"], Qt.MouseButton.LeftButton)
    assert view.session.scene.shelf == (found,)


def test_a_picture_that_is_opened_or_pasted_is_for_the_view_that_is_shown(qtbot, window, tmp_path):
    paints = window.show_view("paint")
    qtbot.waitUntil(lambda: not paints.busy, timeout=20_000)
    window.opener.open_file(picture(tmp_path))
    qtbot.waitUntil(lambda: window.session.scene.view(PaintState).photo is not None, timeout=20_000)
    assert window.current_view == "paint"
    qtbot.waitUntil(lambda: not paints.busy, timeout=20_000)
    window.show_view("image")
    window.opener.open_file(picture(tmp_path))
    assert window.current_view == "restyle"
    qtbot.waitUntil(lambda: not window.views["restyle"].busy, timeout=20_000)


def test_a_picture_still_being_read_is_encoded_by_the_new_model(qtbot, view, tmp_path, monkeypatch):
    go_on = held_back(monkeypatch, "zscape.app.views.paint.editing.read")
    view.open(picture(tmp_path))
    styled = tmp_path / "styled.safetensors"
    write_styled(styled, "ab")
    give_model(qtbot, view.context, load_model(styled))
    go_on.set()
    qtbot.waitUntil(lambda: state(view).photo is not None, timeout=20_000)
    assert state(view).photo.array.shape == (32, 32, 3)
    view.session.space.check(state(view).start)
    ready(qtbot, view)
