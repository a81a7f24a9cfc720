"""Converts seconds to pixels and back along a timeline; computes the marks of its ruler, and snapping."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

STEPS = (0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0, 600.0, 1800.0, 3600.0)
"""The possible seconds between two marks of a ruler."""
BETWEEN = 56.0
"""The minimum pixels between two marks."""
MARGIN = 32
"""The margins at the sides of a row: half a picture, and the number of the last mark."""
RULER = 20
"""The height of the ruler in pixels."""
SIDE = 40
"""The side of a stop's picture."""
GRID = 0.05
"""The steps of a drag, in seconds."""


@dataclass(frozen=True)
class Scale:
    """seconds: of the whole timeline. left: the pixel of its start. width: its width in pixels."""

    seconds: float
    left: float
    width: float

    def x(self, time: float) -> float:
        """The pixel of a time."""
        return self.left + self.width * time / self.seconds

    def time(self, x: float) -> float:
        """The time at a pixel, between 0 and the end."""
        return min(max((x - self.left) / max(self.width, 1.0), 0.0), 1.0) * self.seconds

    def length(self, pixels: float) -> float:
        """The seconds for a number of pixels."""
        return pixels * self.seconds / max(self.width, 1.0)

    @property
    def step(self) -> float:
        """Seconds between two marks."""
        return next((step for step in STEPS if self.width * step / self.seconds >= BETWEEN), STEPS[-1])

    def marks(self) -> list[float]:
        """The times of all marks."""
        return [place * self.step for place in range(int(self.seconds / self.step + 1e-6) + 1)]

    def snapped(self, time: float, near: Iterable[float], within: float = 6.0) -> float:
        """`time` snapped to the nearest mark or time of `near` that is at most `within` pixels away, else to the grid."""
        best = min([*self.marks(), *near], key=lambda each: abs(each - time), default=None)
        if best is not None and abs(best - time) <= self.length(within):
            return best
        return round(round(time / GRID) * GRID, 6)
