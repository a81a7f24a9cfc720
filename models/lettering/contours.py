"""Traces the edge of the ink in a picture: closed lines at half ink, to a fraction of a pixel."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

FINER = 4
"""Samples per pixel: between pixels the ink is interpolated by bicubic convolution, which keeps curves round."""
FAINT, AROUND = 0.25, 5
"""Half ink lies within AROUND pixels of ink above FAINT, however it is interpolated: only that part is examined."""
STEP = 0.25
"""Distance in pixels between the points of a line."""
SMALLEST, LEAST = 3.0, 0.03
"""Minimum area in square pixels (also of holes), and as a fraction of the largest line's area: smaller spots are noise."""

Line = NDArray[np.float64]
"""A closed line: [N, 2], x to the right, y down, in pixels from the upper left corner; ink on its left as seen on paper."""


def contours(ink: NDArray[np.floating[Any]]) -> list[Line]:
    """Return the lines at half ink of a picture [H, W] of ink 0 to 1, resampled at equal steps of about STEP.

    Marching squares (W. Lorensen, H. Cline, "Marching cubes", 1987, in two dimensions) with linear interpolation.
    """
    rows, columns = np.nonzero(ink > FAINT)
    if not len(rows):
        return []
    top, left = rows.min(), columns.min()
    part = np.pad(np.asarray(ink, np.float32), AROUND)[top : rows.max() + 2 * AROUND + 1, left : columns.max() + 2 * AROUND + 1]
    height, width = part.shape
    fine = np.asarray(Image.fromarray(part).resize((width * FINER, height * FINER), Image.Resampling.BICUBIC), np.float64)
    corner = np.array([left, top]) - AROUND
    lines = [(line + 0.5) / FINER + corner for line in _closed(fine - 0.5)]
    areas = [area(line) for line in lines]
    smallest = max(SMALLEST, LEAST * max(areas, default=0))
    return [resampled(line, STEP) for line, size in zip(lines, areas, strict=True) if size >= smallest or size <= -SMALLEST]


def area(line: Line) -> float:
    """Return the signed area inside a closed line: above 0 around ink, below 0 around a hole."""
    x, y = _ring(line)
    return float(x[1:] @ y[:-1] - y[1:] @ x[:-1]) / 2


def resampled(line: Line, step: float) -> Line:
    """Resample a closed line at equal distances of about `step`."""
    x, y = _ring(line)
    along = np.zeros(len(x))
    np.cumsum(np.hypot(x[1:] - x[:-1], y[1:] - y[:-1]), out=along[1:])
    count = max(8, round(along[-1] / step))
    at = np.arange(count) * along[-1] / count
    found = np.empty((count, 2))
    found[:, 0], found[:, 1] = np.interp(at, along, x), np.interp(at, along, y)
    return found


def _ring(line: Line) -> NDArray[np.float64]:
    """Return a closed line as x and y [2, N + 1], with its first point repeated at the end."""
    ring = np.empty((2, len(line) + 1))
    ring[:, :-1], ring[:, -1] = line.T, line[0]
    return ring


def _closed(values: NDArray[np.float64]) -> list[Line]:
    """Return the closed lines at 0 of values [H, W], in samples; values above 0 lie on the left of a line as seen with y up."""
    width = values.shape[1]
    inside = (values > 0).astype(np.uint8)
    code = inside[:-1, :-1] * 1 + inside[:-1, 1:] * 2 + inside[1:, 1:] * 4 + inside[1:, :-1] * 8
    crossed = np.flatnonzero(((code > 0) & (code < 15)).ravel())
    row, column = np.divmod(crossed, width - 1)
    kind = code.ravel()[crossed]
    # Saddles, where opposite corners are inside, are resolved by the mean of their corners.
    saddle = (kind == 5) | (kind == 10)
    y, x = row[saddle], column[saddle]
    kind[saddle] += np.uint8(16) * (values[y, x] + values[y, x + 1] + values[y + 1, x] + values[y + 1, x + 1] > 0)
    # The number of an edge is twice that of its sample, for the edge to the right, plus one for the edge below.
    edges = np.array([0, 3, 2 * width, 1, 0])  # relative to the upper left sample: top, right, bottom, left, no line
    ends = (edges[WAYS][kind] + 2 * (row * width + column)[:, None, None]).reshape(-1, 2)
    first, then = ends[(WAYS[kind, :, 0] >= 0).ravel()].T
    number = np.empty(2 * values.size, np.int64)  # index of the line that starts at each edge
    number[first] = np.arange(len(first))
    follow = number[then].tolist()
    points = _crossings(values, first)
    left = np.ones(len(first), bool)
    lines = []
    while len(rest := np.flatnonzero(left)):
        start = int(rest[-1])
        ring, at = [start], follow[start]
        while at != start:
            ring.append(at)
            at = follow[at]
        left[ring] = False
        lines.append(points[ring])
    return lines


def _ways() -> NDArray[np.int64]:
    """Return [32, 2, 2]: the sides (0 to 3: top, right, bottom, left) from which and to which up to two lines cross a cell.

    The number of a cell is the sum of 1 2 / 8 4 for its corners that are inside, and 16 if its middle is; -1: no line.
    """
    top, right, bottom, left = range(4)
    ways = np.full((32, 2, 2), -1)
    for number, way in {
        1: (left, top), 2: (top, right), 3: (left, right), 4: (right, bottom), 6: (top, bottom), 7: (left, bottom),
        8: (bottom, left), 9: (bottom, top), 11: (bottom, right), 12: (right, left), 13: (right, top), 14: (top, left),
    }.items():  # fmt: skip
        ways[number, 0] = ways[number + 16, 0] = way
    ways[5], ways[5 + 16] = ((left, top), (right, bottom)), ((left, bottom), (right, top))
    ways[10], ways[10 + 16] = ((top, right), (bottom, left)), ((top, left), (bottom, right))
    return ways


WAYS = _ways()


def _crossings(values: NDArray[np.float64], edges: NDArray[np.int64]) -> Line:
    """Return where values are 0 on edges [N]: x and y [N, 2]."""
    row, column = np.divmod(edges // 2, values.shape[1])
    down = edges % 2
    first, second = values[row, column], values[row + down, column + 1 - down]
    share = first / (first - second)
    return np.stack([np.where(down, column, column + share), np.where(down, row + share, row)], 1)
