"""Cubic curves fitted to points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zscape.models.lettering.contours import STEP, Line

Point = NDArray[np.float64]
"""[2]: x, y."""

REACH = 1.5
"""Pixels before and behind a point between which the line's turn is measured."""
CLOSE = 0.25
"""Pixels that the points of a curve may be off it."""


@dataclass(frozen=True, eq=False)
class Piece:
    """A straight line (two points) or a cubic Bezier curve (four): float64 [2 or 4, 2]. The next piece begins where it ends."""

    points: NDArray[np.float64]


def direction(points: Line, at: int, closed: bool) -> Point:
    """The direction of the line at a point, over REACH pixels on each side where there are."""
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
    """Points along which curves are to go: leaving in direction `start` and arriving against `end`."""

    points: Line
    start: Point
    end: Point


def curves(stretches: Sequence[Stretch]) -> list[list[Piece]]:
    """Cubic curves along each of some stretches, all of them fitted at once.

    P. Schneider, "An algorithm for automatically fitting digitized curves", Graphics Gems, 1990: least squares for the lengths of
    the tangents, Newton's method for the places of the points on the curve, and two curves where one is too far off.
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
    for number, (curve, off) in zip(fits, _fitted([stretches[number] for number in fits]), strict=True):
        each = stretches[number]
        points = each.points
        if off.max() <= CLOSE or depth >= 5 or len(points) < 10:
            done[number] = [Piece(curve)]
            continue
        middle = int(np.clip(off.argmax(), 4, len(points) - 5))
        tangent = direction(points, middle, False)
        tangent = tangent / max(float(np.hypot(*tangent)), 1e-9)
        split.append(number)
        halves += [Stretch(points[: middle + 1], each.start, -tangent), Stretch(points[middle:], tangent, each.end)]
    if halves:
        parts = _curves(halves, depth + 1)
        for place, number in enumerate(split):
            done[number] = parts[2 * place] + parts[2 * place + 1]
    return [done[number] for number in range(len(stretches))]


def _fitted(stretches: Sequence[Stretch]) -> list[tuple[NDArray[np.float64], NDArray[np.float64]]]:
    """A curve [4, 2] along each stretch of four points or more, and how far its points are off it."""
    if not stretches:
        return []
    counts = np.array([len(each.points) for each in stretches])
    begins = np.concatenate([[0], counts.cumsum()[:-1]])
    run = _Runs(np.concatenate([each.points for each in stretches]), begins, np.arange(len(counts)).repeat(counts))
    starts, ends = np.stack([each.start for each in stretches]), np.stack([each.end for each in stretches])
    steps = np.hypot(*np.diff(run.points, axis=0, prepend=run.points[:1]).T)
    steps[begins] = 0
    along = steps.cumsum()
    at = (along - along[begins][run.of]) / np.maximum(run.sums(steps), 1e-9)[run.of]
    curve = _least_squares(run, at, starts, ends)
    for _ in range(6):
        at = _nearer(curve[run.of], run, at)
        curve = _least_squares(run, at, starts, ends)
    off = np.hypot(*(_on(curve[run.of], at) - run.points).T)
    return list(zip(curve, np.split(off, begins[1:]), strict=True))


@dataclass(frozen=True, eq=False)
class _Runs:
    """The points [N, 2] of several stretches, one behind the other. begins: where each does [M]; of: whose a point is [N]."""

    points: Line
    begins: NDArray[np.int64]
    of: NDArray[np.int64]

    def sums(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """The sum of values [N, ...] over each stretch: [M, ...]."""
        sums: NDArray[np.float64] = np.add.reduceat(values, self.begins)
        return sums


def _least_squares(run: _Runs, at: NDArray[np.float64], start: Line, end: Line) -> NDArray[np.float64]:
    """The curve [M, 4, 2] of each stretch for the places [N] of its points; start, end: its directions [M, 2]."""
    b = _bernstein(at)
    first, last = run.points[run.begins], run.points[np.append(run.begins[1:], len(run.points)) - 1]
    a1, a2 = b[:, 1, None] * start[run.of], b[:, 2, None] * end[run.of]
    rest = run.points - (b[:, :2].sum(1)[:, None] * first[run.of] + b[:, 2:].sum(1)[:, None] * last[run.of])
    products = np.stack([a1 * a1, a1 * a2, a2 * a2, a1 * rest, a2 * rest], 1).sum(2)
    c00, c01, c11, x0, x1 = run.sums(products).T
    determinant = c00 * c11 - c01 * c01
    chord = np.hypot(*(last - first).T)
    usable = np.abs(determinant) > 1e-9
    divisor = np.where(usable, determinant, 1)
    left, right = (x0 * c11 - x1 * c01) / divisor, (c00 * x1 - c01 * x0) / divisor
    for length in (left, right):
        usable &= (1e-3 * chord < length) & (length < 3 * chord)
    left, right = np.where(usable, left, chord / 3)[:, None], np.where(usable, right, chord / 3)[:, None]
    curve: NDArray[np.float64] = np.stack([first, first + start * left, last + end * right, last], 1)
    return curve


def _bernstein(at: NDArray[np.float64]) -> NDArray[np.float64]:
    rest = 1 - at
    return np.stack([rest**3, 3 * at * rest**2, 3 * at**2 * rest, at**3], 1)


def _on(curve: NDArray[np.float64], at: NDArray[np.float64]) -> Line:
    """The point at each of the places [N] on its curve [N, 4, 2]."""
    points: Line = np.einsum("nk,nkd->nd", _bernstein(at), curve)
    return points


def _nearer(curve: NDArray[np.float64], run: _Runs, at: NDArray[np.float64]) -> NDArray[np.float64]:
    """One step of Newton's method towards the places on the curve of each point [N, 4, 2] that are nearest to it."""
    first = 3 * np.diff(curve, axis=1)
    second = 2 * np.diff(first, axis=1)
    t, r = at[:, None], 1 - at[:, None]
    d1 = r**2 * first[:, 0] + 2 * t * r * first[:, 1] + t**2 * first[:, 2]
    d2 = r * second[:, 0] + t * second[:, 1]
    off = _on(curve, at) - run.points
    slope = (d1 * d1).sum(1) + (off * d2).sum(1)
    step = np.where(np.abs(slope) > 1e-9, (off * d1).sum(1) / np.where(np.abs(slope) > 1e-9, slope, 1), 0)
    # Along a stretch the places never go back; those of the next begin higher, so that one pass does for all.
    places: NDArray[np.float64] = np.maximum.accumulate(np.clip(at - step, 0, 1) + 2.0 * run.of) - 2.0 * run.of
    return places
