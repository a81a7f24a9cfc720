"""Thumbnails of a map that get finer with zoom: each cell of a grid shows the picture of one point in it."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

LEAST = 40.0
"""The minimum side of a cell in pixels; it is less than twice that."""


@dataclass(frozen=True, eq=False)
class Level:
    """The cells of one size. side: in map units. columns, rows: int64 [M], of the non-empty cells. places: int64 [M], the point
    whose picture each cell shows.
    """

    side: float
    columns: NDArray[np.int64]
    rows: NDArray[np.int64]
    places: NDArray[np.int64]

    def seen(self, left: float, bottom: float, right: float, top: float) -> NDArray[np.int64]:
        """The indices of the cells in a part of the map."""
        across = (self.columns >= math.floor(left / self.side)) & (self.columns <= math.floor(right / self.side))
        down = (self.rows >= math.floor(bottom / self.side)) & (self.rows <= math.floor(top / self.side))
        return np.flatnonzero(across & down)

    def at(self, x: float, y: float) -> int:
        """The point whose picture is at a place of the map, -1 if there is none."""
        found = np.flatnonzero((self.columns == math.floor(x / self.side)) & (self.rows == math.floor(y / self.side)))
        return int(self.places[found[0]]) if len(found) else -1


def side_at(scale: float) -> float:
    """The side of a cell in map units, a power of two, at `scale` pixels per unit."""
    return float(2.0 ** math.ceil(math.log2(LEAST / scale)))


def level_of(positions: NDArray[np.float32], chosen: NDArray[np.int64], side: float) -> Level:
    """The cells that contain any of the points `chosen`; each shows the first of them in that order."""
    cells = np.floor(positions[chosen] / side).astype(np.int64)
    low = cells.min(0) if len(cells) else np.zeros(2, np.int64)
    width = int(cells[:, 0].max() - low[0] + 1) if len(cells) else 1
    keys = (cells[:, 1] - low[1]) * width + (cells[:, 0] - low[0])
    _, first = np.unique(keys, return_index=True)
    return Level(side, cells[first, 0], cells[first, 1], chosen[first])
