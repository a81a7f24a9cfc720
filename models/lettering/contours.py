"""Where the ink of a picture ends: closed lines at half ink, to a fraction of a pixel."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

FINER = 4
"""Samples a pixel: between pixels the ink is interpolated by bicubic convolution, which keeps curves round."""
STEP = 0.25
"""Pixels between the points of a line."""
SMALLEST, LEAST = 3.0, 0.03
"""Square pixels, and a share of the largest line's area: smaller spots are noise, and holes of fewer pixels."""

Line = NDArray[np.float64]
"""A closed line: [N, 2], x to the right, y down, in pixels from the upper left corner; ink lies on its left, seen on paper."""


def contours(ink: NDArray[np.floating[Any]]) -> list[Line]:
    """The lines at half ink of a picture [H, W] of ink 0 to 1, resampled at equal steps of about STEP.

    Marching squares (W. Lorensen, H. Cline, "Marching cubes", 1987, in two dimensions) with linear interpolation.
    """
    padded = np.pad(np.asarray(ink, np.float32), 2)
    height, width = padded.shape
    fine = np.asarray(Image.fromarray(padded).resize((width * FINER, height * FINER), Image.Resampling.BICUBIC), np.float64)
    lines = [(line + 0.5) / FINER - 2 for line in _closed(fine - 0.5)]
    areas = [area(line) for line in lines]
    smallest = max(SMALLEST, LEAST * max(areas, default=0))
    return [resampled(line, STEP) for line, size in zip(lines, areas, strict=True) if size >= smallest or size <= -SMALLEST]


def area(line: Line) -> float:
    """The signed area inside a closed line: above 0 round ink, below 0 round a hole."""
    x, y = line[:, 0], line[:, 1]
    return float(np.dot(x, np.roll(y, 1)) - np.dot(y, np.roll(x, 1))) / 2


def resampled(line: Line, step: float) -> Line:
    """A closed line with points at equal distances of about `step`."""
    ring = np.concatenate([line, line[:1]])
    along = np.concatenate([[0], np.hypot(*np.diff(ring, axis=0).T).cumsum()])
    count = max(8, round(along[-1] / step))
    at = np.arange(count) * along[-1] / count
    return np.stack([np.interp(at, along, ring[:, 0]), np.interp(at, along, ring[:, 1])], 1)


def _closed(values: NDArray[np.float64]) -> list[Line]:
    """The closed lines at 0 of values [H, W], in samples; above 0 lies on the left of a line as seen with y up."""
    inside = values > 0
    code = inside[:-1, :-1] * 1 + inside[:-1, 1:] * 2 + inside[1:, 1:] * 4 + inside[1:, :-1] * 8
    follow: dict[tuple[int, int, int], tuple[int, int, int]] = {}
    # An edge is (row, column, 0: to the right of that sample or 1: below it). A cell's corners: 1 2 / 8 4.
    for row, column in np.argwhere((code > 0) & (code < 15)).tolist():
        top, right, bottom, left = (row, column, 0), (row, column + 1, 1), (row + 1, column, 0), (row, column, 1)
        number = int(code[row, column])
        centre = values[row : row + 2, column : column + 2].mean() > 0
        follow.update(_cell(number, centre, top, right, bottom, left))
    lines = []
    while follow:
        start, edge = follow.popitem()
        ring = [start]
        while edge != start:
            ring.append(edge)
            edge = follow.pop(edge)
        lines.append(np.array([_crossing(values, *each) for each in ring]))
    return lines


Edge = tuple[int, int, int]


def _cell(number: int, centre: bool, top: Edge, right: Edge, bottom: Edge, left: Edge) -> dict[Edge, Edge]:
    """From edge to edge through one cell, ink on the left (y up)."""
    if number == 5:  # the upper left and the lower right corner
        return {left: bottom, right: top} if centre else {left: top, right: bottom}
    if number == 10:
        return {top: left, bottom: right} if centre else {top: right, bottom: left}
    ways = {
        1: (left, top), 2: (top, right), 3: (left, right), 4: (right, bottom), 6: (top, bottom), 7: (left, bottom),
        8: (bottom, left), 9: (bottom, top), 11: (bottom, right), 12: (right, left), 13: (right, top), 14: (top, left),
    }  # fmt: skip
    start, end = ways[number]
    return {start: end}


def _crossing(values: NDArray[np.float64], row: int, column: int, down: int) -> tuple[float, float]:
    first = values[row, column]
    second = values[row + 1, column] if down else values[row, column + 1]
    share = first / (first - second)
    return (column, row + share) if down else (column + share, row)
