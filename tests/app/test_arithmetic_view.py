"""A - B + C in its view, by mouse, keyboard and drop."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from stage import NAMES, drop, give_model, open_context, show, small_model

from zscape.app.state.clipboard import mime_of
from zscape.app.state.scene import Scene
from zscape.app.views.arithmetic import ArithmeticView, example, operands
from zscape.models.inputs.points import Space
from zscape.models.inputs.recipe import Recipe
from zscape.models.sweeps.sweeps import Analogy

SPACE = Space(8, NAMES)
POINTS = {name: Recipe(seeds=((seed, 1.0),)).with_class(seed, 10) for seed, name in enumerate("abc", 4)}


@pytest.fixture
def view(qtbot, tmp_path):
    with open_context(tmp_path) as context:
        view = show(qtbot, ArithmeticView(context))
        give_model(qtbot, context, small_model())
        qtbot.waitUntil(lambda: view.sheet.frame is not None)
        yield view


def settled(qtbot, view):
    """Wait until the sheet shows the scene as it is now."""
    qtbot.waitUntil(lambda: view.sheet.frame.sweep == view.sweep())
    return view


def test_before_anything_is_filled_it_shows_an_example(view):
    analogy = view.sheet.frame.sweep
    assert (analogy.a, analogy.b, analogy.c) == example(Scene(), SPACE)
    assert all(slot.stand_in for slot in view.slots.values())
    assert view.session.scene.a is None
    assert "example" in view.hint.text().lower()


def test_the_example_carries_a_class_over_to_another_style():
    scene = Scene(point=Recipe().with_class(4, 10))
    a, b, c = example(scene, SPACE)
    assert (a.seeds, b.seeds, c.seeds) == (scene.point.seeds, scene.point.seeds, scene.target.seeds)
    classes = Analogy(a, b, c).result(SPACE).classes
    assert max(range(10), key=lambda k: classes[k]) == a.classes.index(1.0)


def test_the_current_point_stands_in_for_what_is_missing():
    scene = Scene(point=POINTS["a"], b=POINTS["b"])
    assert operands(scene, SPACE) == (POINTS["a"], POINTS["b"], POINTS["a"])


def test_a_click_takes_the_current_point_and_can_be_undone(qtbot, view):
    view.session.edit_point("go", POINTS["b"])
    qtbot.mouseClick(view.slots["b"], Qt.MouseButton.LeftButton)
    assert view.session.scene.b == POINTS["b"]
    assert not view.slots["b"].stand_in
    assert view.slots["a"].stand_in
    view.session.undo_group.undo()
    assert view.session.scene.b is None


def test_tiles_are_dropped_on_each_place_and_the_result_follows(qtbot, view):
    for name, slot in view.slots.items():
        assert drop(slot, mime_of(POINTS[name], QImage(28, 28, QImage.Format.Format_RGB32)))
    scene = view.session.scene
    assert (scene.a, scene.b, scene.c) == tuple(POINTS.values())
    settled(qtbot, view)
    assert view.result.recipe == Analogy(**POINTS, keep_norm=True).result(SPACE)


def test_the_thumbnails_are_the_corners_of_the_sheet(qtbot, view):
    view.session.edit("fill", None, **POINTS)
    settled(qtbot, view)
    screen = view.slots["a"].grab().toImage()
    corner = view.sheet.tile_image(6)
    for x, y in ((3, 4), (14, 14), (20, 9)):  # three screen pixels a pixel
        assert screen.pixelColor(8 + 3 * x + 1, 4 + 3 * y + 1).lightness() == pytest.approx(
            corner.pixelColor(x, y).lightness(), abs=1
        )


def test_delete_empties_a_place(qtbot, view):
    view.session.edit("fill", None, **POINTS)
    qtbot.keyClick(view.slots["c"], Qt.Key.Key_Delete)
    assert view.session.scene.c is None


def test_the_menu_offers_the_shelf_the_current_point_and_chance(view):
    view.session.edit("keep", shelf=(POINTS["a"], POINTS["c"]))
    menu = view.menu("a")
    entries = {action.text(): action for action in menu.actions()}
    shelf = entries["From the shelf"].menu()
    assert [action.text() for action in shelf.actions()] == ["1: 4", "2: 6"]
    shelf.actions()[1].trigger()
    assert view.session.scene.a == POINTS["c"]
    entries["Current point"].trigger()
    assert view.session.scene.a == view.session.point
    entries["Random point"].trigger()
    assert view.session.scene.a.seed != view.session.point.seed
    view.menu("a").actions()[-1].trigger()
    assert view.session.scene.a is None


def test_going_to_the_result_and_keeping_it(qtbot, view):
    view.session.edit("fill", None, **POINTS)
    result = Analogy(**POINTS).result(SPACE)
    qtbot.mouseClick(view.keep_button, Qt.MouseButton.LeftButton)
    assert view.session.scene.shelf == (result,)
    view.go_button.setFocus()
    qtbot.keyClick(view.go_button, Qt.Key.Key_Space)
    assert view.session.point == result


def test_keeping_lengths_changes_the_sheet(qtbot, view):
    view.session.edit("fill", None, **POINTS)
    before = settled(qtbot, view).sheet.frame.images.copy()
    view.keep_norm.setFocus()
    qtbot.keyClick(view.keep_norm, Qt.Key.Key_Space)
    assert view.session.scene.keep_norm is False
    assert (settled(qtbot, view).sheet.frame.images[-1] != before[-1]).any()
    assert (view.sheet.frame.images[0] == before[0]).all()


def test_example_fills_all_three_and_clear_empties_them(qtbot, view):
    qtbot.mouseClick(view.example_button, Qt.MouseButton.LeftButton)
    scene = view.session.scene
    assert (scene.a, scene.b, scene.c) == example(scene, SPACE)
    assert not any(slot.stand_in for slot in view.slots.values())
    qtbot.mouseClick(view.clear_button, Qt.MouseButton.LeftButton)
    assert (view.session.scene.a, view.session.scene.b, view.session.scene.c) == (None, None, None)
    assert not view.clear_button.isEnabled()


def test_every_control_says_what_it_does_and_is_reached_by_tab(view):
    controls = [*view.slots.values(), view.result, view.keep_norm, view.example_button, view.keep_button, view.go_button]
    for control in controls:
        assert control.toolTip()
        assert control.accessibleName() or control.text()
        assert control.focusPolicy() & Qt.FocusPolicy.TabFocus
