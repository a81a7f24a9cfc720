"""Painting on a picture, by mouse, keyboard and file: the picture that agrees, undo, sessions, playing."""

import copy
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
import torch
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage
from stage import give_model, move, show, small_model, stroke

from zscape.app.state.kind import Kind
from zscape.app.state.saved_session import SessionFile
from zscape.app.state.session_file import from_json, to_json
from zscape.app.views.paint.state import ACTIONS, PaintState
from zscape.app.views.paint.view import PaintView
from zscape.app.work.tile_actions import Tile
from zscape.models.errors import ZscapeError
from zscape.models.inputs.classes import Classes
from zscape.models.inputs.directions import Direction
from zscape.models.inputs.recipe import Recipe
from zscape.models.media.images import save_png
from zscape.models.sweeps.single import Single

LINE = [(0.2, 0.8), (0.8, 0.8)]
SHAPE = (1, 28, 28)


@cache
def lively_model(encoder=True, seed=0):
    """A model whose pictures differ enough to be told apart."""
    model = small_model(encoder, seed)
    generator = copy.deepcopy(model.generator)
    with torch.no_grad():
        for parameter in generator.parameters():
            parameter.mul_(8)
    return replace(model, generator=generator)


@pytest.fixture
def view(qtbot, context):
    view = show(qtbot, PaintView(context))
    give_model(qtbot, context, lively_model())
    ready(qtbot, view)
    return view


def ready(qtbot, view):
    """Wait until nothing is looked for any more, and both pictures are those of the scene."""
    qtbot.waitUntil(lambda: not view.busy, timeout=20_000)
    drawn = lambda: view.sheet.frame is not None and view.sheet.frame.sweep == view.sweep()  # noqa: E731
    qtbot.waitUntil(lambda: view.sweep() is None or drawn(), timeout=20_000)
    qtbot.waitUntil(lambda: not view.pad.blank, timeout=20_000)


def state(view):
    return view.session.scene.view(PaintState)


def paint(qtbot, view, brush="must", places=LINE):
    view.brushes.tools[brush].click()
    stroke(qtbot, view.pad, places)
    ready(qtbot, view)
    return state(view)


def picture(tmp_path):
    """A picture of the model's size that no model draws."""
    image = np.random.default_rng(0).integers(0, 256, (28, 28, 1), np.uint8)
    image[:8] = 0
    save_png(tmp_path / "noise.png", image)
    return tmp_path / "noise.png"


def shown(view):
    return view.sheet.frame.images[0]


def test_one_paints_on_the_picture_at_the_current_point(qtbot, view):
    assert view.sweep() == Single(view.session.point)
    before = shown(view)
    painted = paint(qtbot, view)
    assert painted.start == view.session.point
    assert painted.agreed
    wishes = painted.wishes(SHAPE)
    assert wishes.weight("must")[22, 6:22].min() > 0.9
    assert view.sweep() == Single(painted.found)
    row = np.s_[21:24, 6:22]
    assert np.abs(shown(view)[row].astype(int) - 255).mean() < np.abs(before[row].astype(int) - 255).mean()
    assert painted.found.get("class") == view.session.point.get("class")
    assert "of what must be is there" in view.side.note.text()


def test_before_there_is_a_picture_words_stand_in_its_place(qtbot, context):
    view = show(qtbot, PaintView(context))

    def ground():
        """How much of the pad has its commonest colour."""
        seen = view.pad.grab().toImage()
        colours = [seen.pixel(x, y) for x in range(4, seen.width() - 4) for y in range(4, seen.height() - 4)]
        return max(map(colours.count, set(colours))) / len(colours)

    assert view.pad.blank
    assert ground() < 0.98
    words, view.pad.while_blank = view.pad.while_blank, ""
    assert "appears here" in words
    assert ground() == 1
    give_model(qtbot, context, lively_model())
    ready(qtbot, view)
    assert not view.pad.blank
    before = view.pad.grab().toImage()
    view.pad.while_blank = words
    assert view.pad.grab().toImage() == before  # not over the picture


def test_a_stroke_and_all_that_is_found_for_it_are_one_step_of_undo(qtbot, view):
    first = paint(qtbot, view)
    second = paint(qtbot, view, "must not", [(0.5, 0.1), (0.5, 0.9)])
    stack = view.session.undo_stack
    assert (stack.count(), stack.undoText()) == (2, "paint what must not be")
    stack.undo()
    assert state(view) == first
    assert not view.busy  # it was found before
    stack.undo()
    assert state(view) == PaintState()
    ready(qtbot, view)
    assert view.sweep() == Single(view.session.point)
    stack.redo()
    stack.redo()
    assert state(view) == second


