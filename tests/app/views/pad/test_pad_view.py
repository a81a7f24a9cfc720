"""The pad view by mouse and keyboard, checked in its pixels."""

import numpy as np
import pytest
from pad_stage import LEFT, TALL, WIDE, choose, colour, double_click, drag, latent, pad_of, pixel, settled, state, wheel
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFont, QFontMetrics
from recipes import weights, with_class, z
from stage import answer, move

from zscape.app.state.directions_state import DirectionsState
from zscape.app.state.kind import Kind
from zscape.app.state.saved_session import SessionFile
from zscape.app.state.session_file import from_json, to_json
from zscape.app.views.pad.labels import ELSEWHERE, HINT
from zscape.app.views.pad.state import PadState, kind_of
from zscape.app.window.main_window import LEAST
from zscape.app.work.directions import directions
from zscape.app.work.tile_actions import TILE_ACTIONS
from zscape.app.work.tiles import tile_of
from zscape.models.inputs.directions import Direction
from zscape.models.inputs.recipe import Recipe


def test_a_drag_moves_the_point_and_the_picture_and_is_one_step_of_undo(qtbot, view):
    session, steps = view.session, view.session.undo_stack.count()
    before, start = settled(qtbot, view), session.point
    drag(qtbot, view, (0, 0), (1, 0), (1.5, -2))
    assert view.place() == pytest.approx((1.5, -2), abs=0.02)
    assert dict(z(session.point).moves) == {"wide": view.place()[0], "tall": view.place()[1]}
    moved = settled(qtbot, view)
    assert not np.array_equal(moved, before)
    assert session.undo_stack.count() == steps + 1
    session.undo_stack.undo()
    assert session.point == start
    assert view.place() == (0, 0)
    assert np.array_equal(settled(qtbot, view), before)
    session.undo_stack.redo()
    assert np.array_equal(settled(qtbot, view), moved)


def test_the_handle_is_where_the_point_is_also_when_a_slider_moves_it(qtbot, view):
    choose(view, thumbnails=0)
    view.pad.clearFocus()  # with the keyboard it would be lighter
    settled(qtbot, view)
    ground = colour(view, 2, 1)
    accent = view.pad.palette().highlight().color()
    assert colour(view, 0, 0) == accent
    point = view.session.point.with_value("z", z(view.session.point).with_move("wide", 2.0).with_move("tall", 1.0))
    view.session.edit_point("by a slider", point)
    assert view.place() == (2, 1)
    assert colour(view, 2, 1) == accent
    assert colour(view, 0, 0) == ground


def test_escape_takes_a_drag_back(qtbot, view):
    start, steps = view.session.point, view.session.undo_stack.count()
    view.pad.setFocus()
    qtbot.mousePress(view.pad, LEFT, pos=pixel(view, 1, 1))
    move(view.pad, pixel(view, 2, 2), LEFT)
    assert view.session.point != start
    qtbot.keyClick(view.pad, Qt.Key.Key_Escape)
    move(view.pad, pixel(view, 2, 0), LEFT)
    qtbot.mouseRelease(view.pad, LEFT, pos=pixel(view, 2, 0))
    assert view.session.point == start
    assert view.session.undo_stack.count() == steps


