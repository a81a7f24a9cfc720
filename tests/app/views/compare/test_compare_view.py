"""The compare view by mouse, keyboard and drop, checked in its pixels."""

import numpy as np
import pytest
from compare_stage import middle, settled
from PIL import Image
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from recipes import recipe, weights, with_class
from run_models import tiny, write_run
from stage import drop, dropped, stroke

from zscape.app.state.clipboard import mime_of, recipe_from_json
from zscape.app.views.compare.state import CompareState
from zscape.app.views.compare.view import WORDS
from zscape.app.widgets.pictures.dragged_tile import PNG_RECIPE, DraggedTile
from zscape.app.work.tile_actions import TILE_ACTIONS, Tile
from zscape.models.files.checkpoint import save_model

POINT = with_class(recipe(seeds=((4, 1.0),)), 3, 10)
"""A point whose picture is white in the open model of these tests."""


def test_before_anything_is_chosen_it_says_what_to_do(view):
    assert view.second.words == WORDS
    assert view.second.frame is None
    assert view.apart.frame is None
    assert view.ages.isHidden()
    assert not view.same.isEnabled()
    assert middle(view.sheet).lightness() > 250


def test_a_second_model_draws_the_same_point_and_the_difference_is_seen(qtbot, view, tmp_path):
    save_model(tmp_path / "black.safetensors", tiny(1, -1.0))
    view.chooser.chosen.emit(str(tmp_path / "black.safetensors"))
    settled(qtbot, view)
    assert middle(view.second).lightness() < 5
    assert view.second.frame.points.recipes == view.sheet.frame.points.recipes
    assert "100.0 % on average" in view.facts.apart.text()
    colour = middle(view.apart)
    assert (colour.red(), colour.green(), colour.blue()) == pytest.approx((252, 255, 164), abs=2)
    assert view.titles[1].whole == "black"
    view.session.undo_stack.undo()
    qtbot.waitUntil(lambda: view.second.frame is None)
    assert view.session.scene.view(CompareState) == CompareState()


def test_the_lower_half_is_there_once_there_is_something_to_compare(qtbot, view, tmp_path):
    height = view.sheet.height()
    assert not view.apart.isVisible()
    assert not view.facts.isVisible()
    save_model(tmp_path / "other.safetensors", tiny(1, 0.0))
    view.session.edit_view("choose", CompareState(str(tmp_path / "other.safetensors")))
    settled(qtbot, view)
    assert view.apart.isVisible()
    assert view.facts.isVisible()
    assert view.sheet.height() < 0.6 * height
    view.session.undo_stack.undo()
    qtbot.waitUntil(lambda: view.sheet.height() == height)


def test_both_sides_follow_the_panels(qtbot, view, tmp_path):
    save_model(tmp_path / "other.safetensors", tiny(1, 0.0))
    view.session.edit_view("choose", CompareState(str(tmp_path / "other.safetensors")))
    settled(qtbot, view)
    view.session.edit_point("go", POINT)
    qtbot.waitUntil(lambda: view.sheet.frame.recipe(0) == POINT == view.second.frame.recipe(0))
    settled(qtbot, view)


def test_a_model_file_is_dropped_on_the_right(qtbot, view, tmp_path):
    path = tmp_path / "grey.safetensors"
    save_model(path, tiny(1, 0.0))
    assert drop(view.second, dropped(path))
    settled(qtbot, view)
    assert middle(view.second).lightness() == pytest.approx(128, abs=2)
    assert not drop(view.second, dropped(tmp_path / "photograph.jpg"))


def test_the_scale_shows_finer_differences(qtbot, view, tmp_path):
    save_model(tmp_path / "near.safetensors", tiny(1, 0.1))
    view.session.edit_view("choose", CompareState(str(tmp_path / "near.safetensors")))
    settled(qtbot, view)
    apart = float(view.facts.apart.text().split()[3])
    view.facts.scale.setCurrentIndex(2)
    assert view.session.scene.view(CompareState).scale == 16
    settled(qtbot, view)
    assert float(view.facts.apart.text().split()[3]) == apart
    colour = middle(view.apart)
    assert (colour.red(), colour.green()) == pytest.approx((252, 255), abs=2)


