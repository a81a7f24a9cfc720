"""The names of tracks, the values of their keys as text, and the ranges of their numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from zscape.models.timeline.timeline import Key, NumberKey
from zscape.models.timeline.track_edits import Track

if TYPE_CHECKING:
    from zscape.models.inputs.space import Space

FURTHEST = 1000.0
"""The largest absolute value of a number key."""


def name_of(track: Track, space: Space | None) -> str:
    """Its name, as in the panels."""
    if not track.input:
        return f"sheet: {track.number}"
    if not track.number or space is None:
        return track.input
    scalars = space.input(track.input).scalars(space)
    label = scalars[track.number].label if track.number in scalars else track.number
    return f"{track.input}: {label}"


def words_of(track: Track, key: Key, space: Space | None) -> str:
    """The value of a key, in a few words."""
    return space.input(track.input).describe(key.value) if space is not None else ""


def limits_of(track: Track, space: Space | None) -> tuple[float, float]:
    """The smallest and the largest value that a key of a number can have."""
    scalar = space.input(track.input).scalars(space).get(track.number) if track.input and space is not None else None
    least, most = (scalar.least, scalar.most) if scalar is not None else (-FURTHEST, FURTHEST)
    return max(least, -FURTHEST), min(most, FURTHEST)


def range_of(track: Track, keys: Sequence[NumberKey], space: Space | None) -> tuple[float, float]:
    """The range that is drawn: the usual range, extended to the values of the keys."""
    scalar = space.input(track.input).scalars(space).get(track.number) if track.input and space is not None else None
    numbers = [key.value for key in keys]
    usual = (scalar.low, scalar.high) if scalar is not None else ()
    low, high = min((*usual, *numbers)), max((*usual, *numbers))
    return (low, high) if high > low else (low - 0.5, high + 0.5)