def test_keys_move_zoom_and_reset(qtbot, view):
    view.pad.setFocus()
    qtbot.keyClick(view.pad, Qt.Key.Key_Right)
    qtbot.keyClick(view.pad, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    assert view.place() == pytest.approx((0.15, 0.03))
    qtbot.keyClick(view.pad, Qt.Key.Key_Plus)
    assert view.pad.view[2] == pytest.approx(6 / 1.25)
    qtbot.keyClick(view.pad, Qt.Key.Key_Minus)
    assert view.pad.view[2] == pytest.approx(6)
    qtbot.keyClick(view.pad, Qt.Key.Key_Home)
    assert view.place() == (0, 0)
    assert view.pad.view == (0, 0, 6)


def test_wheel_zooms_at_the_mouse_and_double_click_resets(qtbot, view):
    at = pixel(view, 1, 1)
    wheel(view, 1, 1, 2)
    assert view.pad.view[2] == pytest.approx(6 / 1.25**2)
    assert (pixel(view, 1, 1) - at).manhattanLength() <= 2, "but for rounding"
    settled(qtbot, view)
    session, steps = view.session, view.session.undo_stack.count()
    point = session.point
    double_click(qtbot, view, 1.5, 0.5)
    assert view.place() == (0, 0)
    assert view.pad.view == (0, 0, 6)
    assert session.undo_stack.count() == steps + 1
    session.undo_stack.undo()
    assert session.point == point
    assert view.pad.view[2] == pytest.approx(6 / 1.25**2)
    for _ in range(40):
        wheel(view, 1, 1, 3)
    assert 6e-3 <= view.pad.view[2] < 6e-3 * 2, "there is an end"


def test_the_middle_button_moves_what_is_seen(qtbot, view):
    middle = Qt.MouseButton.MiddleButton
    side = view.pad.square.rect.width()
    qtbot.mousePress(view.pad, middle, pos=pixel(view, 0, 0))
    move(view.pad, pixel(view, 0, 0) + QPoint(round(side / 6), 0), middle)
    qtbot.mouseRelease(view.pad, middle, pos=pixel(view, 0, 0))
    assert view.pad.view == pytest.approx((-1, 0, 6), abs=0.03)


def test_the_plane_through_three_points(qtbot, view):
    choose(view, kind="points", thumbnails=0)
    a, b, c = (with_class(Recipe.seed(seed), number, 10) for seed, number in ((21, 3), (22, 5), (23, 8)))
    for name, point in zip("abc", (a, b, c), strict=True):
        view.controls.slots[name].taken.emit(point)
    settled(qtbot, view)
    for corner, point in zip(((0, 0), (1, 0), (0.5, 0.866)), (a, b, c), strict=True):
        drag(qtbot, view, corner)
        np.testing.assert_allclose(latent(view, view.session.point), latent(view, point), atol=0.1)
        assert weights(view.session.point)[int(np.argmax(weights(point)))] > 0.97
    drag(qtbot, view, (0.5, 0.288))
    assert view.place() == pytest.approx((0.5, 0.288), abs=0.01)
    assert sorted(weights(view.session.point))[-3:] == pytest.approx([1 / 3] * 3, abs=0.02)
    assert sum(not slot.isHidden() and slot.isVisible() for slot in view.controls.slots.values()) == 3
    view.session.edit_point("elsewhere", Recipe.seed(99))
    assert view.place() is None
    assert view.background.legend.words == ELSEWHERE


def test_corners_come_from_kept_points_and_tiles(qtbot, view):
    choose(view, kind="corners")
    session = view.session
    session.edit_point("a class", with_class(session.point, 4, 10))
    drag(qtbot, view, (0.5, 0.5), (0.2, 0.9))
    assert weights(session.point)[4] == 1
    assert view.place() == pytest.approx((0.2, 0.9), abs=0.01)
    assert not view.controls.from_shelf.isEnabled()
    session.keep(Recipe.seed(61))
    session.keep(Recipe.seed(62))
    qtbot.mouseClick(view.controls.from_shelf, LEFT)
    assert (state(view).a, state(view).b, state(view).c) == (Recipe.seed(61), Recipe.seed(62), None)
    TILE_ACTIONS["pad"].run(session, tile_of(view.sheet, 0))
    assert state(view).c == view.sheet.recipe(0)
    menu = view.controls.menu("a")
    next(action for action in menu.actions() if action.text() == "Clear").trigger()
    assert state(view).a is None
    menu.deleteLater()


def test_seeds_are_a_step_of_a_key_apart(qtbot, view):
    view.session.edit_point("a seed", Recipe.seed(351))
    choose(view, kind="seeds", thumbnails=0)
    view.pad.setFocus()
    assert view.place() == (51, 3)
    qtbot.keyClick(view.pad, Qt.Key.Key_Right)
    assert z(view.session.point).seed == 352
    qtbot.keyClick(view.pad, Qt.Key.Key_Up)
    assert z(view.session.point).seed == 452
    drag(qtbot, view, (52.5, 4))
    shares = dict(z(view.session.point).seeds)
    assert (shares[452], shares[453]) == pytest.approx((0.5, 0.5), abs=0.05)
    double_click(qtbot, view, 51.2, 4)
    assert z(view.session.point).seed == 451
    view.session.edit_point("far away", Recipe.seed(123_456))
    assert view.place() == (56, 1234)
    assert view.pad.square.sees((56, 1234))


def test_classes_are_mixed_round_a_polygon(qtbot, view):
    choose(view, kind="classes", classes=(0, 3, 5, 8), thumbnails=0)
    assert [name for _, name in view.pad.ground.corners] == ["0", "3", "5", "8"]
    drag(qtbot, view, (0, 1))
    assert weights(view.session.point)[0] == pytest.approx(1, abs=0.01)
    drag(qtbot, view, (0.3, 0.3), (0, 0))
    assert [round(weight, 2) for weight in weights(view.session.point)] == [0.25, 0, 0, 0.25, 0, 0.25, 0, 0, 0.25, 0]
    drag(qtbot, view, (0, 0), (1.2, 0))
    assert view.place() == pytest.approx((1, 0), abs=0.01), "it stays within"
    view.session.edit_point("pick a class", with_class(view.session.point, 7, 10))
    assert view.place() is None
    view.controls.classes.toggle(7)
    assert view.place() == pytest.approx(view.pad.ground.corners[3][0])


def test_classes_are_chosen_in_the_menu_or_typed(qtbot, view, monkeypatch):
    choose(view, kind="classes", classes=(0, 3, 5, 7, 8), thumbnails=0)
    menu = view.controls.classes.menu
    menu.popup(view.mapToGlobal(QPoint(0, 0)))
    ticks = [action for action in menu.actions() if action.isCheckable()]
    for number in (0, 3, 5):
        qtbot.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(ticks[number]).center())
    menu.setActiveAction(ticks[7])
    qtbot.keyClick(menu, Qt.Key.Key_Space)
    assert menu.isVisible()
    assert state(view).classes == (7, 8), "two stay"
    assert [number for number, action in enumerate(ticks) if action.isChecked()] == [7, 8]
    qtbot.keyClick(menu, Qt.Key.Key_Escape)
    assert not menu.isVisible()
    for typed, chosen in (("8, 0,3", (8, 0, 3)), ("9", (8, 0, 3)), ("8, x", (8, 0, 3))):
        answer(monkeypatch, typed)
        view.controls.classes.ask()
        assert state(view).classes == chosen
    assert [name for _, name in view.pad.ground.corners] == ["8", "0", "3"]


