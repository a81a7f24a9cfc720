"""The view for A - B + C, by mouse, keyboard and drop."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from recipes import recipe, space, weights, with_class, z
from stage import NAMES, drop, give_model, open_context, show, small_model

from zscape.app.state.clipboard import mime_of
from zscape.app.views.arithmetic.example import TARGET, example
from zscape.app.views.arithmetic.state import ArithmeticState
from zscape.app.views.arithmetic.view import ArithmeticView
from zscape.models.files.directions import own_file
from zscape.models.inputs.kinds.latent import Latent
from zscape.models.sweeps import Analogy
from zscape.models.sweeps.base import caption

SPACE = space(8, NAMES)
POINTS = {name: with_class(recipe(seeds=((seed, 1.0),)), seed, 10) for seed, name in enumerate("abc", 4)}


@pytest.fixture
def view(qtbot, tmp_path):
    with open_context(tmp_path) as context:
        view = show(qtbot, ArithmeticView(context))
        give_model(qtbot, context, small_model())
        qtbot.waitUntil(lambda: view.sheet.frame is not None)
        yield view


def up_to_date(qtbot, view):
    """Wait until the sheet shows the current scene."""
    qtbot.waitUntil(lambda: view.sheet.frame.sweep == view.sweep())
    return view


def test_before_anything_is_filled_it_shows_an_example(view):
    analogy = view.sheet.frame.sweep
    assert (analogy.centre, analogy.b, analogy.c) == example(view.session.point, TARGET, SPACE)
    assert all(slot.stand_in for slot in view.slots.values())
    assert view.session.scene.view(ArithmeticState).a is None
    assert "example" in view.hint.text().lower()


def test_the_slots_are_alike_at_any_width(view):
    sides = set()
    for width in range(view.minimumSizeHint().width(), 520, 5):
        view.resize(width, 600)
        QApplication.processEvents()
        sizes = {slot.size().toTuple() for slot in (*view.slots.values(), view.result)}
        assert len(sizes) == 1, width
        sides |= sizes
    assert len(sides) > 3


def test_the_example_carries_a_class_over_to_another_style():
    point = with_class(recipe(), 4, 10)
    a, b, c = example(point, TARGET, SPACE)
    assert [z(each).seed for each in (a, b, c)] == [z(point).seed, z(point).seed, z(TARGET).seed]
    classes = weights(Analogy(a, b, c).result(SPACE))
    assert max(range(10), key=lambda k: classes[k]) == weights(a).index(1.0)


def test_the_current_point_stands_in_for_what_is_missing(view):
    view.session.edit_point("go", POINTS["a"])
    view.session.edit_view("fill", ArithmeticState(b=POINTS["b"]))
    shown = view.sweep()
    assert (shown.centre, shown.b, shown.c) == (POINTS["a"], POINTS["b"], POINTS["a"])


def test_a_click_takes_the_current_point_and_can_be_undone(qtbot, view):
    view.session.edit_point("go", POINTS["b"])
    qtbot.mouseClick(view.slots["b"], Qt.MouseButton.LeftButton)
    assert view.session.scene.view(ArithmeticState).b == POINTS["b"]
    assert not view.slots["b"].stand_in
    assert view.slots["a"].stand_in
    view.session.undo_stack.undo()
    assert view.session.scene.view(ArithmeticState).b is None


def test_tiles_are_dropped_on_each_place_and_the_result_follows(qtbot, view):
    for name, slot in view.slots.items():
        assert drop(slot, mime_of(POINTS[name], QImage(28, 28, QImage.Format.Format_RGB32)))
    scene = view.session.scene
    assert (scene.view(ArithmeticState).a, scene.view(ArithmeticState).b, scene.view(ArithmeticState).c) == tuple(POINTS.values())
    up_to_date(qtbot, view)
    assert view.result.recipe == Analogy(POINTS["a"], POINTS["b"], POINTS["c"], keep_norm=True).result(SPACE)


def test_the_thumbnails_are_the_corners_of_the_sheet(qtbot, view):
    view.session.edit_view("fill", ArithmeticState(**POINTS))
    up_to_date(qtbot, view)
    screen = view.slots["a"].grab().toImage()
    corner = view.sheet.tile_image(6)
    for x, y in ((3, 4), (14, 14), (20, 9)):  # three screen pixels for each picture pixel
        assert screen.pixelColor(8 + 3 * x + 1, 4 + 3 * y + 1).lightness() == pytest.approx(
            corner.pixelColor(x, y).lightness(), abs=1
        )


def test_what_a_timeline_puts_in_the_place_of_a_is_what_its_words_say(qtbot, view):
    moment, film = view.context.moment, POINTS["a"]
    view.session.edit_view("fill", ArithmeticState(a=POINTS["c"], b=POINTS["b"], c=POINTS["c"]))
    up_to_date(qtbot, view)
    moment.show(lambda sweep: replace(sweep, centre=film))
    qtbot.waitUntil(lambda: view.sheet.frame.sweep.centre == film)
    slot = view.slots["a"]
    assert (slot.recipe, slot.caption, slot.stand_in) == (film, caption(film, SPACE), False)
    assert "timeline" in view.hint.text()
    assert (view.slots["b"].recipe, view.slots["c"].recipe) == (POINTS["b"], POINTS["c"])
    kept = view.result.recipe
    view.keep_button.click()
    assert view.session.scene.shelf == (kept,)
    moment.show(None)
    up_to_date(qtbot, view)
    qtbot.waitUntil(lambda: slot.recipe == POINTS["c"])
    assert "timeline" not in view.hint.text()


def test_delete_empties_a_place(qtbot, view):
    view.session.edit_view("fill", ArithmeticState(**POINTS))
    qtbot.keyClick(view.slots["c"], Qt.Key.Key_Delete)
    assert view.session.scene.view(ArithmeticState).c is None


def test_the_menu_offers_the_shelf_the_current_point_and_chance(view):
    view.session.edit_shelf("keep", (POINTS["a"], POINTS["c"]))
    menu = view.menu("a")
    entries = {action.text(): action for action in menu.actions()}
    shelf = entries["From the shelf"].menu()
    assert [action.text() for action in shelf.actions()] == ["1: 4", "2: 6"]
    shelf.actions()[1].trigger()
    assert view.session.scene.view(ArithmeticState).a == POINTS["c"]
    entries["Current point"].trigger()
    assert view.session.scene.view(ArithmeticState).a == view.session.point
    entries["Random point"].trigger()
    assert view.session.scene.view(ArithmeticState).a.seed != z(view.session.point).seed
    view.menu("a").actions()[-1].trigger()
    assert view.session.scene.view(ArithmeticState).a is None


def test_going_to_the_result_and_keeping_it(qtbot, view):
    view.session.edit_view("fill", ArithmeticState(**POINTS))
    result = Analogy(POINTS["a"], POINTS["b"], POINTS["c"]).result(SPACE)
    qtbot.mouseClick(view.keep_button, Qt.MouseButton.LeftButton)
    assert view.session.scene.shelf == (result,)
    view.go_button.setFocus()
    qtbot.keyClick(view.go_button, Qt.Key.Key_Space)
    assert view.session.point == result


def test_keeping_lengths_changes_the_sheet(qtbot, view):
    view.session.edit_view("fill", ArithmeticState(**POINTS))
    before = up_to_date(qtbot, view).sheet.frame.images.copy()
    view.keep_norm.setFocus()
    qtbot.keyClick(view.keep_norm, Qt.Key.Key_Space)
    assert view.session.scene.view(ArithmeticState).keep_norm is False
    assert (up_to_date(qtbot, view).sheet.frame.images[-1] != before[-1]).any()
    assert (view.sheet.frame.images[0] == before[0]).all()


def test_example_fills_all_three_and_clear_empties_them(qtbot, view):
    qtbot.mouseClick(view.example_button, Qt.MouseButton.LeftButton)
    scene = view.session.scene
    assert (scene.view(ArithmeticState).a, scene.view(ArithmeticState).b, scene.view(ArithmeticState).c) == example(
        scene.point, TARGET, SPACE
    )
    assert not any(slot.stand_in for slot in view.slots.values())
    qtbot.mouseClick(view.clear_button, Qt.MouseButton.LeftButton)
    assert (
        view.session.scene.view(ArithmeticState).a,
        view.session.scene.view(ArithmeticState).b,
        view.session.scene.view(ArithmeticState).c,
    ) == (None, None, None)
    assert not view.clear_button.isEnabled()


def test_every_control_says_what_it_does_and_is_reached_by_tab(view):
    controls = [*view.slots.values(), view.result, view.keep_norm, view.example_button, view.keep_button, view.go_button]
    for control in controls:
        assert control.toolTip()
        assert control.accessibleName() or control.text()
        assert control.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_the_way_from_b_to_a_becomes_a_slider_that_stays(qtbot, view, home):
    view.session.edit_view("fill", ArithmeticState(**POINTS))
    view.keep_direction("bolder")
    assert "bolder" in view.session.space.directions
    assert own_file(view.session.model.spec).exists()
    point = recipe(moves=(("bolder", 2.0),))
    moved, still = (view.session.space.first(Latent).row(z(each), view.session.space) for each in (point, recipe()))
    assert np.linalg.norm(moved - still) == pytest.approx(2.0, rel=1e-4)
    view.session.edit_view("fill", ArithmeticState(a=POINTS["a"], b=POINTS["a"]))
    with qtbot.waitSignal(view.session.message) as told:
        view.keep_direction("nowhere")
    assert told.args[1]
