"""The map view with mouse and keyboard: what is on screen, what is chosen, where one goes."""

import copy
import importlib.util
import threading
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QPalette, QWheelEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel
from stage import answer, give_model, move, open_context, show, small_model

from zscape.app.state import session_file
from zscape.app.state.kind import Kind
from zscape.app.state.saved_session import SessionFile
from zscape.app.views.map.maker import MapMaker
from zscape.app.views.map.state import MapState
from zscape.app.views.map.view import MapView
from zscape.app.widgets.menu_button import ARROW
from zscape.models.data.sources import load
from zscape.models.errors import ZscapeError
from zscape.models.inference.judge import judged_features
from zscape.models.inputs.classes import Classes
from zscape.models.maps import make, tsne
from zscape.models.maps.collection import recipe_of
from zscape.models.maps.file import load_map
from zscape.models.media.npz import save_arrays
from zscape.models.progress import Progress, finish

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def data(tmp_path):
    """60 digits, as a file."""
    digits = load("digits").subset(np.arange(0, 5000, 84))
    save_arrays(tmp_path / "some.npz", images=digits.images, labels=digits.labels, class_names=np.array(digits.class_names))
    return str(tmp_path / "some.npz")


@pytest.fixture
def view(qtbot, tmp_path, data):
    """The view with a map of those digits."""
    with open_context(tmp_path / "home") as context:
        view = show(qtbot, MapView(context), 900, 620)
        give_model(qtbot, context, small_model())
        view.want({"source": "data", "data": data})
        settled(qtbot, view)
        yield view


def settled(qtbot, view):
    qtbot.waitUntil(lambda: view.maker.map is not None and view.maker.map.complete and not view.maker.busy, timeout=100_000)
    qtbot.waitUntil(lambda: bool(view.side.near.images), timeout=10_000)


def pixels(widget):
    """What is on screen, uint8 [H, W, 3]."""
    image = widget.grab().toImage().convertToFormat(widget.grab().toImage().Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : image.width() * 3].reshape(image.height(), image.width(), 3).copy()


def lone(view):
    """The place of a point that has no other near it on screen."""
    screen = view.canvas.on_screen()
    far = np.abs(screen[:, None] - screen[None]).max(2) + 1e6 * np.eye(len(screen))
    inside = (screen > 40).all(1) & (screen < [view.canvas.width() - 40, view.canvas.height() - 40]).all(1)
    return int(np.argmax(np.where(inside, far.min(1), -1)))


def at(view, place):
    return view.canvas.spot(place).toPoint()


def drag(canvas, places, modifier=Qt.KeyboardModifier.NoModifier):
    from PySide6.QtTest import QTest

    QTest.mousePress(canvas, LEFT, modifier, places[0])
    for place in places[1:]:
        moved(canvas, place, modifier)
    QTest.mouseRelease(canvas, LEFT, modifier, places[-1])


def moved(widget, place, modifier):
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QMouseEvent

    where = QPointF(place), QPointF(widget.mapToGlobal(place))
    QApplication.sendEvent(widget, QMouseEvent(QEvent.Type.MouseMove, *where, Qt.MouseButton.NoButton, LEFT, modifier))


def ring(view, low=0.0, high=1.0, modifier=Qt.KeyboardModifier.ShiftModifier):
    """Draw a lasso round a part of the canvas, in shares of its width."""
    width, height = view.canvas.width(), view.canvas.height()
    left, right = round(low * width) + 2, round(high * width) - 3
    corners = [QPoint(left, 2), QPoint(right, 2), QPoint(right, height - 3), QPoint(left, height - 3), QPoint(left, 20)]
    drag(view.canvas, corners, modifier)


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
    assert changed.sum() > 84 * 84 * 0.8  # the card with the picture
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
    assert view.session.point != recipe_of(view.maker.map.collection, place, view.session.space)  # a drag is no click
    qtbot.waitUntil(lambda: view.state.middle is not None, timeout=5000)
    steps = view.session.undo_stack.count()
    drag(canvas, [QPoint(200, 200), QPoint(170, 170), QPoint(140, 140)])
    qtbot.waitUntil(lambda: view.state.middle == (canvas.view.x, canvas.view.y), timeout=5000)
    assert view.session.undo_stack.count() == steps  # looking about is one step
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
    assert view.maker.map is not None  # a model that knows one more direction has the same map


def test_some_of_the_chosen_are_kept_on_the_shelf(qtbot, view):
    ring(view)
    qtbot.mouseClick(view.side.chosen.buttons["keep"], LEFT)
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
    view.window().resize(1280, 900)  # nothing scrolls, also once there are buttons for what is chosen
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
    assert (view.shown.active == (slant >= middle)).all()  # up to the largest, beyond the last bar too
    assert view.session.undo_stack.count() == steps + 1
    assert (pixels(other) != before).any()
    written = [label.text() for label in view.side.findChildren(QLabel)]
    assert f"from {middle:.3g}".replace("-", "−") in written
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


