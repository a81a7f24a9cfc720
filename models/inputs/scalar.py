"""Single numbers of a value that can be animated: truncation, the amount along a direction, the strength of noise."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from zscape.models.errors import ZscapeError
from zscape.models.inputs.value import SEED_LIMIT

if TYPE_CHECKING:
    from zscape.models.inputs.directions import Direction

TRUNCATION = "truncation"
SEED = "seed"
HIGHEST = SEED_LIMIT - 1
"""The largest seed."""
DIRECTION = "direction "
"""Prefix of the name of an amount along a direction, followed by the direction's name."""


@dataclass(frozen=True)
class Scalar:
    """A number of a value. label: its name for the user. low, high: the usual range, shown on sliders.

    whole: whether it is an integer. least, most: the limits of what can be set, which may lie beyond low and high.
    """

    label: str
    low: float
    high: float
    whole: bool = False
    least: float = -math.inf
    most: float = math.inf


def along(directions: Mapping[str, Direction], of: str) -> dict[str, Scalar]:
    """Return truncation, and the amount along each direction that moves the input `of`, in the direction's units."""
    moves = {
        DIRECTION + name: Scalar(f"{name} (direction)", -3.0, 3.0)
        for name, direction in directions.items()
        if direction.input == of
    }
    return {TRUNCATION: Scalar(TRUNCATION, 0.0, 2.0), **moves}


def amount(value: Any, name: str, of: str) -> float:
    """Return the truncation of a value of the input `of`, or its amount along a direction. Raises ZscapeError for other names."""
    if name == TRUNCATION:
        return float(value.truncation)
    if name.startswith(DIRECTION):
        return float(dict(value.moves).get(name[len(DIRECTION) :], 0.0))
    raise no_such(name, of)


def with_amount(value: Any, name: str, number: float, of: str) -> Any:
    """Return `value` with another truncation or amount along a direction. Raises ZscapeError for other names."""
    if name == TRUNCATION:
        return replace(value, truncation=number)
    if name.startswith(DIRECTION):
        return value.with_move(name[len(DIRECTION) :], number)
    raise no_such(name, of)


def no_such(name: str, of: str) -> ZscapeError:
    """Return the error for a number that an input does not have."""
    return ZscapeError(f"The input {of!r} has no number {name!r} that moves by itself: take that track out.")
