"""Cubic curves fitted to points."""

from __future__ import annotations

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


def curves(points: Line, start: Point, end: Point, depth: int = 0) -> list[Piece]:
    """Cubic curves along points, leaving in direction `start` and arriving against `end`.

    P. Schneider, "An algorithm for automatically fitting digitized curves", Graphics Gems, 1990: least squares for the lengths of
    the tangents, Newton's method for the places of the points on the curve, and two curves where one is too far off.
    """
    if len(points) < 4:
        third = float(np.hypot(*(points[-1] - points[0]))) / 3
        return [Piece(np.stack([points[0], points[0] + start * third, points[-1] + end * third, points[-1]]))]
    steps = np.hypot(*np.diff(points, axis=0).T)
    at = np.concatenate([[0], steps.cumsum()]) / max(float(steps.sum()), 1e-9)
    curve = _least_squares(points, at, start, end)
    for _ in range(6):
        at = _nearer(curve, points, at)
        curve = _least_squares(points, at, start, end)
    off = np.hypot(*(_on(curve, at) - points).T)
    if off.max() <= CLOSE or depth >= 5 or len(points) < 10:
        return [Piece(curve)]
    middle = int(np.clip(off.argmax(), 4, len(points) - 5))
    tangent = direction(points, middle, False)
    tangent = tangent / max(float(np.hypot(*tangent)), 1e-9)
    first = curves(points[: middle + 1], start, -tangent, depth + 1)
    return first + curves(points[middle:], tangent, end, depth + 1)


def _least_squares(points: Line, at: NDArray[np.float64], start: Point, end: Point) -> NDArray[np.float64]:
    b = _bernstein(at)
    first, last = points[0], points[-1]
    a1, a2 = b[:, 1, None] * start, b[:, 2, None] * end
    rest = points - (b[:, :2].sum(1)[:, None] * first + b[:, 2:].sum(1)[:, None] * last)
    c00, c01, c11 = float((a1 * a1).sum()), float((a1 * a2).sum()), float((a2 * a2).sum())
    x0, x1 = float((a1 * rest).sum()), float((a2 * rest).sum())
    determinant = c00 * c11 - c01 * c01
    chord = float(np.hypot(*(last - first)))
    if abs(determinant) > 1e-9:
        left, right = (x0 * c11 - x1 * c01) / determinant, (c00 * x1 - c01 * x0) / determinant
    else:
        left = right = chord / 3
    if not (1e-3 * chord < left < 3 * chord and 1e-3 * chord < right < 3 * chord):
        left = right = chord / 3
    return np.stack([first, first + start * left, last + end * right, last])


def _bernstein(at: NDArray[np.float64]) -> NDArray[np.float64]:
    rest = 1 - at
    return np.stack([rest**3, 3 * at * rest**2, 3 * at**2 * rest, at**3], 1)


def _on(curve: NDArray[np.float64], at: NDArray[np.float64]) -> Line:
    return _bernstein(at) @ curve


def _nearer(curve: NDArray[np.float64], points: Line, at: NDArray[np.float64]) -> NDArray[np.float64]:
    """One step of Newton's method towards the places on the curve that are nearest to the points."""
    first = 3 * np.diff(curve, axis=0)
    second = 2 * np.diff(first, axis=0)
    t, r = at[:, None], 1 - at[:, None]
    d1 = r**2 * first[0] + 2 * t * r * first[1] + t**2 * first[2]
    d2 = r * second[0] + t * second[1]
    off = _on(curve, at) - points
    slope = (d1 * d1).sum(1) + (off * d2).sum(1)
    step = np.where(np.abs(slope) > 1e-9, (off * d1).sum(1) / np.where(np.abs(slope) > 1e-9, slope, 1), 0)
    return np.maximum.accumulate(np.clip(at - step, 0, 1))