def test_another_likeness_arranges_the_same_pictures_anew(qtbot, view):
    before = view.maker.map
    view.controls.likeness.setCurrentIndex(view.controls.likeness.findData("latent"))
    view.controls.likeness.activated.emit(view.controls.likeness.currentIndex())
    settled(qtbot, view)
    found = view.maker.map
    assert found.likeness == "latent"
    assert found.collection.images is before.collection.images
    view.session.undo_stack.undo()
    assert view.maker.map is before  # kept: it is not made again
    qtbot.waitUntil(lambda: (view.canvas.points.positions == before.positions).all(), timeout=5000)


def choose_likeness(box, name):
    box.setCurrentIndex(box.findData(name))
    box.activated.emit(box.currentIndex())


def test_pictures_are_arranged_and_compared_by_the_discriminator(qtbot, view):
    choose_likeness(view.side.compare, "discriminator")
    qtbot.waitUntil(lambda: view.maker.map.knows_neighbours("discriminator") and view.shown.neighbour(0) >= 0, timeout=20_000)
    judged = view.maker.map.collection.judged
    frame = view.side.sheet.frame
    row = finish(judged_features(view.session.model, frame.images[:1]))[0]
    assert view.shown.neighbour(0) == np.argmin(((judged - row) ** 2).sum(1))
    choose_likeness(view.controls.likeness, "discriminator")
    settled(qtbot, view)
    assert view.maker.map.likeness == "discriminator"
    assert view.maker.map.axes.ways.shape[1] == judged.shape[1]


def test_what_the_model_has_no_means_for_is_disabled_with_a_tip(qtbot, view):
    boxes = view.controls.likeness, view.side.compare
    place = boxes[0].findData("discriminator")
    assert all(box.model().item(place).isEnabled() for box in boxes)
    bare = replace(small_model(encoder=False), discriminator=None)
    give_model(qtbot, view.context, bare)
    qtbot.waitUntil(lambda: not boxes[0].model().item(place).isEnabled(), timeout=20_000)
    settled(qtbot, view)
    for box in boxes:
        for name, words in (("discriminator", "keeps no discriminator"), ("latent", "no encoder")):
            item = box.model().item(box.findData(name))
            assert not item.isEnabled()
            assert words in item.toolTip()
        assert box.model().item(0).isEnabled()
    view.want({"likeness": "discriminator"})
    qtbot.waitUntil(lambda: "keeps no discriminator" in view.canvas.words, timeout=20_000)
    view.session.undo_stack.undo()
    settled(qtbot, view)
    give_model(qtbot, view.context, small_model())
    qtbot.waitUntil(lambda: boxes[0].model().item(place).isEnabled(), timeout=20_000)
    assert "tells real from drawn" in boxes[0].model().item(place).toolTip()
    settled(qtbot, view)


@pytest.mark.skipif(importlib.util.find_spec("openTSNE") is None, reason="openTSNE is not installed")
def test_tsne_is_made_as_a_job_that_shows_what_it_has_reached(qtbot, view, monkeypatch):
    monkeypatch.setattr(tsne, "EARLY", 60)
    monkeypatch.setattr(tsne, "LATER", 60)
    shown = []
    view.maker.shown.connect(lambda found: shown.append((found.method, found.complete)))
    view.controls.method.setCurrentIndex(view.controls.method.findData("tsne"))
    view.controls.method.activated.emit(view.controls.method.currentIndex())
    qtbot.waitUntil(lambda: ("tsne", True) in shown, timeout=60_000)
    assert ("tsne", False) in shown
    assert view.maker.map.axes is None
    assert view.canvas.marker is not None  # between its neighbours


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


def test_a_saved_map_is_opened_and_one_of_another_model_is_told(qtbot, view, tmp_path):
    with qtbot.waitSignal(view.session.message, timeout=10_000):
        view.export(tmp_path / "m.npz", False)
    positions = view.maker.map.positions
    view.want({"file": str(tmp_path / "m.npz")})
    settled(qtbot, view)
    assert (view.maker.map.positions == positions).all()
    assert view.controls.source.text() == "m.npz" + ARROW
    before, steps = view.state, view.session.undo_stack.count()
    save_arrays(tmp_path / "odd.npz", about=np.array("odd"))
    for changes in ({"file": str(tmp_path / "none.npz")}, {"source": "data", "data": str(tmp_path / "odd.npz"), "file": ""}):
        with qtbot.waitSignal(view.session.message, timeout=10_000) as told:
            view.want(changes)
        assert told.args[1]
        settled(qtbot, view)
        assert (view.state, view.session.undo_stack.count()) == (before, steps), "as if it had not been tried"
        assert (view.maker.map.positions == positions).all()
    view.session.undo_stack.undo()
    settled(qtbot, view)


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


