"""Finds straight segments in a line of points, and fits lines to them."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zscape.models.lettering.contours import STEP, Line

Point = NDArray[np.float64]
"""[2]: x, y."""

STRAIGHT = 0.25
"""Maximum distance in pixels of the points from a straight line."""
LONG = 10.0
"""Length in pixels above which a straight part of a curve becomes a piece of its own."""
SOME = 16
"""Number of starts of straight pieces, and at first of ends, that are examined together."""
LEVEL, NOISE = 2.0, 0.35
"""Degrees above which a straight line is neither horizontal nor vertical, if its ends differ by NOISE pixels."""


def straight_runs(points: Line) -> list[tuple[int, int]]:
    """Return the straight pieces of at least LONG pixels, each as long as possible: (first, last) point, in order, disjoint."""
    least = round(LONG / STEP)
    found: list[tuple[int, int]] = []
    if len(points) <= least:
        return found
    sums = _Sums.of(points)
    possible = np.flatnonzero(sums.least_offs(least) <= STRAIGHT / 2)
    start = 0
    while len(starts := possible[(possible >= start) & (possible % 2 == start % 2)][:SOME]):  # every second point is tried
        straight = sums.offs(starts, starts + least) <= STRAIGHT / 2
        if not straight.any():
            start = int(starts[-1]) + 2
            continue
        start = int(starts[straight.argmax()])
        end = start + least
        # Extend it by two points at a time while it stays straight; the number of ends examined together grows.
        some = SOME
        while end + 2 < len(points):
            ends = np.arange(end + 2, len(points), 2)[:some]
            bent = sums.offs(np.full(len(ends), start), ends) > STRAIGHT / 2
            if bent.any():
                end = int(ends[bent.argmax()]) - 2
                break
            end, some = int(ends[-1]), 2 * some
        found.append((start, end))
        start = end + 1
    return found


def line_through(points: Line) -> tuple[float, Point, Point]:
    """Return the maximum distance of points from their least squares line, and both ends of that line."""
    x, y = np.ascontiguousarray(points.T)
    middle = float(np.add.reduce(x)) / len(x), float(np.add.reduce(y)) / len(y)
    x -= middle[0]
    y -= middle[1]
    angle = 0.5 * math.atan2(2 * float(x @ y), float(x @ x) - float(y @ y))
    right, down = math.cos(angle), math.sin(angle)
    across = x * down - y * right
    ends = [float(x[number]) * right + float(y[number]) * down for number in (0, -1)]
    first, last = (np.array([middle[0] + right * along, middle[1] + down * along]) for along in ends)
    return max(float(across.max()), -float(across.min())), first, last


def leveled(first: Point, last: Point) -> NDArray[np.float64]:
    """Return a line, made exactly horizontal or vertical if it nearly is."""
    ends = np.array([first, last])
    run = np.abs(last - first).tolist()
    for axis in (0, 1):
        if run[axis] < max(math.tan(math.radians(LEVEL)) * run[1 - axis], NOISE) < run[1 - axis]:
            ends[:, axis] = (ends[0, axis] + ends[1, axis]) / 2
    return ends


@dataclass(frozen=True, eq=False)
class _Sums:
    """Points x, y [N], and the sums of x, y, xx, yy and xy over the points before each: [5, N + 1]."""

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    before: NDArray[np.float64]

    @classmethod
    def of(cls, points: Line) -> _Sums:
        x, y = np.ascontiguousarray((points - points[0]).T)
        before = np.zeros((5, len(x) + 1))
        np.cumsum([x, y, x * x, y * y, x * y], 1, out=before[:, 1:])
        return cls(x, y, before)

    def least_offs(self, length: int) -> NDArray[np.float64]:
        """Return for each point a lower bound of how far it, or those `length` / 2 and `length` further on, lie off any line."""
        half = length // 2
        ax, ay = self.x[half : half - length] - self.x[:-length], self.y[half : half - length] - self.y[:-length]
        bx, by = self.x[length:] - self.x[half : half - length], self.y[length:] - self.y[half : half - length]
        longest = np.sqrt(np.maximum.reduce([ax**2 + ay**2, bx**2 + by**2, (ax + bx) ** 2 + (ay + by) ** 2]))
        # Half the least altitude of their triangle, less a margin for rounding.
        least: NDArray[np.float64] = np.abs(ax * by - ay * bx) / np.maximum(longest, 1e-9) / 2 - 1e-9
        return least

    def offs(self, first: NDArray[np.int64], last: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return the maximum distance of the points from `first` to `last` [M] from their least squares line: [M]."""
        x, y, xx, yy, xy = (self.before[:, last + 1] - self.before[:, first]) / (last + 1 - first)
        angle = 0.5 * np.arctan2(2 * (xy - x * y), (xx - x * x) - (yy - y * y))
        right, down = np.sin(angle), np.cos(angle)
        length = int((last + 1 - first).max())
        at = np.minimum(np.arange(length)[:, None] + first, last)
        across = self.x[at] * right - self.y[at] * down - (x * right - y * down)
        most: NDArray[np.float64] = np.maximum(across.max(0), -across.min(0))
        return most
