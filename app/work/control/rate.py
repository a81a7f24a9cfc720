"""How quickly something comes."""

from __future__ import annotations

from collections.abc import Callable

SPAN = 1.0
"""Seconds over which it is counted."""


class Rate:
    """Counts what comes. clock(): seconds."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self.clock = clock
        self._since = self._last = float("-inf")
        self._count = 0
        self._rate = 0.0

    def add(self, count: int) -> None:
        """So many have come."""
        now = self.clock()
        if now - self._last > SPAN:  # after a rest it begins anew
            self._since, self._count, self._rate = now, 0, 0.0
        elif now - self._since >= SPAN:
            self._rate = self._count / (now - self._since)
            self._since, self._count = now, 0
        self._last = now
        self._count += count

    @property
    def per_second(self) -> float:
        """How many a second came last; 0 before a second is over, and after one in which nothing came."""
        return self._rate if self.clock() - self._last <= SPAN else 0.0
