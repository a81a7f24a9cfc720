"""The map view by mouse and keyboard: what is on screen, what the mouse points at, and where a click leads."""

from dataclasses import replace

import pytest
from map_stage import LEFT, at, drag, lone, moved, pixels, ring
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from zscape.models.maps.collection import recipe_of


def test_points_are_drawn_in_the_colours_of_their_classes(view):
    found, shown = view.maker.map, pixels(view.canvas)
    place = lone(view)
    spot = at(view, place)
    colour = int(view.canvas.points.colours[place])
    assert shown[spot.y(), spot.x()].tolist() == [colour >> 16 & 255, colour >> 8 & 255, colour & 255]
    assert len(found) == 60
    assert list(view.side.histograms)[:2] == ["slant", "stroke width"]


def test_a_click_goes_to_the_point_as_one_step_of_undo(qtbot, view):
    before, place = view.session.point, lone(view)
    steps = view.session.undo_stack.count()
    qtbot.mouseClick(view.canvas, LEFT, pos=at(view, place))
    assert view.session.point == recipe_of(view.maker.map.collection, place, view.session.space)
    assert view.session.undo_stack.count() == steps + 1
    view.session.undo_stack.undo()
    assert view.session.point == before


def test_pointing_at_a_point_shows_its_picture_at_once(qtbot, view):
    place, told = lone(view), []
    view.session.tile_pointed.connect(told.append)
    before = pixels(view.canvas)
    moved(view.canvas, at(view, place), Qt.KeyboardModifier.NoModifier)
    assert view.canvas.hover == place
    assert told[-1].recipe == recipe_of(view.maker.map.collection, place, view.session.space)
    changed = (pixels(view.canvas) != before).any(2)
    assert changed.sum() > 84 * 84 * 0.8  # the popup with the picture
    qtbot.keyClick(view.canvas, Qt.Key.Key_0)
    moved(view.canvas, QPoint(1, view.canvas.height() - 1), Qt.KeyboardModifier.NoModifier)
    assert view.canvas.hover == -1


def test_the_wheel_zooms_round_the_mouse_and_a_drag_moves(qtbot, view):
    canvas, place = view.canvas, lone(view)
    where = canvas.spot(place)
    for _ in range(3):
        event = QWheelEvent(where, canvas.mapToGlobal(where), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
                            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False)  # fmt: skip
        QApplication.sendEvent(canvas, event)
    assert canvas.view.zoom > 1.5
    assert (canvas.spot(place) - where).manhattanLength() < 1
    spot = canvas.spot(place)
    drag(canvas, [QPoint(200, 200), QPoint(230, 215), QPoint(260, 230)])
    apart = canvas.spot(place) - spot
    assert (round(apart.x()), round(apart.y())) == (60, 30)
    assert view.session.point != recipe_of(view.maker.map.collection, place, view.session.space)  # a drag is not a click
    qtbot.waitUntil(lambda: view.state.middle is not None, timeout=5000)
    steps = view.session.undo_stack.count()
    drag(canvas, [QPoint(200, 200), QPoint(170, 170), QPoint(140, 140)])
    qtbot.waitUntil(lambda: view.state.middle == (canvas.view.x, canvas.view.y), timeout=5000)
    assert view.session.undo_stack.count() == steps  # zooming and panning in a row is one step
    qtbot.mouseClick(view.controls.fit, LEFT)
    assert canvas.view.is_home


def test_the_keyboard_moves_zooms_and_goes(qtbot, view):
    canvas = view.canvas
    canvas.setFocus()
    x = canvas.view.x
    qtbot.keyClick(canvas, Qt.Key.Key_Right)
    assert canvas.view.x > x
    qtbot.keyClick(canvas, Qt.Key.Key_Plus)
    assert canvas.view.zoom > 1
    qtbot.keyClick(canvas, Qt.Key.Key_0)
    assert canvas.view.is_home
    qtbot.keyClick(canvas, Qt.Key.Key_Return)
    assert view.session.point == recipe_of(view.maker.map.collection, canvas.middle(), view.session.space)


@pytest.mark.parametrize("colour", ["stroke width", "distance"])
def test_colours_follow_an_attribute_or_the_distance_from_the_point(qtbot, view, colour):
    before = view.canvas.points.colours.copy()
    view.controls.colour.setCurrentIndex(view.controls.colour.findData(colour))
    view.controls.colour.activated.emit(view.controls.colour.currentIndex())
    found = view.maker.map
    assert (view.canvas.points.colours != before).any()
    if colour == "distance":
        values = found.neighbours("pixels").distances(view.shown.row(found, "pixels"))
    else:
        values = found.collection.attributes[colour]
    blue, yellow = (int(view.canvas.points.colours[place]) for place in (values.argmin(), values.argmax()))
    assert blue & 255 > blue >> 16 & 255
    assert yellow & 255 < yellow >> 16 & 255


