"""The visible part of a map, and its scale."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

MARGIN = 24.0
"""The pixels left free around all points."""
CLOSEST, FARTHEST = 4000.0, 0.5
"""The largest and the smallest zoom, relative to the whole."""
OUTSIDE = 0.001
"""The fraction of points at each end that may be outside when all is shown: single outliers would make the rest tiny."""


@dataclass(frozen=True)
class Viewport:
    """x, y: the place of the map in the middle. zoom: the scale, in pixels per map unit, relative to that of the whole map.

    home: middle and scale at which everything is visible.
    """

    x: float = 0.0
    y: float = 0.0
    zoom: float = 1.0
    home: tuple[float, float, float] = (0.0, 0.0, 1.0)

    @staticmethod
    def of(positions: NDArray[np.float32], width: float, height: float) -> Viewport:
        """The viewport that shows all points [N, 2] in width x height pixels."""
        few = len(positions) < 1 / OUTSIDE
        low, high = (
            (positions.min(0), positions.max(0))
            if few
            else np.quantile(positions[:: max(1, len(positions) // 20_000)], (OUTSIDE, 1 - OUTSIDE), axis=0)
        )
        room = np.maximum([width - 2 * MARGIN, height - 2 * MARGIN], 16.0)
        extent = np.maximum(high - low, 1e-9)
        scale = float((room / extent).min())
        x, y = ((low + high) / 2).tolist()
        return Viewport(x, y, 1.0, (x, y, scale))

    @property
    def scale(self) -> float:
        """Pixels per map unit."""
        return self.home[2] * self.zoom

    @property
    def is_home(self) -> bool:
        """Whether everything is visible."""
        return (self.x, self.y, self.zoom) == (*self.home[:2], 1.0)

    def with_home(self, whole: Viewport) -> Viewport:
        """The same place with another `home` (after a resize, or with more points)."""
        return whole if self.is_home else replace(self, home=whole.home)

    def to_screen(self, positions: NDArray[np.float32], width: float, height: float) -> NDArray[np.float32]:
        """Places [N, 2] of the map in pixels, with y downwards."""
        scale = np.array([self.scale, -self.scale], np.float32)
        offset = np.array([width / 2 - self.x * self.scale, height / 2 + self.y * self.scale], np.float32)
        found: NDArray[np.float32] = positions * scale + offset
        return found

    def to_map(self, x: float, y: float, width: float, height: float) -> tuple[float, float]:
        """The place of the map at a pixel."""
        return self.x + (x - width / 2) / self.scale, self.y - (y - height / 2) / self.scale

    def panned(self, right: float, down: float) -> Viewport:
        """Moved with the mouse by that many pixels."""
        return replace(self, x=self.x - right / self.scale, y=self.y + down / self.scale)

    def zoomed(self, factor: float, x: float, y: float, width: float, height: float) -> Viewport:
        """Enlarged by `factor`; the point at pixel x, y stays there."""
        zoom = min(max(self.zoom * factor, FARTHEST), CLOSEST)
        at = self.to_map(x, y, width, height)
        near = replace(self, zoom=zoom)
        now = near.to_map(x, y, width, height)
        return replace(near, x=near.x + at[0] - now[0], y=near.y + at[1] - now[1])