def test_any_tile_is_an_anchor_and_the_open_model_draws_both(qtbot, view):
    tile = Tile(POINT, QImage(28, 28, QImage.Format.Format_RGB32), "3")
    with qtbot.waitSignal(view.session.view_requested) as wanted:
        TILE_ACTIONS["compare"].run(view.session, tile)
    assert wanted.args == ["compare"]
    settled(qtbot, view)
    assert view.second.frame.recipe(0) == POINT
    assert view.sheet.frame.recipe(0) == view.session.point != POINT
    assert view.second.frame.model is view.session.model
    assert "0.0 % on average" in view.facts.apart.text()
    qtbot.mouseClick(view.second, Qt.MouseButton.LeftButton, pos=view.second.rect().center())
    assert view.session.point == POINT
    qtbot.mouseClick(view.same, Qt.MouseButton.LeftButton)
    assert view.session.scene.view(CompareState).anchor is None
    view.session.undo_stack.undo()
    assert view.session.scene.view(CompareState).anchor == POINT


def test_a_tile_is_dropped_on_the_anchor_and_a_click_takes_the_current_point(qtbot, view):
    assert drop(view.anchor, mime_of(POINT, QImage(28, 28, QImage.Format.Format_RGB32)))
    assert view.state.anchor == POINT
    view.session.edit_point("go", with_class(POINT, 5, 10))
    qtbot.mouseClick(view.anchor, Qt.MouseButton.LeftButton)
    assert view.state.anchor == with_class(POINT, 5, 10)
    qtbot.keyClick(view.anchor, Qt.Key.Key_Delete)
    assert view.state.anchor is None


def test_the_anchor_stands_still_while_the_point_moves(qtbot, view):
    view.session.edit_view("anchor", CompareState(anchor=POINT))
    settled(qtbot, view)
    view.context.moment.show(lambda sweep: type(sweep)(with_class(POINT, 8, 10)))
    settled(qtbot, view)
    assert weights(view.sheet.frame.recipe(0)).index(1.0) == 8
    assert view.second.frame.recipe(0) == POINT
    view.context.moment.show(None)


def test_what_plays_moves_both_sides(qtbot, view, tmp_path):
    save_model(tmp_path / "other.safetensors", tiny(1, 0.0, size=12))
    view.session.edit_view("choose", CompareState(str(tmp_path / "other.safetensors")))
    settled(qtbot, view)
    view.context.moment.show(lambda sweep: type(sweep)(with_class(POINT, 8, 10)))
    settled(qtbot, view)
    assert weights(view.second.frame.recipe(0)).index(1.0) == 8
    view.context.moment.show(None)


def test_every_class_is_compared(qtbot, view, tmp_path):
    save_model(tmp_path / "other.safetensors", tiny(1, 0.0, size=12))
    view.session.edit_view("choose", CompareState(str(tmp_path / "other.safetensors")))
    settled(qtbot, view)
    view.classes.setFocus()
    qtbot.keyClick(view.classes, Qt.Key.Key_Space)
    settled(qtbot, view)
    assert view.sheet.tiles == view.second.tiles == view.apart.tiles == 10
    tile = view.second.tile_rect(7).center().toPoint()
    qtbot.mouseMove(view.second, tile)
    assert view.second.caption(7) == "7, drawn by other"
    qtbot.mouseClick(view.second, Qt.MouseButton.LeftButton, pos=tile)
    assert weights(view.session.point).index(1.0) == 7  # a point of the open model, not the one that the other model was given


def test_other_spaces_are_told_in_a_line(qtbot, view, tmp_path):
    save_model(tmp_path / "other.safetensors", tiny(1, 0.0, size=12))
    view.session.edit_view("choose", CompareState(str(tmp_path / "other.safetensors")))
    settled(qtbot, view)
    assert "other: its latent has 12 numbers, not 8: the same seed is another point there." in view.facts.note.text()
    view.session.edit_point("go", recipe(seeds=((4, 1.0),), coordinates=((0, 3.0),)))  # the other model ignores the coordinate
    settled(qtbot, view)
    file = DraggedTile(view.second.recipe(0), view.second.tile_image(0), view.second.caption(0)).file()
    with Image.open(file) as image:
        told = image.info
    other = view.other.model
    assert told["model"] == other.spec.name
    assert recipe_from_json(str(told[PNG_RECIPE])) == recipe(seeds=((4, 1.0),))  # the recipe that was drawn
    view.session.edit_point("go", recipe(seeds=(), numbers=(0.5,) * 8))
    qtbot.waitUntil(lambda: view.second.frame is None)
    assert "8 stored numbers and the other model takes 12" in view.second.words


