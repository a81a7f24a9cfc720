"""What is drawn on and behind the pad: small pictures of its places, and heat maps."""

from dataclasses import replace

import numpy as np
import pytest
from pad_stage import LEFT, choose, colour, drag, pixel, settled, state
from PySide6.QtCore import QPoint, Qt
from recipes import recipe
from stage import move

from zscape.app.state.clipboard import recipe_in
from zscape.app.views.pad import thumbnails
from zscape.app.widgets.heat_colours import HeatLegend
from zscape.app.work.tile_actions import TILE_ACTIONS
from zscape.models.timeline.edits import animate_shelf


def test_thumbnails_are_the_pictures_of_their_places_and_are_tiles(qtbot, view):
    choose(view, thumbnails=3)
    settled(qtbot, view)
    tiles, ground = view.background.thumbnails.tiles, view.pad.ground
    assert len(tiles.places) == 9
    assert tiles.places[0] == (-2, 2)
    rect = ground.tile_rect(view.pad.square, 0, view.pad.devicePixelRatioF())
    seen = view.pad.grab(rect.toRect()).toImage().scaled(28, 28)
    drawn = tiles.picture(0)
    for ratio in (1.0, 1.5, 2.0):  # thumbnails fill most of their cells at every device pixel ratio
        cell = tiles.cell * view.pad.square.rect.width() / view.pad.square.view[2]
        for count in (3, 7, 9, 11):
            room = cell * 3 / count
            ground.tiles = replace(tiles, cell=tiles.cell * 3 / count)
            assert 0.67 * room <= ground.tile_rect(view.pad.square, 0, ratio).width() <= 0.85 * room, (ratio, count)
    ground.tiles = tiles
    assert all(seen.pixelColor(k, k) == drawn.pixelColor(k, k) for k in range(0, 28, 3))
    TILE_ACTIONS["go"].run(view.session, view.background.thumbnails.tile(0))
    assert view.place() == (-2, 2)
    assert (
        np.abs(
            settled(qtbot, view)[..., 0].astype(int) - [[drawn.pixelColor(x, y).red() for x in range(28)] for y in range(28)]
        ).max()
        <= 1
    )
    told = []
    view.session.tile_pointed.connect(told.append)
    qtbot.mouseMove(view.pad, pixel(view, *tiles.places[8]))
    assert told[-1].recipe == view.background.thumbnails.tile(8).recipe
    assert "at 2, -2" in told[-1].caption
    choose(view, thumbnails=0)
    assert view.pad.ground.tiles is None


def test_thumbnails_come_a_few_at_a_time_and_not_while_the_point_is_dragged(qtbot, view, monkeypatch):
    monkeypatch.setattr(thumbnails, "PART_SECONDS", 0.0)
    seen = []
    view.background.thumbnails.changed.connect(
        lambda: seen.append(sum(each is not None for each in view.background.thumbnails.tiles.places))
    )
    choose(view, thumbnails=4)
    settled(qtbot, view)
    assert seen == [4, *range(5, 17)]
    rest = []
    view.background.thumbnails.changed.connect(lambda: rest.append(view.context.jobs.seconds_to_quiet()))
    view.context.jobs.touch(0.5)
    choose(view, thumbnails=5)
    settled(qtbot, view)
    assert len(view.background.thumbnails.tiles.places) == 25
    assert max(rest) <= 0


def test_a_thumbnail_is_dragged_out_with_shift_as_a_point(qtbot, view, monkeypatch):
    carried = []
    monkeypatch.setattr(thumbnails.QDrag, "exec", lambda drag, *_: carried.append(recipe_in(drag.mimeData())))
    settled(qtbot, view)
    start = view.session.point
    place = pixel(view, *view.background.thumbnails.tiles.places[3])
    shift = Qt.KeyboardModifier.ShiftModifier
    qtbot.mousePress(view.pad, LEFT, shift, pos=place)
    move(view.pad, place + QPoint(30, 0), LEFT)
    qtbot.mouseRelease(view.pad, LEFT, shift, pos=place + QPoint(30, 0))
    assert carried == [view.background.thumbnails.tile(3).recipe]
    assert view.session.point == start


def test_a_heat_map_lies_behind_in_its_colours(qtbot, view):
    choose(view, thumbnails=0)
    point = recipe(seeds=(), numbers=(0.0,) * 12)
    view.session.edit_point("the middle of the prior", point)
    settled(qtbot, view)
    box = view.controls.heat
    box.setCurrentIndex(box.findData("prior"))
    box.activated.emit(box.currentIndex())
    settled(qtbot, view)
    assert state(view).heat == "prior"
    likely, unlikely = colour(view, 0.6, 0.0), colour(view, 2.9, 2.9)
    assert likely.lightness() > unlikely.lightness() + 60
    assert "Density of the prior" in view.background.legend.words
    drag(qtbot, view, (1, 1), (2, 2))
    assert not view.background.heat.busy, "the plane is the same"
    view.session.undo_stack.undo()
    view.session.undo_stack.undo()
    assert state(view).heat == ""
    assert view.pad.ground.heat.isNull()
    assert colour(view, 2.9, 2.9).name() == view.pad.palette().mid().color().name()


def test_heat_maps_that_the_model_cannot_have_are_greyed_and_say_why(qtbot, view):
    box = view.controls.heat
    items = {box.itemData(place): box.model().item(place) for place in range(box.count())}
    assert not items["discriminator"].isEnabled()
    assert "no discriminator" in items["discriminator"].toolTip()
    assert items["attribute tall"].isEnabled()
    choose(view, heat="discriminator")
    settled(qtbot, view)
    assert view.background.heat.heat is None


def test_a_timeline_plays_in_it_and_its_thumbnails_give_keys(qtbot, view):
    settled(qtbot, view)
    key = view.background.thumbnails.tile(0).recipe
    timeline = animate_shelf([view.session.point, key], view.session.space, 1.0, 0.0)
    view.session.edit_timeline("animate", timeline)
    still = settled(qtbot, view)
    moved = timeline.at(timeline.seconds, view.session.space)
    view.context.moment.show(lambda sweep: replace(sweep, centre=moved))
    qtbot.waitUntil(lambda: view.sheet.frame.sweep.centre == moved, timeout=10_000)
    assert not np.array_equal(view.sheet.frame.images[0], still)
    assert view.pad.spot == pytest.approx((-18 / 7, 18 / 7), abs=1e-3), "the handle goes along"
    view.context.moment.show(None)
    qtbot.waitUntil(lambda: view.sheet.frame.sweep.centre == view.session.point, timeout=10_000)
    assert view.pad.spot == (0, 0)


def test_the_legend_of_a_map_that_is_the_same_everywhere_has_no_colours(qtbot):
    legend = HeatLegend()
    qtbot.addWidget(legend)
    legend.resize(300, legend.height())

    def colourful():
        image = legend.grab().toImage()
        return any(image.pixelColor(x, image.height() // 2).saturation() > 128 for x in range(image.width()))

    legend.show_range("Density of the prior", (-84.6, -84.5), "log density")
    assert legend.accessibleDescription() == "Density of the prior: -84.6 to -84.5 log density"
    assert colourful()
    legend.show_range("Density of the prior", (-84.601, -84.6))
    assert legend.accessibleDescription() == "Density of the prior: -84.6 everywhere"
    assert not colourful()
