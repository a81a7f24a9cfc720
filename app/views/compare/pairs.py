"""Which sheet of the right side belongs to which of the left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zscape.app.widgets.frame import Frame
    from zscape.models.inference.side_by_side import Side

UNDER_WAY = 256
"""Pairs that may be asked for before one of them is drawn."""


@dataclass
class Pair:
    """Two sheets of one moment. left, right: their requests. side: what stands on the right. frame: the left one, once drawn."""

    left: int
    right: int
    side: Side
    frame: Frame | None = None


class Pairs:
    """Those that are under way, the newest last, and the one that is shown."""

    def __init__(self) -> None:
        self._pairs: list[Pair] = []

    def add(self, left: int, right: int, side: Side, frame: Frame | None = None) -> None:
        """The request `right` was made for the request `left`."""
        self._pairs = [*self._pairs[1 - UNDER_WAY :], Pair(left, right, side, frame)]

    def clear(self) -> None:
        """None is under way."""
        self._pairs.clear()

    def keep(self, left: Frame) -> bool:
        """`left` is drawn; returns whether a right side was asked for that belongs to it."""
        found = [pair for pair in self._pairs if pair.left == left.request]
        for pair in found:
            pair.frame = left
        return bool(found)

    def take(self, right: int) -> Pair | None:
        """That of the request `right`, which is drawn: older ones never come. None where it is not wanted any more."""
        place = next((place for place, pair in enumerate(self._pairs) if pair.right == right), None)
        if place is None:
            return None
        self._pairs = self._pairs[place:]
        return self._pairs[0]

    @property
    def newest(self) -> int | None:
        """The request of the right side that was made last."""
        return self._pairs[-1].right if self._pairs else None
