"""Values: what a recipe holds for one input, and the checks that all kinds share."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from numbers import Integral
from typing import ClassVar

from zscape.models.errors import ZscapeError

SEED_LIMIT = 2**32
"""Seeds run from 0 to SEED_LIMIT - 1, the range of numpy's RandomState."""

MOST_TRUNCATION = 100
LARGEST = 1e6
"""Maximum distance from 0 of a number in a recipe: beyond it the output of a model is not finite."""


@dataclass(frozen=True)
class Value:
    """The value of one input in a recipe, as plain data. kind: the name of its kind in KINDS."""

    kind: ClassVar[str] = ""


def check_seed(seed: int) -> None:
    """Raise ZscapeError unless `seed` is a valid seed."""
    if not isinstance(seed, int):
        raise ZscapeError(f"{seed!r} is not a seed: use a whole number from 0 to {SEED_LIMIT - 1}.")
    if not 0 <= seed < SEED_LIMIT:
        raise ZscapeError(f"Seed {seed} is out of range: use a whole number from 0 to {SEED_LIMIT - 1}.")


def check_finite(numbers: Iterable[float], most: float = LARGEST) -> None:
    """Raise ZscapeError if one of `numbers` is NaN, infinite, or further from 0 than `most`."""
    given = tuple(numbers)
    if not all(map(math.isfinite, given)):
        raise ZscapeError("A recipe holds a number that is not finite: replace NaN and infinity by plain numbers.")
    if (furthest := max(map(abs, given), default=0.0)) > most:
        raise ZscapeError(f"A point holds {furthest:.7g}, of which no model makes a picture: its numbers are up to {most:.0f}.")


def check_truncation(factor: float) -> None:
    """Raise ZscapeError unless `factor` is a valid truncation."""
    if not abs(factor) <= MOST_TRUNCATION:  # also false for NaN
        raise ZscapeError(
            f"A truncation of {factor:g}: it must be a number from {-MOST_TRUNCATION} to {MOST_TRUNCATION}, usually from 0 to 1."
        )


def check_size(what: str, size: int, most: int) -> int:
    """Return `size` as an int. Raises ZscapeError unless it is a whole number (of any type, such as numpy's) from 1 to `most`."""
    if isinstance(size, bool) or not isinstance(size, Integral) or not 1 <= size <= most:
        raise ZscapeError(f"{what} is {size!r}: it must be a whole number from 1 to {most}.")
    return int(size)


def words_of(what: str, words: Iterable[str], each: str, called: str = "labels") -> tuple[str, ...]:
    """Return a list of words as a tuple. Raises ZscapeError if `words` is something else. what, each, called: for the message."""
    found = tuple(words) if isinstance(words, Iterable) and not isinstance(words, str) else (None,)
    if not all(isinstance(word, str) for word in found):
        raise ZscapeError(f"The {called} of {what!r} must be a list of words, one a {each}.")
    return tuple(map(str, found))


def sides_of(what: str, sides: Iterable[int], wanted: str) -> tuple[int, ...]:
    """Return a list of numbers as a tuple. Raises ZscapeError, quoting `wanted`, if `sides` is not a list."""
    if not isinstance(sides, Iterable) or isinstance(sides, str):
        raise ZscapeError(f"The shape of {what!r} is {sides!r}: give {wanted}.")
    return tuple(sides)