def test_the_picture_follows_while_the_pen_is_down(qtbot, view):
    pad = view.pad
    places = [QPoint(round(x * pad.width()), round(0.8 * pad.height())) for x in (0.2, 0.4, 0.6)]
    qtbot.mousePress(pad, Qt.MouseButton.LeftButton, pos=places[0])
    qtbot.waitUntil(lambda: state(view).found is not None, timeout=20_000)
    first = state(view).found
    for place in places[1:]:
        move(pad, place, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: state(view).found != first, timeout=20_000)
    assert pad.painting
    assert view.editing.job.busy  # it waits for more
    qtbot.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=places[-1])
    ready(qtbot, view)
    assert view.session.undo_stack.count() == 1
    assert state(view).wishes(SHAPE).weight("must")[22, 6:17].min() > 0.9


def test_brushes_look_different_and_the_right_button_takes_paint_away(qtbot, view):
    def seen():
        image, side = view.pad.grab().toImage(), view.pad.width()
        return {image.pixelColor(round(x * side / 100), round(0.8 * side)).name() for x in range(30, 70)}

    view.brushes.choose(QColor("white"))
    looks = []
    for brush in ("must", "must not", "free"):
        paint(qtbot, view, brush)
        looks.append(seen())
        stroke(qtbot, view.pad, LINE, Qt.MouseButton.RightButton)
        ready(qtbot, view)
        assert state(view).untouched or state(view).wishes(SHAPE).painted[22, 8:20].max() == 0
    assert looks[0] == {"#ffffff"}
    assert any(QColor(name).saturation() > 100 for name in looks[1])  # red lines
    assert {"#8a8d93", "#b9bcc2"} <= looks[2]


def test_the_keep_brush_and_clear_take_paint_away(qtbot, view):
    paint(qtbot, view)
    view.brushes.brush.setValue(40)
    assert paint(qtbot, view, "keep").untouched
    paint(qtbot, view)
    qtbot.mouseClick(view.strip.clear, Qt.MouseButton.LeftButton)
    assert state(view).untouched
    assert not view.strip.clear.isEnabled()
    assert "brush" in view.side.note.text()


def test_an_erased_part_is_filled_in_and_another_filling_can_be_asked_for(qtbot, view):
    first = paint(qtbot, view, "free")
    assert first.found is not None
    qtbot.mouseClick(view.side.another, Qt.MouseButton.LeftButton)
    ready(qtbot, view)
    second = state(view)
    assert (second.variant, second.wishes(SHAPE).weights.tolist()) == (1, first.wishes(SHAPE).weights.tolist())
    assert second.found != first.found
    view.session.undo_stack.undo()
    assert state(view) == first