def test_contours_lie_over_the_points_and_follow_what_is_chosen(qtbot, view):
    before = pixels(view.canvas)
    qtbot.mouseClick(view.controls.contours, LEFT)
    lines = pixels(view.canvas)
    assert 200 < (lines != before).any(2).sum() < 40_000
    pieces = view.canvas.contours
    ring(view, 0.0, 0.5)
    assert view.canvas.contours is not pieces
    qtbot.mouseClick(view.controls.contours, LEFT)
    assert not view.canvas.contours


def test_pictures_in_place_of_points_refine_with_zoom(qtbot, view):
    before = pixels(view.canvas)
    qtbot.mouseClick(view.controls.pictures, LEFT)
    assert view.state.pictures
    assert (pixels(view.canvas) != before).any(2).mean() > 0.1
    few = len(view.canvas.points.level(view.canvas.view).places)
    for _ in range(6):
        qtbot.keyClick(view.canvas, Qt.Key.Key_Plus)
    assert len(view.canvas.points.level(view.canvas.view).places) > few
    place = int(view.canvas.points.level(view.canvas.view).places[0])
    level = view.canvas.points.level(view.canvas.view)
    x, y = (level.columns[0] + 0.5) * level.side, (level.rows[0] + 0.5) * level.side
    view.canvas.show_part((x, y), view.canvas.view.zoom)
    qtbot.mouseClick(view.canvas, LEFT, pos=view.canvas.rect().center())
    assert view.session.point == recipe_of(view.maker.map.collection, place, view.session.space)


def test_the_nearest_of_the_point_are_beside_it_and_a_click_goes_there(qtbot, view):
    found = view.maker.map
    frame = view.side.sheet.frame
    wanted = found.neighbours("pixels").nearest(frame.images[0].reshape(-1), 8).places
    assert [view.shown.neighbour(index) for index in range(8)] == wanted.tolist()
    qtbot.mouseClick(view.side.near, LEFT, pos=view.side.near.rect_of(2).center().toPoint())
    assert view.session.point == recipe_of(found.collection, int(wanted[2]), view.session.space)
    view.side.compare.setCurrentIndex(view.side.compare.findData("latent"))
    view.side.compare.activated.emit(view.side.compare.currentIndex())
    qtbot.waitUntil(lambda: view.maker.map.knows_neighbours("latent") and view.shown.neighbour(0) >= 0, timeout=10_000)
    qtbot.waitUntil(lambda: view.shown.neighbour(0) == int(wanted[2]), timeout=10_000)  # the latent of that very picture


def test_what_plays_moves_the_ring(qtbot, view):
    marked = view.canvas.marker
    collection, space = view.maker.map.collection, view.session.space
    point = recipe_of(collection, 17, space)
    view.context.moment.show(lambda sweep: sweep.at(point) if hasattr(sweep, "at") else type(sweep)(point))
    qtbot.waitUntil(lambda: view.canvas.marker != marked, timeout=10_000)
    assert view.session.point != point
    view.context.moment.show(None)
    qtbot.waitUntil(lambda: view.canvas.marker == marked, timeout=10_000)


def test_a_picture_becomes_a_key_of_the_timeline(view):
    view.actions_on_one.add_key(3)
    view.actions_on_one.add_key(9)
    line = view.session.scene.timeline
    assert len(line.tracks[0][1]) == 2
    view.session.undo_stack.undo()
    view.session.undo_stack.undo()
    assert view.session.scene.timeline is None


def test_a_click_before_the_points_are_known_finds_that_picture(qtbot, view):

    found = view.maker.map
    bare = replace(found.collection, latents=None, classes=None)
    view.maker.adopt(replace(found, collection=bare), view.session.model, view.state)
    place, before = lone(view), view.session.point
    qtbot.mouseClick(view.canvas, LEFT, pos=at(view, place))
    qtbot.waitUntil(lambda: view.session.point != before, timeout=10_000)


def test_a_film_of_it_shows_the_map_and_the_picture(qtbot, view):
    drawing = view.drawing()
    assert drawing.size == (1120, 560)
    model = view.session.model
    frame = drawing.make(model, "cpu")(view.sweep())
    assert frame.shape == (560, 1120, 3)
    assert (frame[:, :560] != frame[0, 0]).any()
    view.maker.stop()
    view.maker.map = None
    assert view.drawing() is None
