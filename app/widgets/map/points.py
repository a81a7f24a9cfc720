"""The points of a map as pixels: which are visible, which are dimmed, which is under the mouse."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor

from zscape.app.widgets.map.tiles import Level, level_of, side_at
from zscape.app.widgets.map.viewport import Viewport
from zscape.models.maps.drawing.raster import draw_points

Places = NDArray[np.int64]
NEAR = 9.0
"""The distance in pixels within which the mouse points at a point."""
SIZES = ((20_000, 2), (5_000, 3), (1_200, 4), (250, 6), (0, 8))
"""(least, pixels): the size of points in pixels if at least so many are visible."""
ROUGH = 3
"""Points larger than this have smooth edges."""
DIM = 0.22
"""The colour of dimmed points, as a fraction of the way from the background to the colour of quiet text."""


class Points:
    """Points float32 [N, 2] in colours uint32 [N] (0xAARRGGBB), some of which may be dimmed."""

    def __init__(self) -> None:
        self.positions = np.empty((0, 2), np.float32)
        self.colours = np.empty(0, np.uint32)
        self.active: NDArray[np.bool_] | None = None
        self._order = np.empty(0, np.int64)
        self.dimmed, self.shown = self._order, self._order  # in drawing order
        self._levels: dict[float, Level] = {}
        self._buffer: NDArray[np.uint32] | None = None
        self._seen: tuple[Viewport, int, int] | None = None
        self._screen = self.positions
        self._stale = True

    def __len__(self) -> int:
        return len(self.positions)

    def show(self, positions: NDArray[np.float32], colours: NDArray[np.uint32]) -> None:
        """Set other points; if their number is the same, the same ones stay dimmed."""
        if len(positions) != len(self.positions):
            self._order = np.random.default_rng(0).permutation(len(positions))  # an order in which no class hides another
            self.active = None
        self.positions, self.colours = positions, colours
        self._seen = None
        self.show_active(self.active)

    def show_active(self, active: NDArray[np.bool_] | None) -> None:
        """Dim those that are not `active` [N]; None for no dimming."""
        self.active = active
        on = np.ones(len(self), np.bool_) if active is None else active
        ordered = on[self._order]
        self.dimmed, self.shown = self._order[~ordered], self._order[ordered]
        self._levels.clear()
        self._stale = True

    def redraw(self) -> None:
        """The colours have changed."""
        self._stale = True

    def on_screen(self, view: Viewport, width: int, height: int) -> NDArray[np.float32]:
        """Their positions in a widget: float32 [N, 2]."""
        if self._seen != (view, width, height):
            self._seen, self._stale = (view, width, height), True
            self._screen = view.to_screen(self.positions, width, height)
        return self._screen

    def level(self, view: Viewport) -> Level:
        """The thumbnail cells at this zoom, for the points that are not dimmed."""
        side = side_at(view.scale)
        if side not in self._levels:
            self._levels[side] = level_of(self.positions, self.shown, side)
        return self._levels[side]

    def near(self, x: float, y: float, screen: NDArray[np.float32]) -> int:
        """The nearest undimmed point within NEAR pixels, -1 if there is none."""
        apart = np.abs(screen - np.array([x, y], np.float32))
        found = np.flatnonzero((apart[:, 0] <= NEAR) & (apart[:, 1] <= NEAR))
        if self.active is not None:
            found = found[self.active[found]]
        squared = np.square(apart[found]).sum(1)
        return int(found[squared.argmin()]) if len(found) and squared.min() <= NEAR * NEAR else -1

    def nearest(self, x: float, y: float, screen: NDArray[np.float32]) -> int:
        """The nearest point at any distance; the nearest undimmed one if there is any."""
        places = self.shown if len(self.shown) else self._order
        return int(places[np.square(screen[places] - np.array([x, y], np.float32)).sum(1).argmin()])

    def pixels(
        self, view: Viewport, width: int, height: int, ratio: float, ground: QColor, quiet: QColor, covered: bool
    ) -> NDArray[np.uint32]:
        """The points as screen pixels [H, W], redrawn only after a change.

        ratio: screen pixels per widget unit. covered: whether thumbnails replace the undimmed points.
        """
        screen = self.on_screen(view, width, height)
        high, wide = round(height * ratio), round(width * ratio)
        if self._buffer is None or self._buffer.shape != (high, wide):
            self._buffer, self._stale = np.empty((high, wide), np.uint32), True
        if not self._stale:
            return self._buffer
        self._stale = False
        self._buffer.fill(ground.rgb())
        scaled = screen * np.float32(ratio)
        x, y = scaled[:, 0], scaled[:, 1]
        inside = (x >= 0) & (x < wide) & (y >= 0) & (y < high)
        count = int(np.count_nonzero(inside))
        pixels = next(pixels for least, pixels in SIZES if count >= least)
        size, behind = max(1, round(pixels * ratio)), ground.rgb() if pixels > ROUGH else None
        dim = _between(ground, quiet, DIM)
        for places, colours in ((self.dimmed, None), (self.shown, self.colours)):
            if covered and colours is not None:
                continue
            some = places[inside[places]]
            ink = np.full(len(some), dim, np.uint32) if colours is None else colours[some]
            draw_points(self._buffer, x[some], y[some], ink, size, behind)
        return self._buffer


def _between(one: QColor, other: QColor, share: float) -> int:
    """The colour at the fraction `share` between two colours."""
    pairs = ((one.red(), other.red()), (one.green(), other.green()), (one.blue(), other.blue()))
    return QColor(*(round(a + (b - a) * share) for a, b in pairs)).rgb()