def test_it_is_kept_in_the_session(qtbot, view):
    choose(view, kind="points", a=Recipe.seed(5), heat="prior", thumbnails=4, seen=(0.5, 0.5, 1.0))
    drag(qtbot, view, (0.6, 0.4))
    saved = SessionFile("tiny", "pad", Kind(view.session.space.inputs, True), view.session.scene)
    again = from_json(to_json(saved), "here").scene
    assert again.view(PadState) == state(view)
    assert state(view).at == view.place()
    fitted = state(view).fit(view.session.space, same_classes=False)
    assert (fitted.at, fitted.seen, fitted.heat) == ((), (), "")
    for wrong in ({"at": (1.0,)}, {"seen": (0.0, 0.0, 0.0)}, {"thumbnails": 99}, {"at": (float("nan"), 0.0)}):
        with pytest.raises(ValueError, match="no pad"):
            PadState(**wrong)


def test_directions_are_chosen_and_change_places(qtbot, view):
    boxes = view.controls.axes
    assert (boxes["x"].currentText(), boxes["y"].currentText()) == ("wide", "tall")
    boxes["x"].setCurrentText("tall")
    boxes["x"].activated.emit(boxes["x"].currentIndex())
    assert (state(view).x, state(view).y) == ("tall", "wide")
    drag(qtbot, view, (2, 0))
    assert dict(z(view.session.point).moves)["tall"] == pytest.approx(2, abs=0.02)
    double_click(qtbot, view, 0, 0)
    directions.use(view.context, [WIDE])
    settled(qtbot, view)
    assert kind_of(state(view), view.session.space) == "corners"
    item = view.controls.kind.model().item(0)
    assert not item.isEnabled()
    assert "two directions" in item.toolTip()


def test_what_is_locked_is_held(qtbot, view):
    skew = Direction("skew", "z", (1.0, 1.0, 1.0, *(0.0,) * 9))
    directions.use(view.context, [WIDE, TALL, skew])
    settled(qtbot, view)
    view.session.edit_view("lock", DirectionsState(("skew",)))
    settled(qtbot, view)
    assert "skew is held" in view.background.legend.words
    start = latent(view, view.session.point)
    drag(qtbot, view, (0, 0), (2, 0))
    moved = latent(view, view.session.point) - start
    assert moved @ np.asarray(skew.vector) == pytest.approx(0, abs=1e-4)
    assert np.linalg.norm(moved) > 1
    assert not view.background.thumbnails.busy, "the plane is the same"


def test_what_to_do_is_not_cut_and_the_usual_hint_needs_no_line_of_its_own(window, qtbot):
    view = pad_of(qtbot, window.show_view("pad"))
    legend, small = view.background.legend, QFont(view.background.legend.font())
    small.setPointSizeF(small.pointSizeF() * 8 / 9)
    window.resize(*LEAST)
    qtbot.waitUntil(lambda: (window.width(), window.height()) == LEAST and not legend.isVisible())
    low = view.strip.height()
    window.resize(1280, 720)
    qtbot.waitUntil(legend.isVisible)
    assert legend.words == HINT
    assert QFontMetrics(small).horizontalAdvance(HINT) <= legend.width()
    assert view.strip.height() < low
    window.resize(*LEAST)
    view.session.edit_view("other", PadState("points"))
    qtbot.waitUntil(lambda: legend.words == ELSEWHERE and legend.isVisible())
    assert QFontMetrics(small).horizontalAdvance(ELSEWHERE) <= legend.width()
