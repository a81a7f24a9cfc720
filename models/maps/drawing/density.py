"""Lines of equal density of the points of a map."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

CELLS = 72
"""Side of the grid in which points are counted."""
WIDTH, ROUNDS = 2, 3
"""The counts are smoothed ROUNDS times by a mean over WIDTH cells on each side, which is nearly a Gaussian."""
SHARES = (0.25, 0.5, 0.75, 0.95)
"""Fractions of all points that lie within each line."""

Lines = NDArray[np.float32]
CORNERS = np.array([(0, 0), (0, 1), (1, 1), (1, 0)])
"""Corners of a cell, in order: (row, column)."""


def contours(positions: NDArray[np.float32]) -> tuple[Lines, ...]:
    """Return, for each of SHARES, the pieces of a line that encloses that fraction of positions [N, 2]: float32 [S, 2, 2].

    Each piece runs through one cell of a grid, from a place (x, y) on one of its sides to one on another (marching squares: W.
    Lorensen, H. Cline, "Marching Cubes", 1987, in two dimensions).
    """
    if len(positions) < 10:
        return tuple(np.empty((0, 2, 2), np.float32) for _ in SHARES)
    low, high = positions.min(0), positions.max(0)
    step = np.maximum((high - low) / (CELLS - 4 * WIDTH * ROUNDS), 1e-9)
    origin = (low + high) / 2 - step * CELLS / 2
    places = np.clip(((positions - origin) / step).astype(np.int64), 0, CELLS - 1)
    counts = np.bincount(places[:, 1] * CELLS + places[:, 0], minlength=CELLS * CELLS).reshape(CELLS, CELLS)
    density = _smoothed(counts.astype(np.float64))
    own = np.sort(density[places[:, 1], places[:, 0]])[::-1]  # density at each point
    levels = (own[min(len(own) - 1, int(share * len(own)))] for share in SHARES)
    middle = (origin + step / 2).astype(np.float32)
    return tuple(_line(density, float(level)) * step.astype(np.float32) + middle for level in levels)


def _smoothed(counts: NDArray[np.float64]) -> NDArray[np.float64]:
    kernel = np.ones(2 * WIDTH + 1) / (2 * WIDTH + 1)
    for _ in range(ROUNDS):
        counts = np.apply_along_axis(np.convolve, 0, counts, kernel, mode="same")
        counts = np.apply_along_axis(np.convolve, 1, counts, kernel, mode="same")
    return counts


def _line(density: NDArray[np.float64], level: float) -> Lines:
    """Return the pieces in units of cells, relative to the middle of the first cell."""
    above = density > level
    pieces = []
    rows, columns = np.indices((CELLS - 1, CELLS - 1)).reshape(2, -1)
    at = np.stack([above[rows + down, columns + right] for down, right in CORNERS])  # [4, cells]
    crossed = at != np.roll(at, -1, axis=0)  # side k runs from corner k to the next
    for number in np.flatnonzero(crossed.any(0)).tolist():
        sides = np.flatnonzero(crossed[:, number]).tolist()
        ends = [_crossing(density, level, int(rows[number]), int(columns[number]), side) for side in sides]
        pieces += [ends[place : place + 2] for place in range(0, len(ends), 2)]
    return np.array(pieces, np.float32).reshape(-1, 2, 2)


def _crossing(density: NDArray[np.float64], level: float, row: int, column: int, side: int) -> tuple[float, float]:
    """Return the place on a side of a cell where the density is `level`: (x, y)."""
    (down, right), (next_down, next_right) = CORNERS[side].tolist(), CORNERS[(side + 1) % 4].tolist()
    one, other = density[row + down, column + right], density[row + next_down, column + next_right]
    share = (level - one) / (other - one)
    return float(column + right + share * (next_right - right)), float(row + down + share * (next_down - down))