def test_a_file_that_is_no_model_is_told_in_a_line(qtbot, view, tmp_path):
    (tmp_path / "bad.safetensors").write_bytes(b"nothing")
    view.chooser.chosen.emit(str(tmp_path / "bad.safetensors"))
    qtbot.waitUntil(lambda: "bad.safetensors" in view.second.words)
    assert view.sheet.frame is not None
    view.chooser.chosen.emit("no such model")
    qtbot.waitUntil(lambda: "There is no model 'no such model'" in view.second.words)


def test_what_is_shared_contains_no_paths_of_this_computer(tmp_path):
    assert CompareState("mnist-dcgan", 5).to_hand_on() == CompareState("mnist-dcgan", 5)
    assert CompareState(str(tmp_path / "x.safetensors"), 5, POINT).to_hand_on() == CompareState(anchor=POINT)


def test_the_second_model_draws_no_channel_of_the_first(qtbot, view, context, tmp_path):
    seen = []
    context.renderer.frame_ready.connect(lambda frame: seen.append((frame.channel, frame.model.spec.step)))
    save_model(tmp_path / "other.safetensors", tiny(1, 0.0))
    view.session.edit_view("choose", CompareState(str(tmp_path / "other.safetensors")))
    settled(qtbot, view)
    view.session.edit_point("go", POINT)
    settled(qtbot, view)
    assert {step for channel, step in seen if channel == "compare"} == {300}
    assert {step for channel, step in seen if channel != "compare"} == {1}


def test_the_menu_lists_the_library_and_the_open_models_own_checkpoints(view, tmp_path):
    view.chooser.fill()
    words = [action.text() for action in view.chooser.choices.actions()]
    assert {"No model", "mnist", "faces", "A file…", "A training run…"} <= set(words)
    assert "The open model's own checkpoints" not in words
    view.session.model_path = write_run(tmp_path / "my-run") / "model.safetensors"
    view.chooser.fill()
    own = next(action for action in view.chooser.choices.actions() if action.text() == "The open model's own checkpoints")
    own.trigger()
    assert view.state.second == str(tmp_path / "my-run")


def test_every_control_says_what_it_does(view):
    controls = [view.chooser, view.anchor, view.same, view.classes, view.facts.scale, view.ages.slider, view.ages.export]
    for control in controls:
        assert control.toolTip()
        assert control.accessibleName() or control.text()
        assert control.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_the_difference_is_that_of_the_two_sheets(qtbot, view):
    view.session.edit_view("anchor", CompareState(anchor=POINT))
    settled(qtbot, view)
    left, right = view.sheet.frame.images.astype(float), view.second.frame.images.astype(float)
    assert f"{100 * np.abs(left - right).mean() / 255:.1f} %" in view.facts.apart.text()


def test_the_picture_of_the_view_is_both_sides_and_the_difference(qtbot, view, tmp_path):
    assert view.whole_frame() is view.sheet.frame
    assert view.drawing() is None
    save_model(tmp_path / "black.safetensors", tiny(1, -1.0))
    view.session.edit_view("choose", CompareState(str(tmp_path / "black.safetensors"), classes=True))
    settled(qtbot, view)
    whole = view.whole_frame()
    height, width = view.sheet.frame.pixels.shape[:2]
    assert whole.pixels.shape == (height, 3 * width, 4)
    assert (whole.pixels[:20, :20, :3] > 250).all()
    assert (whole.pixels[:20, width : width + 20, :3] < 5).all()
    assert whole.pixels[5, 2 * width + 5, :3].tolist() == pytest.approx([164, 255, 252], abs=2)  # blue, green, red
    assert whole.recipe(0) == view.sheet.frame.recipe(0)
    drawing = view.drawing()
    assert drawing.size == (3 * width, height)
    assert (drawing.make(view.session.model, "cpu")(view.sweep()) == whole.images[0]).all()


def test_the_sides_are_enlarged_and_moved_together(qtbot, view):
    view.session.edit_view("anchor", CompareState(anchor=POINT))
    settled(qtbot, view)
    sheets = (view.sheet, view.second, view.apart)
    assert not any(sheet.enlarged for sheet in sheets)
    place = QPointF(view.second.mapTo(view, view.second.rect().center()))
    QTest.wheelEvent(view.windowHandle(), place, QPoint(0, 240))
    assert view.second.enlarged
    assert len({sheet.zoom() for sheet in sheets}) == 1
    before = view.sheet.picture_rect().topLeft()
    stroke(qtbot, view.apart, [(0.5, 0.5), (0.4, 0.4), (0.3, 0.3)])
    assert view.sheet.picture_rect().topLeft() != before
    view.second.fit_picture()
    assert not any(sheet.enlarged for sheet in sheets)
