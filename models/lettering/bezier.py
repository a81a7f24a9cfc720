"""Fits cubic curves to points."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zscape.models.lettering.contours import STEP, Line
from zscape.models.lettering.straight import Point

REACH = 1.5
"""Pixels before and after a point between which the line's turn is measured."""
CLOSE = 0.25
"""Maximum distance in pixels of the points from their curve."""


@dataclass(frozen=True, eq=False)
class Piece:
    """A straight line (two points) or a cubic Bezier curve (four): float64 [2 or 4, 2]. The next piece begins where it ends."""

    points: NDArray[np.float64]


def direction(points: Line, at: int, closed: bool) -> Point:
    """Return the direction of the line at a point, over REACH pixels on each side where possible."""
    reach = round(REACH / STEP)
    if closed:
        ring = points[:-1]
        first, last = ring[(at - reach) % len(ring)], ring[(at + reach) % len(ring)]
    else:
        first, last = points[max(0, at - reach)], points[min(len(points) - 1, at + reach)]
    way: Point = last - first
    return way


@dataclass(frozen=True, eq=False)
class Stretch:
    """Points to be fitted by curves that leave in direction `start` and arrive in the direction opposite to `end`."""

    points: Line
    start: Point
    end: Point


def curves(stretches: Sequence[Stretch]) -> list[list[Piece]]:
    """Fit cubic curves to each of some stretches, all at once.

    P. Schneider, "An algorithm for automatically fitting digitized curves", Graphics Gems, 1990: least squares for the lengths of
    the tangents, Newton's method for the parameters of the points, and a split into two curves if one is too far off.
    """
    return _curves(stretches, 0)


def _curves(stretches: Sequence[Stretch], depth: int) -> list[list[Piece]]:
    done: dict[int, list[Piece]] = {}
    fits = [number for number, each in enumerate(stretches) if len(each.points) >= 4]
    for number, each in enumerate(stretches):
        if len(each.points) < 4:
            first, last = each.points[0], each.points[-1]
            third = float(np.hypot(*(last - first))) / 3
            done[number] = [Piece(np.stack([first, first + each.start * third, last + each.end * third, last]))]
    halves: list[Stretch] = []
    split = []
    for number, (curve, off, most) in zip(fits, _fitted([stretches[number] for number in fits]), strict=True):
        each = stretches[number]
        points = each.points
        if most <= CLOSE or depth >= 5 or len(points) < 10:
            done[number] = [Piece(curve)]
            continue
        middle = min(max(int(off.argmax()), 4), len(points) - 5)
        tangent = direction(points, middle, False)
        tangent = tangent / max(math.hypot(*tangent.tolist()), 1e-9)
        split.append(number)
        halves += [Stretch(points[: middle + 1], each.start, -tangent), Stretch(points[middle:], tangent, each.end)]
    if halves:
        parts = _curves(halves, depth + 1)
        for place, number in enumerate(split):
            done[number] = parts[2 * place] + parts[2 * place + 1]
    return [done[number] for number in range(len(stretches))]


def _fitted(stretches: Sequence[Stretch]) -> list[tuple[NDArray[np.float64], NDArray[np.float64], float]]:
    """Return for each stretch of four or more points a curve [4, 2], the distances of its points, and the largest of these."""
    if not stretches:
        return []
    run = _Runs.of(stretches)
    x, y = run.points
    steps = np.hypot(np.diff(x, prepend=x[:1]), np.diff(y, prepend=y[:1]))
    steps[run.begins] = 0
    along = steps.cumsum()
    at = (along - run.each(along[run.begins])) / run.each(np.maximum(run.sums(steps), 1e-9))
    curve = _least_squares(run, at)
    for _ in range(6):
        at = _nearer(curve, run, at)
        curve = _least_squares(run, at)
    off = np.hypot(*(_on(curve, run, at) - run.points))
    most = np.maximum.reduceat(off, run.begins).tolist()
    ends = (run.begins + run.counts).tolist()
    parts = [off[begin:end] for begin, end in zip(run.begins.tolist(), ends, strict=True)]
    return list(zip(np.ascontiguousarray(curve.transpose(2, 0, 1)), parts, most, strict=True))


