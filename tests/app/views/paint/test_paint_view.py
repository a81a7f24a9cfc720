"""Painting on a picture by mouse and keyboard: the picture that matches, undo, sessions, playing."""

import numpy as np
import pytest
from paint_stage import LINE, lively_model, paint, ready, shown, state
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from stage import give_model, move, show, stroke

from zscape.app.state.kind import Kind
from zscape.app.state.saved_session import SessionFile
from zscape.app.state.session_file import from_json, to_json
from zscape.app.views.paint.bars import BrushBar
from zscape.app.views.paint.state import PaintState
from zscape.app.views.paint.view import PaintView
from zscape.models.errors import ZscapeError
from zscape.models.inputs.recipe import Recipe
from zscape.models.sweeps.single import Single

SHAPE = (1, 28, 28)


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


def test_a_text_is_shown_before_the_first_picture(qtbot, context):
    view = show(qtbot, PaintView(context))

    def ground():
        """The fraction of the pad that has its most frequent colour."""
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
    assert view.pad.grab().toImage() == before  # no text over the picture


def test_a_stroke_and_all_that_is_found_for_it_are_one_step_of_undo(qtbot, view):
    first = paint(qtbot, view)
    second = paint(qtbot, view, "must not", [(0.5, 0.1), (0.5, 0.9)])
    stack = view.session.undo_stack
    assert (stack.count(), stack.undoText()) == (2, "paint what must not be")
    stack.undo()
    assert state(view) == first
    assert not view.busy  # its result is still known
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
    assert view.editing.job.busy  # waits for more strokes
    qtbot.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=places[-1])
    ready(qtbot, view)
    assert view.session.undo_stack.count() == 1
    assert state(view).wishes(SHAPE).weight("must")[22, 6:17].min() > 0.9


def test_leaving_the_view_ends_a_stroke(qtbot, view):
    qtbot.mousePress(view.pad, Qt.MouseButton.LeftButton, pos=view.pad.rect().center())
    qtbot.waitUntil(lambda: state(view).found is not None, timeout=20_000)
    view.hide()
    assert not view.pad.painting
    qtbot.waitUntil(lambda: not view.busy, timeout=20_000)
    assert state(view).wishes(SHAPE).weight("must").max() > 0.9  # the paint stays


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
    view.session.edit_point("go", Recipe.seed(51))  # the toy model draws some grey there above the line
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


def test_painting_works_by_keyboard(qtbot, view):
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
    assert view.context.moment.is_shown  # because it does not concern the painting
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


@pytest.mark.parametrize("count", [3, 14])
def test_the_colours_and_what_belongs_to_them_move_to_another_line_together(qtbot, count):
    bar = BrushBar()
    qtbot.addWidget(bar)
    bar.show_colours([QColor(number, 0, 0) for number in range(count)], QColor(0, 0, 0))
    bar.show()
    lines = set()
    for width in range(1200, 500, -50):
        bar.resize(width, bar.height())
        QApplication.processEvents()
        middles = [each.mapTo(bar, each.rect().center()).y() for each in (*bar.swatches, bar.other, bar.brush)]
        assert max(middles) - min(middles) <= 1, width
        lines.add(middles[0] > bar.tools["pick"].geometry().bottom())
    assert lines == {False, True}