def test_another_picture_can_be_asked_for_where_something_must_be(qtbot, view):
    view.session.edit_point("go", Recipe.seed(51))  # the toy model draws more than black above the line there
    ready(qtbot, view)
    paint(qtbot, view, "must")
    first = view.sheet.grab().toImage()
    qtbot.mouseClick(view.side.another, Qt.MouseButton.LeftButton)
    ready(qtbot, view)
    second = view.sheet.grab().toImage()
    step = view.sheet.width() // 28
    places = [
        (x, y) for x in range(2, view.sheet.width(), step) for y in range(2, view.sheet.height() // 2, step)
    ]  # above the line
    off = [abs(first.pixelColor(*place).lightness() - second.pixelColor(*place).lightness()) for place in places]
    assert sum(off) / len(off) > 8, off


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
    drawn = next(frame for frame in reversed(frames) if frame.channel == view.name).images[0]
    assert not np.array_equal(drawn[:14], photo[:14])
    assert np.abs(shown(view)[22, 8:20].astype(int) - drawn[22, 8:20]).max() <= 1
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
    assert "agrees with your paint" in view.sheet.words
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
    assert classes.heaviest(view.session.point.value(classes)) == 5  # nothing is painted: it is the current point
    paint(qtbot, view)
    view.side.classes.chosen.emit(7)
    ready(qtbot, view)
    assert classes.heaviest(state(view).start.value(classes)) == classes.heaviest(state(view).found.value(classes)) == 7


def test_how_strictly_the_rest_stays_is_one_step_of_undo(qtbot, view):
    before = paint(qtbot, view)
    view.side.rest.setSliderDown(True)
    for value in (60, 70, 100):
        view.side.rest.setValue(value)
    view.side.rest.setSliderDown(False)
    ready(qtbot, view)
    after = state(view)
    assert (after.rest, after.agreed) == (1.0, True)
    assert after.found != before.found
    view.session.undo_stack.undo()
    assert state(view) == before
    assert view.side.rest.value() == 50


def test_it_can_be_stopped_and_does_not_begin_again_by_itself(qtbot, view):
    view.brushes.tools["must"].click()
    stroke(qtbot, view.pad, LINE)
    qtbot.mouseClick(view.side.stop, Qt.MouseButton.LeftButton)
    assert not view.editing.job.busy
    view.refresh()
    assert not view.editing.job.busy
    assert not state(view).untouched
    paint(qtbot, view, places=[(0.3, 0.3), (0.6, 0.3)])
    assert state(view).agreed


def test_a_colour_is_picked_from_the_picture(qtbot, view):
    view.strip.empty.click()
    view.brushes.tools["pick"].click()
    stroke(qtbot, view.pad, [(0.5, 0.5)])
    assert view.brushes.chosen == QColor("black")
    assert view.pad.tool == "must"
    assert view.brushes.tools["must"].isChecked()
    assert state(view).untouched


def test_one_paints_with_the_keyboard(qtbot, view):
    view.pad.setFocus()
    for _ in range(6):
        qtbot.keyPress(view.pad, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyRelease(view.pad, Qt.Key.Key_Shift)
    ready(qtbot, view)
    assert view.session.undo_stack.count() == 1
    assert state(view).wishes(SHAPE).weight("must")[13:15, 14:16].max() == 1


def test_paint_is_saved_and_read_again(qtbot, view):
    painted = paint(qtbot, view)
    saved = SessionFile("tiny", "paint", Kind(view.session.model.spec.inputs), view.session.scene)
    assert from_json(to_json(saved), "it").scene.view(PaintState) == painted
    bad = to_json(saved).replace('"variant":0', '"variant":-1').replace('"variant": 0', '"variant": -1')
    with pytest.raises(ZscapeError, match="damaged session"):
        from_json(bad, "it")


def test_a_photograph_is_not_handed_on(qtbot, view, tmp_path):
    view.open(picture(tmp_path))
    qtbot.waitUntil(lambda: state(view).photo is not None, timeout=20_000)
    ready(qtbot, view)
    assert state(view).to_hand_on() == PaintState()
    view.strip.point.click()
    assert paint(qtbot, view).to_hand_on() == state(view)


def test_another_model_of_its_kind_agrees_anew(qtbot, view):
    before = paint(qtbot, view)
    give_model(qtbot, view.context, lively_model(seed=1))
    qtbot.waitUntil(lambda: state(view).found != before.found, timeout=20_000)
    ready(qtbot, view)
    assert state(view).weights == before.weights


def test_a_model_that_learns_directions_agrees_as_before(qtbot, view):
    before = paint(qtbot, view)
    steps = view.session.undo_stack.count()
    view.session.learn_directions([Direction("smile", "z", (1.0,) * 8)])
    ready(qtbot, view)
    assert state(view) is before or state(view) == before
    assert view.session.undo_stack.count() == steps


def test_a_model_without_encoder_serves_too(qtbot, context, tmp_path):
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


def test_what_was_found_is_painted_on_anew(qtbot, view):
    found = paint(qtbot, view).found
    qtbot.mouseClick(view.strip.result, Qt.MouseButton.LeftButton)
    ready(qtbot, view)
    assert state(view) == PaintState(start=found)
    qtbot.mouseClick(view.tools["keep"], Qt.MouseButton.LeftButton)
    assert view.session.scene.shelf == (found,)


def test_what_plays_is_shown_in_it(qtbot, view):
    paint(qtbot, view)
    other = Single(Recipe.seed(5))
    view.context.moment.show(lambda sweep: other)
    qtbot.waitUntil(lambda: view.sheet.frame.sweep == other, timeout=20_000)
    view.context.moment.show(None)
    ready(qtbot, view)
    assert view.sheet.frame.sweep == Single(state(view).found)


def test_a_stroke_ends_what_plays(qtbot, view):
    other = Single(Recipe.seed(5))
    view.context.moment.show(lambda sweep: other)
    qtbot.waitUntil(lambda: view.sheet.frame.sweep == other, timeout=20_000)
    view.session.edit_shelf("keep", (Recipe.seed(1),))
    assert view.context.moment.is_shown  # nothing of what is painted
    paint(qtbot, view)
    assert not view.context.moment.is_shown
    assert view.sheet.frame.sweep == Single(state(view).found)


def test_the_pictures_are_of_one_size_and_nothing_is_cut(view):
    for size in ((640, 480), (800, 600), (1400, 900)):
        view.resize(*size)
        assert view.pad.size() == view.sheet.size()
        assert view.pad.width() % 28 == 0
        for widget in (view.pad, view.sheet, view.side, view.brushes, view.strip):
            assert view.rect().contains(widget.geometry())


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