@dataclass(frozen=True, eq=False)
class _Runs:
    """The points of several stretches, concatenated: x and y [2, N].

    begins: start of each stretch [M]; counts: number of its points [M]. starts, ends: its directions [2, M].
    """

    points: NDArray[np.float64]
    begins: NDArray[np.int64]
    counts: NDArray[np.int64]
    starts: NDArray[np.float64]
    ends: NDArray[np.float64]

    @classmethod
    def of(cls, stretches: Sequence[Stretch]) -> _Runs:
        counts = np.array([len(each.points) for each in stretches])
        points, starts, ends = (
            np.ascontiguousarray(each.T)
            for each in (
                np.concatenate([each.points for each in stretches]),
                np.array([each.start for each in stretches]),
                np.array([each.end for each in stretches]),
            )
        )
        return cls(points, np.concatenate([[0], counts.cumsum()[:-1]]), counts, starts, ends)

    def sums(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the sum of values [N] over each stretch: [M]."""
        sums: NDArray[np.float64] = np.add.reduceat(values, self.begins)
        return sums

    def each(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Repeat values of the stretches [..., M] for each of their points: [..., N]."""
        return values.repeat(self.counts, -1)


def _least_squares(run: _Runs, at: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the curve [4, 2, M] of each stretch for the parameters [N] of its points."""
    b0, b1, b2, b3 = _bernstein(at)
    first, last = run.points[:, run.begins], run.points[:, run.begins + run.counts - 1]
    (sx, sy), (ex, ey), near, far = run.starts, run.ends, b0 + b1, b2 + b3
    rest_x = run.points[0] - (near * run.each(first[0]) + far * run.each(last[0]))
    rest_y = run.points[1] - (near * run.each(first[1]) + far * run.each(last[1]))
    # The directions are constant along a stretch: only their factors are summed.
    b11, b12, b22 = run.sums(b1 * b1), run.sums(b1 * b2), run.sums(b2 * b2)
    c00, c01, c11 = b11 * (sx * sx + sy * sy), b12 * (sx * ex + sy * ey), b22 * (ex * ex + ey * ey)
    x0 = run.sums(b1 * rest_x) * sx + run.sums(b1 * rest_y) * sy
    x1 = run.sums(b2 * rest_x) * ex + run.sums(b2 * rest_y) * ey
    determinant = c00 * c11 - c01 * c01
    chord = np.hypot(*(last - first))
    usable = np.abs(determinant) > 1e-9
    divisor = np.where(usable, determinant, 1)
    left, right = (x0 * c11 - x1 * c01) / divisor, (c00 * x1 - c01 * x0) / divisor
    for length in (left, right):
        usable &= (1e-3 * chord < length) & (length < 3 * chord)
    left, right = np.where(usable, left, chord / 3), np.where(usable, right, chord / 3)
    curve: NDArray[np.float64] = np.stack([first, first + run.starts * left, last + run.ends * right, last])
    return curve


def _bernstein(at: NDArray[np.float64]) -> tuple[NDArray[np.float64], ...]:
    rest = 1 - at
    one, two = 3 * at * rest, at * at
    return rest * rest * rest, one * rest, one * at, two * at


def _on(curve: NDArray[np.float64], run: _Runs, at: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the point [2, N] at each of the parameters [N] on its curve [4, 2, M]."""
    # Evaluated by powers (Horner): the coefficients are constant along a stretch.
    third, second, first, start = (run.each(each) for each in _powers(curve))
    points: NDArray[np.float64] = ((third * at + second) * at + first) * at + start
    return points


def _powers(curve: NDArray[np.float64]) -> tuple[NDArray[np.float64], ...]:
    """Return the coefficients [2, M] of the powers 3, 2, 1 and 0 of the parameter of a curve [4, 2, M]."""
    p0, p1, p2, p3 = curve
    return p3 - p0 + 3 * (p1 - p2), 3 * (p0 - 2 * p1 + p2), 3 * (p1 - p0), p0


def _nearer(curve: NDArray[np.float64], run: _Runs, at: NDArray[np.float64]) -> NDArray[np.float64]:
    """Take one Newton step towards the parameter of the nearest point on the curve [4, 2, M], for each point."""
    third, second, first, start = (run.each(each) for each in _powers(curve))
    quadratic, linear = third * at, second + second
    d1 = (3 * quadratic + linear) * at + first
    d2 = 6 * quadratic + linear
    off = ((quadratic + second) * at + first) * at + start - run.points
    slope = (d1 * d1 + off * d2).sum(0)
    steep = np.abs(slope) > 1e-9
    step = np.where(steep, (off * d1).sum(0) / np.where(steep, slope, 1), 0)
    # Along a stretch the parameters never decrease; each next stretch is offset upwards, so that one pass handles all.
    lift = run.each(2 * np.arange(len(run.begins), dtype=np.float64))
    places: NDArray[np.float64] = np.maximum.accumulate(np.clip(at - step, 0, 1) + lift) - lift
    return places