def test_a_saved_map_is_opened_by_dropping_it_on_the_window(qtbot, window, tmp_path):
    from zscape.app.window.file_kind import kind_of
    from zscape.models.maps.collection import Origin
    from zscape.models.maps.file import save_map
    from zscape.models.maps.make import making
    from zscape.models.progress import finish

    save_map(tmp_path / "m.npz", finish(making(window.session.model, Origin("generated", "", 30))))
    assert kind_of(tmp_path / "m.npz") == "map"
    window.opener.open_file(tmp_path / "m.npz")
    assert window.current_view == "map"
    view = window.views["map"]
    qtbot.waitUntil(lambda: view.maker.map is not None, timeout=20_000)
    assert len(view.maker.map) == 30
    for name, zoomed in (("zoom_in", True), ("fit", False), ("zoom_out", True)):
        window.actions_by_name[name].trigger()
        assert (view.canvas.view.zoom != 1) == zoomed


def test_random_points_are_mapped(qtbot, view, monkeypatch):
    answer(monkeypatch, 40)
    view.controls.ask_count()
    settled(qtbot, view)
    assert len(view.maker.map) == 40
    assert view.controls.source.text() == "40 random points" + ARROW


def test_data_are_chosen_by_a_dialog(qtbot, view, data, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (data, ""))
    view.want({"source": "generated", "count": 20})
    settled(qtbot, view)
    view.controls.ask_data()
    settled(qtbot, view)
    assert len(view.maker.map) == 60


def test_without_opentsne_it_says_so_and_the_map_stays(view, monkeypatch):
    monkeypatch.setattr(tsne.importlib.util, "find_spec", lambda name: None)
    told = []
    view.session.message.connect(lambda line, bad: told.append((line, bad)))
    view.controls.method.setCurrentIndex(view.controls.method.findData("tsne"))
    view.controls.method.activated.emit(view.controls.method.currentIndex())
    assert told
    assert told[0][1]
    assert "zscape[maps]" in told[0][0]
    assert view.controls.method.currentData() == "pca"
    assert view.state.method == "pca"


def test_a_click_before_the_points_are_known_finds_that_picture(qtbot, view):
    from dataclasses import replace

    found = view.maker.map
    bare = replace(found.collection, latents=None, classes=None)
    view.maker.adopt(replace(found, collection=bare), view.session.model, view.state)
    place, before = lone(view), view.session.point
    qtbot.mouseClick(view.canvas, LEFT, pos=at(view, place))
    qtbot.waitUntil(lambda: view.session.point != before, timeout=10_000)


def test_another_model_has_another_map(qtbot, view):
    before = view.maker.map
    give_model(qtbot, view.context, small_model(seed=3))
    assert len(view.canvas.points) == 0  # a click must not go to a point of the last model
    qtbot.waitUntil(lambda: view.maker.map is not None and view.maker.map is not before, timeout=20_000)
    settled(qtbot, view)
    assert (view.maker.map.collection.latents != before.collection.latents).any()


def test_it_makes_a_map_by_itself(qtbot, tmp_path, monkeypatch):
    monkeypatch.setattr(MapMaker, "by_itself", True)
    with open_context(tmp_path) as context:
        view = show(qtbot, MapView(context))
        give_model(qtbot, context, small_model())
        qtbot.waitUntil(lambda: view.maker.map is not None, timeout=20_000)
        assert len(view.maker.map) == 5000  # the digits that come with Zscape
        assert view.controls.source.text() == "digits" + ARROW


def test_the_models_own_data_can_be_asked_for_only_where_they_are(qtbot, tmp_path):
    with open_context(tmp_path) as context:
        view = show(qtbot, MapView(context), 900, 620)
        for name, here in (("digits", True), (str(tmp_path / "gone.npz"), False)):
            model = small_model()
            named = [
                replace(each, labels=tuple("abcdefghij")) if isinstance(each, Classes) else each for each in model.spec.inputs
            ]
            spec = replace(model.spec, data=name, inputs=tuple(named))
            give_model(qtbot, context, replace(model, spec=spec, generator=copy.deepcopy(model.generator)))
            qtbot.waitUntil(lambda here=here: view.controls.usual.isEnabled() is here)
            assert ("is not on this computer" in view.controls.usual.toolTip()) is not here


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


def test_no_film_is_made_without_the_map_while_it_is_being_made(qtbot, view, monkeypatch):
    hold = threading.Event()

    def making(*_):
        yield Progress(0, 0, "Making")
        assert hold.wait(20)

    monkeypatch.setattr(make, "begun", making)
    view.maker.map = None
    view.maker.start(view.session.model, replace(view.state, source="generated", count=33))
    assert view.maker.busy
    with pytest.raises(ZscapeError, match="still being made"):
        view.drawing()
    view.maker.stop()
    hold.set()
    qtbot.waitUntil(lambda: not view.context.jobs.jobs)
