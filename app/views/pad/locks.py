"""The pad with locked directions: their attributes are measured and corrected, and the plane behind the point stays the same."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from zscape.app.state.directions_state import DirectionsState
from zscape.app.state.view_state import ViewState
from zscape.app.work.context import Context
from zscape.models.inputs.directions import Direction
from zscape.models.inputs.kinds.latent import LatentValue
from zscape.models.inputs.kinds.styles import StylesValue
from zscape.models.inputs.recipe import Recipe
from zscape.models.inputs.space import Space
from zscape.models.sweeps.pad import Pad
from zscape.models.sweeps.pads import DirectionsPad, alike
from zscape.models.sweeps.polygon import Place

ROUNDING = 1e-5
"""A difference of amounts along a direction that counts as none."""


def held_on(pad: Pad, locked: Iterable[str], space: Space) -> tuple[Direction, ...]:
    """The locked directions that are held while the point moves over `pad`: all but its axes, along which the user moves it."""
    if not isinstance(pad, DirectionsPad):
        return ()
    known, axes = space.directions, (pad.along_x, pad.along_y)
    moved = [known[name].input for name in axes if name in known]
    return tuple(known[name] for name in locked if name in known and name not in axes and known[name].input in moved)


def go(context: Context, label: str, pad: Pad, base: Recipe, place: Place, point: Recipe, gesture: int, state: ViewState) -> None:
    """Go to `point`, at `place` of `pad`, as one edit with `state`, and hold the locks. base: of the plane that is shown."""
    session, space = context.session, context.session.space
    held = held_on(pad, session.scene.view(DirectionsState).names, space) if space is not None else ()
    if space is None or not held:
        session.edit(label, session.scene.with_view(state).with_point(point), gesture)
        return
    start = context.held.start
    if start is not None and alike(pad.recipes(base, [place], space)[0], start, space):
        point = start  # back at the start: the corrections made on the way are not needed
    context.held.move(label, point, gesture, held, view=state)


def same_plane(one: Recipe, other: Recipe, free: Collection[str], space: Space) -> bool:
    """Whether two bases of a pad give the same plane: they differ only in their moves along the directions `free`."""
    for each in space.inputs:
        a, b = one.value(each), other.value(each)
        if a == b:
            continue
        if not (isinstance(a, LatentValue) and isinstance(b, LatentValue)) and not (
            isinstance(a, StylesValue) and isinstance(b, StylesValue)
        ):
            return False
        here, there = dict(a.moves), dict(b.moves)
        apart = {name for name in {*here, *there} if abs(here.get(name, 0.0) - there.get(name, 0.0)) > ROUNDING}
        if apart - {*free} or replace(a, moves=()) != replace(b, moves=()):
            return False
    return True
