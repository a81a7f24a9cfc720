"""Matches the sheets on the right with those on the left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zscape.app.widgets.pictures.frame import Frame
    from zscape.models.inference.films.side_by_side import Side

UNDER_WAY = 256
"""The most pairs that may be requested before one of them is drawn."""


@dataclass
class Pair:
    """Two sheets of one moment. left, right: their request numbers. side: the right side. frame: the left frame, once drawn."""

    left: int
    right: int
    side: Side
    frame: Frame | None = None


class Pairs:
    """The pending pairs, newest last, and the one that is shown."""

    def __init__(self) -> None:
        self._pairs: list[Pair] = []

    def add(self, left: int, right: int, side: Side, frame: Frame | None = None) -> None:
        """Add the request `right`, made for the request `left`."""
        self._pairs = [*self._pairs[1 - UNDER_WAY :], Pair(left, right, side, frame)]

    def clear(self) -> None:
        """Remove all pairs."""
        self._pairs.clear()

    def keep(self, left: Frame) -> bool:
        """Store the drawn frame `left`; returns whether a right side was requested for it."""
        found = [pair for pair in self._pairs if pair.left == left.request]
        for pair in found:
            pair.frame = left
        return bool(found)

    def take(self, right: int) -> Pair | None:
        """The pair of the drawn request `right`; older ones will not come and are dropped. None if it is no longer wanted."""
        place = next((place for place, pair in enumerate(self._pairs) if pair.right == right), None)
        if place is None:
            return None
        self._pairs = self._pairs[place:]
        return self._pairs[0]

    @property
    def newest(self) -> int | None:
        """The latest request of the right side."""
        return self._pairs[-1].right if self._pairs else None
