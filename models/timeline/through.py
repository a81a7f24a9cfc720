"""Animates a path through points in a given time."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from zscape.models.errors import ZscapeError
from zscape.models.inputs.recipe import Recipe
from zscape.models.inputs.space import Space
from zscape.models.timeline.easing import EASINGS, Curve, Easing, check_easing, eased
from zscape.models.timeline.edits import animate_shelf, each_track
from zscape.models.timeline.timeline import KeyWay, Timeline


def easing_of(text: str) -> Easing:
    """Parse an easing: a name, or the four numbers of a curve, such as 0.42,0,1,1. Raises ZscapeError for anything else."""
    if text in EASINGS:
        return text
    try:
        x1, y1, x2, y2 = (float(each) for each in text.split(","))
    except ValueError as error:
        raise ZscapeError(
            f"There is no easing {text[:40]!r}: choose {', '.join(EASINGS)}, or four numbers 0.42,0,1,1."
        ) from error
    return Curve(x1, y1, x2, y2)


def leg_of(count: int, seconds: float, hold: float = 0.0, loop: bool = False) -> float:
    """Return the seconds from one of `count` points to the next, if each is held for `hold` and all take `seconds`.

    Raises ZscapeError for fewer than two points, times that are not finite, and holds that leave no time to move.
    """
    if count < 2:
        raise ZscapeError("An animation goes through two points or more.")
    if not (math.isfinite(seconds) and math.isfinite(hold) and hold >= 0):
        raise ZscapeError("A length and a hold are finite numbers of seconds, a hold is 0 or more.")
    leg = (seconds - count * hold) / (count if loop else count - 1)
    if leg <= 0:
        raise ZscapeError(f"{count} points that stand still for {hold:g} s each leave no time to move in {seconds:g} s.")
    return leg


def through(
    points: Sequence[Recipe],
    space: Space,
    seconds: float,
    hold: float = 0.0,
    easing: Easing = "smooth",
    way: KeyWay = "slerp",
    loop: bool = False,
) -> Timeline:
    """Go through `points` in order in `seconds`, all inputs together, and with `loop` back to the first.

    hold: pause at each point, in seconds. Raises ZscapeError as `leg_of` does, and for points that do not fit `space`.
    """
    made = animate_shelf(points, space, leg_of(len(points), seconds, hold, loop), hold, easing, loop)
    return each_track(made, lambda keys: tuple(replace(key, way=way) for key in keys))


def place_at(
    time: float, count: int, seconds: float, hold: float = 0.0, easing: Easing = "linear", loop: bool = False
) -> tuple[int, float]:
    """Return the position at `time` on the path of `through`: the last point passed, and the fraction of the way on, 0 to 1."""
    check_easing(easing)
    leg = leg_of(count, seconds, hold, loop)
    behind = min(int(time / (leg + hold)), count - (1 if loop else 2))
    share = min(1.0, max(0.0, (time - behind * (leg + hold) - hold) / leg))
    return behind, 1.0 if share >= 1 else eased(easing, share)
