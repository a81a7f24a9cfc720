"""Locked directions stay the same while one drags over a pad: in latent space, and as measured in the picture."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from stage import drag_through, move, open_file, show

from zscape.app.state.directions_state import DirectionsState
from zscape.app.views.pad.state import PadState, pad_of
from zscape.app.views.pad.view import PadView
from zscape.models.data.attributes import measure
from zscape.models.files.library import find
from zscape.models.inputs.points import resolve
from zscape.models.inputs.recipe import Recipe
from zscape.models.sweeps.pads import alike

LEFT = Qt.MouseButton.LeftButton
ENOUGH = 0.05
"""The deviation that may remain, in standard deviations, as for the sliders."""


@pytest.fixture
def view(qtbot, context):
    """The pad alone."""
    view = show(qtbot, PadView(context), 900, 560)
    open_file(qtbot, context, find("mnist"))
    return ready(qtbot, view)


def ready(qtbot, view):
    view.session.edit_view("choose", PadState(kind="directions", x="stroke width", y="component 1", thumbnails=3))
    rested(qtbot, view)
    return view


def lock(view):
    view.session.edit_view("lock", DirectionsState(("slant",)))


def rested(qtbot, view):
    """Wait until the screen shows the current scene and no correction is pending."""

    def over():
        frame, held = view.sheet.frame, view.context.held
        shown = frame is not None and frame.sweep == view.sweep() and not view.busy and not view.sheet.unpainted
        return shown and not view.context.renderer.busy and not held.waits

    qtbot.waitUntil(over, timeout=30_000)


def slant(view):
    return measure(view.sheet.frame.images)["slant"][0] / view.session.space.directions["slant"].provenance["sd"]


def pixel(view, x, y):
    return view.pad.square.pixel((x, y)).toPoint()


def drag(qtbot, view, *places):
    drag_through(qtbot, view.pad, [pixel(view, *place) for place in places])


def test_a_drag_holds_locked_attributes(qtbot, start):
    window = start("mnist")
    view = ready(qtbot, window.show_view("pad"))
    before, middle = window.session.point, slant(view)
    drag(qtbot, view, (0, 0), (1, 1), (1, 2.5))
    rested(qtbot, view)
    assert abs(slant(view) - middle) > 0.5, "unlocked it moves"
    window.session.undo_stack.undo()
    rested(qtbot, view)
    window.panels["directions"].toggle_lock("slant")
    rested(qtbot, view)
    tiles, steps = view.background.thumbnails.tiles, window.session.undo_stack.count()
    for places in (((0, 0), (1, 1), (1, 2.5)), ((1, 2.5), (-1, -2))):
        drag(qtbot, view, *places)
        rested(qtbot, view)
        assert abs(slant(view) - middle) < ENOUGH
        assert view.place() == pytest.approx(places[-1], abs=0.02), "the handle is where it was dropped"
        assert view.pad.spot == pytest.approx(places[-1], abs=0.02)
        assert view.background.thumbnails.tiles is tiles, "the plane behind is the same"
    assert "slant" in view.context.held.drift
    assert window.panels["directions"].drift.text().startswith("Held: slant")
    assert window.session.undo_stack.count() == steps + 2
    drag(qtbot, view, (-1, -2), (0, 0))
    qtbot.mouseDClick(view.pad, LEFT, pos=pixel(view, 0, 0))
    rested(qtbot, view)
    assert alike(window.session.point, before, window.session.space), "nothing is left of the corrections"


def test_thumbnails_and_axes_hold_locked_attributes(qtbot, view):
    lock(view)
    rested(qtbot, view)
    space, sheet = view.session.space, view.background.thumbnails.wanted
    normal = np.asarray(space.directions["slant"].provenance["normal"])
    middle = resolve([view.session.point], space, 1, 1)["z"][0]
    moved = resolve(sheet.recipes(space), space, 3, 3)["z"] - middle
    assert np.abs(moved @ normal).max() < 1e-4
    assert np.abs(moved).max() > 0.5
    free = pad_of(PadState(kind="directions", x="stroke width", y="component 1"), view.session.point, space)
    unlocked = resolve(free.recipes(sheet.centre, sheet.places(), space), space, 3, 3)["z"] - middle
    assert np.abs(unlocked @ normal).max() > 0.3


def test_a_locked_axis_stays_on_the_way_along_the_other_one(qtbot, view):
    view.session.edit_view("choose", PadState(kind="directions", x="slant", y="component 1", thumbnails=3))
    lock(view)
    rested(qtbot, view)
    space, start = view.session.space, resolve([view.session.point], view.session.space, 1, 1)["z"][0]
    normal = np.asarray(space.directions["slant"].provenance["normal"])
    drag(qtbot, view, (0, 0), (0, 1), (0, 2))
    rested(qtbot, view)
    x, y = view.place()
    assert (x, y) == pytest.approx((0, 2), abs=0.02)
    moved = resolve([view.session.point], space, 1, 1)["z"][0] - start
    along = np.asarray(space.directions["slant"].vector) @ normal
    assert moved @ normal == pytest.approx(x * along, abs=1e-4)
    assert view.pad.spot == pytest.approx((x, y), abs=1e-3)


def test_another_point_has_a_plane_of_its_own(qtbot, view):
    lock(view)
    rested(qtbot, view)
    drag(qtbot, view, (0, 0), (1, 1))
    rested(qtbot, view)
    wanted = view.background.thumbnails.wanted
    view.session.edit_point("another", Recipe.seed(9))
    rested(qtbot, view)
    assert view.background.thumbnails.wanted != wanted
    assert alike(view.background.thumbnails.wanted.centre, Recipe.seed(9), view.session.space)


def test_escape_takes_a_drag_back_that_was_corrected(qtbot, view):
    lock(view)
    rested(qtbot, view)
    before, steps = view.session.point, view.session.undo_stack.count()
    view.pad.setFocus()
    qtbot.mousePress(view.pad, LEFT, pos=pixel(view, 0, 0))
    move(view.pad, pixel(view, 1, 2), LEFT)
    qtbot.waitUntil(lambda: "slant" in view.context.held.drift, timeout=10_000)
    qtbot.keyClick(view.pad, Qt.Key.Key_Escape)
    qtbot.mouseRelease(view.pad, LEFT, pos=QPoint(1, 1))
    rested(qtbot, view)
    assert view.session.point == before
    assert view.session.undo_stack.count() == steps
