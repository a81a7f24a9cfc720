"""Easing: how a fraction of the time between two keys becomes a fraction of the path, by name or by a custom curve."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from zscape.models.errors import ZscapeError

Name = Literal["linear", "smooth", "hold"]

EASINGS: dict[Name, Callable[[float], float]] = {
    "linear": lambda t: t,
    "smooth": lambda t: t * t * (3 - 2 * t),
    "hold": lambda t: 0.0,
}
"""Constant speed; slow at both ends (3t^2 - 2t^3); no motion."""
HALVINGS = 60
MOST_SHARES = 1000
NEAR = 1e-4
"""Fraction of a leg over which its speed at an end is measured."""


@dataclass(frozen=True)
class Curve:
    """A cubic curve from (0, 0) to (1, 1) with two handles, like CSS cubic-bezier() (W3C, CSS Easing Functions Level 1).

    x1, y1, x2, y2: all from 0 to 1, so that time never runs backwards and the path never leaves its ends, beyond which there may
    be no valid values (class weights below 0). Raises ZscapeError for handles out of range.
    """

    x1: float
    y1: float
    x2: float
    y2: float

    def __post_init__(self) -> None:
        if not all(0 <= each <= 1 for each in (self.x1, self.y1, self.x2, self.y2)):
            raise ZscapeError("The handles of an easing curve are four numbers from 0 to 1.")

    def __call__(self, share: float) -> float:
        """Return the fraction of the path at fraction `share` of the time, 0 to 1; found by bisection, since x only grows."""
        if share <= 0 or share >= 1:
            return float(share >= 1)
        low, high = 0.0, 1.0
        for _ in range(HALVINGS):
            middle = (low + high) / 2
            low, high = (middle, high) if _cubic(self.x1, self.x2, middle) < share else (low, middle)
        return _cubic(self.y1, self.y2, (low + high) / 2)


@dataclass(frozen=True)
class Measured:
    """An easing that was measured or computed: fractions of the path at even steps of time, with straight lines between.

    shares: 2 to 1000 numbers from 0 to 1 that never fall. Raises ZscapeError for anything else.
    """

    shares: tuple[float, ...]

    def __post_init__(self) -> None:
        rises = all(one <= other for one, other in pairwise(self.shares))  # False if one is NaN
        if not (2 <= len(self.shares) <= MOST_SHARES and rises and self.shares[0] == 0 and self.shares[-1] == 1):
            raise ZscapeError(f"A measured easing is 2 to {MOST_SHARES} numbers that rise from 0 to 1.")

    def __call__(self, share: float) -> float:
        """Return the fraction of the path at fraction `share` of the time, 0 to 1."""
        place = min(max(share, 0.0), 1.0) * (len(self.shares) - 1)
        low = min(int(place), len(self.shares) - 2)
        return self.shares[low] + (place - low) * (self.shares[low + 1] - self.shares[low])


Easing = Name | Curve | Measured


def eased(easing: Easing, share: float) -> float:
    """Return the fraction of the path at fraction `share` of the time, both from 0 to 1."""
    return easing(share) if isinstance(easing, Curve | Measured) else EASINGS[easing](share)


def slope(easing: Easing, at_end: bool) -> float:
    """Return the speed of a leg at its beginning or end, as a multiple of its even speed; 0 if it stands still there."""
    if easing == "hold":
        return 0.0
    return (1 - eased(easing, 1 - NEAR) if at_end else eased(easing, NEAR)) / NEAR


def check_easing(easing: object) -> None:
    """Raise ZscapeError if `easing` is neither a known name nor a curve."""
    if not isinstance(easing, Curve | Measured) and easing not in EASINGS:
        raise ZscapeError(f"There is no easing {easing!r}: choose {', '.join(EASINGS)}, or a curve of four numbers.")


def _cubic(first: float, second: float, t: float) -> float:
    return 3 * (1 - t) ** 2 * t * first + 3 * (1 - t) * t * t * second + math.pow(t, 3)
