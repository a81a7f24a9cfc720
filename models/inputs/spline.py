"""Curves through keys without sudden changes of speed or direction: on the sphere for latents, monotone for numbers.

A leg of such a curve is a cubic Bezier curve. Its ends are keys; its velocities there follow from the neighbouring keys (Catmull
and Rom 1974, "A class of local interpolating splines", for keys at any distance in time). On the sphere the curve is built by de
Casteljau's construction with slerp in place of straight lines (Shoemake 1985, "Animating rotation with quaternion curves",
section 4), which needs no quaternions and works in any number of dimensions.

Imports nothing heavy until a curve is drawn.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from zscape.models.inputs.recipe import Recipe

    Doubles = NDArray[np.float64]

TINY = 1e-9
QUICKEST = 2.0
"""Maximum speed of a leg on the sphere at its ends, as a multiple of its even speed."""
FASTEST = 3.0
"""Maximum speed of a monotone cubic curve at its ends, as a multiple of its even speed (Fritsch and Carlson 1980)."""


@dataclass(frozen=True)
class Neighbour:
    """The key beyond an end of a leg.

    seconds: duration of the leg between that key and the end, above 0. speed: None if that leg is part of the same curve;
    otherwise its speed at the end, as a multiple of its even speed: 0 if it stands still there.
    """

    recipe: Recipe
    seconds: float
    speed: float | None = None


@dataclass(frozen=True)
class Leg:
    """From `start` to `end` in `seconds`. before, after: the neighbouring keys, or None."""

    start: Recipe
    end: Recipe
    seconds: float
    before: Neighbour | None = None
    after: Neighbour | None = None


def spherical(leg: Leg, share: float, vector: Callable[[Recipe], Doubles]) -> Doubles:
    """Return the point, float64 [Z], at `share` (0 to 1) of the leg. vector(recipe): that of a key.

    Its direction follows the curve on the sphere; its length is that of `monotone`, between the lengths of the ends. A zero
    vector has no direction: then the path is straight.
    """
    import numpy as np

    start, end = vector(leg.start), vector(leg.end)
    norms = np.linalg.norm(start), np.linalg.norm(end)
    if min(norms) < TINY:
        return (1 - share) * start + share * end
    p, q = start / norms[0], end / norms[1]
    before, after = _unit(leg.before, vector), _unit(leg.after, vector)
    leaving = _velocity(leg.before, None if before is None else -_log(p, before), _log(p, q), leg.seconds)
    arriving = _velocity(leg.after, None if after is None else _log(q, after), -_log(q, p), leg.seconds)
    third = leg.seconds / 3
    curve = [p, _exp(p, leaving * third), _exp(q, -arriving * third), q]
    while len(curve) > 1:  # de Casteljau
        curve = [_slerp(a, b, share) for a, b in pairwise(curve)]
    length = monotone(leg, share, lambda recipe: np.linalg.norm(vector(recipe)[None], axis=1))
    return curve[0] * length


def monotone(leg: Leg, share: float, vector: Callable[[Recipe], Doubles]) -> Doubles:
    """Return the numbers, float64 [K], at `share` of the leg, never beyond its two ends.

    A cubic Hermite curve whose velocities are the weighted harmonic means of the even speeds on both sides (Fritsch and Butland
    1984, "A method for constructing local monotone piecewise cubic interpolants").
    """
    import numpy as np

    start, end = vector(leg.start), vector(leg.end)
    even = (end - start) / leg.seconds
    speeds = []
    for neighbour, key, way in ((leg.before, start, -1.0), (leg.after, end, 1.0)):
        if neighbour is None:
            speeds.append(even)
            continue
        beside = way * (vector(neighbour.recipe) - key) / neighbour.seconds
        if neighbour.speed is not None:
            speed = np.clip(neighbour.speed * beside / np.where(even == 0, 1.0, even), 0.0, FASTEST) * even
        else:
            heavy, light = 2 * leg.seconds + neighbour.seconds, leg.seconds + 2 * neighbour.seconds
            same = beside * even > 0
            safe = np.where(same, beside, 1.0), np.where(same, even, 1.0)
            speed = np.where(same, (heavy + light) / (heavy / safe[0] + light / safe[1]), 0.0)
        speeds.append(speed)
    t, seconds = share, leg.seconds
    first, last = seconds * speeds[0], seconds * speeds[1]
    flat: Doubles = (1 + 2 * t) * (1 - t) ** 2 * start + t * t * (3 - 2 * t) * end
    return flat + t * (1 - t) ** 2 * first + t * t * (t - 1) * last


def _unit(neighbour: Neighbour | None, vector: Callable[[Recipe], Doubles]) -> Doubles | None:
    import numpy as np

    if neighbour is None:
        return None
    beyond = vector(neighbour.recipe)
    norm = np.linalg.norm(beyond)
    return beyond / norm if norm >= TINY else None


def _velocity(neighbour: Neighbour | None, beside: Doubles | None, own: Doubles, seconds: float) -> Doubles:
    """Return the velocity at a key, per second.

    beside, own: tangents of the neighbouring leg and of this one, both in the direction of time.
    """
    import numpy as np

    if neighbour is None or beside is None:
        return own / seconds
    even, theirs = own / seconds, beside / neighbour.seconds
    if neighbour.speed is not None:
        return _at_most(theirs * neighbour.speed, float(np.linalg.norm(even)))
    mixed = (theirs * seconds + even * neighbour.seconds) / (seconds + neighbour.seconds)
    return _at_most(mixed, float(min(np.linalg.norm(even), np.linalg.norm(theirs))))


def _at_most(velocity: Doubles, even: float) -> Doubles:
    """Limit the velocity: next to a much faster leg, a slow one would start so fast that it went round the sphere."""
    import numpy as np

    speed = float(np.linalg.norm(velocity))
    return velocity * min(1.0, QUICKEST * even / speed) if speed > TINY else velocity


def _log(p: Doubles, q: Doubles) -> Doubles:
    """Return the tangent at p towards q along the great circle, as long as the angle between them; both have length 1."""
    import numpy as np

    cosine = float(np.clip(p @ q, -1.0, 1.0))
    across = q - cosine * p
    sine = float(np.linalg.norm(across))
    return across * (np.arctan2(sine, cosine) / sine) if sine > TINY else np.zeros_like(p)


def _exp(p: Doubles, tangent: Doubles) -> Doubles:
    """Return the end point of a tangent at p."""
    import numpy as np

    angle = float(np.linalg.norm(tangent))
    return np.cos(angle) * p + np.sin(angle) / angle * tangent if angle > TINY else p


def _slerp(p: Doubles, q: Doubles, share: float) -> Doubles:
    import numpy as np

    there = _exp(p, share * _log(p, q))
    return there / np.linalg.norm(there)
