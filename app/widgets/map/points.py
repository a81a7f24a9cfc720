"""The points of a map as pixels: which are seen, which are dimmed, which is under the mouse."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor

from zscape.app.widgets.map.tiles import Level, level_of, side_at
from zscape.app.widgets.map.viewport import Viewport
from zscape.models.maps.raster import draw_points

Places = NDArray[np.int64]
NEAR = 9.0
"""Pixels from the mouse in which a point is pointed at."""
SIZES = ((20_000, 2), (5_000, 3), (1_200, 4), (250, 6), (0, 8))
"""Of a point, in pixels, where at least so many are seen."""
ROUGH = 3
"""Points that are larger have smooth edges."""
DIM = 0.22
"""Of the way from the ground to the colour of quiet words: points that are left out."""


class Points:
    """Points float32 [N, 2] in colours uint32 [N] (0xAARRGGBB), of which some may be dimmed."""

    def __init__(self) -> None:
        self.positions = np.empty((0, 2), np.float32)
        self.colours = np.empty(0, np.uint32)
        self.active: NDArray[np.bool_] | None = None
        self._order = np.empty(0, np.int64)
        self.dimmed, self.shown = self._order, self._order  # in the order of drawing
        self._levels: dict[float, Level] = {}
        self._buffer: NDArray[np.uint32] | None = None
        self._seen: tuple[Viewport, int, int] | None = None
        self._screen = self.positions
        self._stale = True

    def __len__(self) -> int:
        return len(self.positions)

    def show(self, positions: NDArray[np.float32], colours: NDArray[np.uint32]) -> None:
        """Other points; where they are as many, the same ones stay dimmed."""
        if len(positions) != len(self.positions):
            self._order = np.random.default_rng(0).permutation(len(positions))  # in which no class hides another
            self.active = None
        self.positions, self.colours = positions, colours
        self._seen = None
        self.show_active(self.active)

    def show_active(self, active: NDArray[np.bool_] | None) -> None:
        """Dim those that are not `active` [N]; None for all."""
        self.active = active
        on = np.ones(len(self), np.bool_) if active is None else active
        ordered = on[self._order]
        self.dimmed, self.shown = self._order[~ordered], self._order[ordered]
        self._levels.clear()
        self._stale = True

    def redraw(self) -> None:
        """Colours have changed."""
        self._stale = True

    def on_screen(self, view: Viewport, width: int, height: int) -> NDArray[np.float32]:
        """Where they are in a widget: float32 [N, 2]."""
        if self._seen != (view, width, height):
            self._seen, self._stale = (view, width, height), True
            self._screen = view.to_screen(self.positions, width, height)
        return self._screen

    def level(self, view: Viewport) -> Level:
        """The cells of thumbnails at this zoom, of those that are not dimmed."""
        side = side_at(view.scale)
        if side not in self._levels:
            self._levels[side] = level_of(self.positions, self.shown, side)
        return self._levels[side]

    def near(self, x: float, y: float, screen: NDArray[np.float32]) -> int:
        """The nearest to a place of the widget that is not dimmed, -1 where none is near."""
        apart = np.abs(screen - np.array([x, y], np.float32))
        found = np.flatnonzero((apart[:, 0] <= NEAR) & (apart[:, 1] <= NEAR))
        if self.active is not None:
            found = found[self.active[found]]
        squared = np.square(apart[found]).sum(1)
        return int(found[squared.argmin()]) if len(found) and squared.min() <= NEAR * NEAR else -1

    def nearest(self, x: float, y: float, screen: NDArray[np.float32]) -> int:
        """The nearest to a place, however far; of those that are not dimmed where there are any."""
        places = self.shown if len(self.shown) else self._order
        return int(places[np.square(screen[places] - np.array([x, y], np.float32)).sum(1).argmin()])

    def pixels(
        self, view: Viewport, width: int, height: int, ratio: float, ground: QColor, quiet: QColor, covered: bool
    ) -> NDArray[np.uint32]:
        """As pixels of the screen [H, W], which are drawn anew where something has changed.

        ratio: pixels a unit of the widget. covered: thumbnails stand for those that are not dimmed.
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
    """The colour on the way from one to another."""
    pairs = ((one.red(), other.red()), (one.green(), other.green()), (one.blue(), other.blue()))
    return QColor(*(round(a + (b - a) * share) for a, b in pairs)).rgb()
