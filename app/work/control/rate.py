"""Measures how often something arrives."""

from __future__ import annotations

from collections.abc import Callable

SPAN = 1.0
"""The length of the counting interval in seconds."""


class Rate:
    """Counts arrivals. clock(): seconds."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self.clock = clock
        self._since = self._last = float("-inf")
        self._count = 0
        self._rate = 0.0

    def add(self, count: int) -> None:
        """`count` more have arrived."""
        now = self.clock()
        if now - self._last > SPAN:  # start again after a pause
            self._since, self._count, self._rate = now, 0, 0.0
        elif now - self._since >= SPAN:
            self._rate = self._count / (now - self._since)
            self._since, self._count = now, 0
        self._last = now
        self._count += count

    @property
    def per_second(self) -> float:
        """The last rate per second; 0 in the first second, and after a second without arrivals."""
        return self._rate if self.clock() - self._last <= SPAN else 0.0
