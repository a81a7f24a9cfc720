"""Fits straight lines and cubic curves to closed lines of points."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from zscape.models.lettering.bezier import REACH, Piece, Stretch, curves, direction
from zscape.models.lettering.contours import STEP, Line
from zscape.models.lettering.straight import STRAIGHT, Point, leveled, line_through, straight_runs

SHARP = 48.0
"""Turn in degrees above which a point is a corner."""
APART = 1.5
"""Minimum distance in pixels between two corners."""
ROUNDED = 0.75
"""Distance in pixels from a corner within which the picture's resolution rounds it: nearer points are not fitted."""
FARTHEST = 1.8
"""Maximum distance in pixels from the turn of the points to the corner that is drawn."""


def fitted(lines: Sequence[Line]) -> list[list[Piece]]:
    """Fit straight lines and curves to each of some closed lines of points STEP apart, at most about CLOSE pixels off.

    Corners are where the line turns by SHARP degrees; the lines and curves on both sides are extended until they meet. Nearly
    horizontal and vertical lines are made exactly so. Between corners the curves join smoothly.
    """
    corners = [_corners(line) for line in lines]
    runs = [_runs(line, sharp) for line, sharp in zip(lines, corners, strict=True)]
    plans = [[_fit(points, closed=not sharp) for points in own] for own, sharp in zip(runs, corners, strict=True)]
    # The curves of all lines are fitted at once: one by one, most of the time would be call overhead.
    done = iter(curves([part for plan in plans for parts in plan for part in parts if isinstance(part, Stretch)]))
    found = []
    for plan, own, sharp in zip(plans, runs, corners, strict=True):
        fits = [[piece for part in parts for piece in ([part] if isinstance(part, Piece) else next(done))] for parts in plan]
        if sharp:
            _join(fits, [points[0] for points in own])
        found.append([piece for pieces in fits for piece in pieces])
    return found


def _turns(line: Line) -> NDArray[np.float64]:
    """Return the turn at each point in degrees, above 0 to the left (y up)."""
    reach = max(1, round(REACH / STEP))
    x, y = np.ascontiguousarray(np.concatenate([line[-reach:], line, line[:reach]]).T)
    to_x, to_y = x[reach:] - x[:-reach], y[reach:] - y[:-reach]  # from each point to the one `reach` further on
    right, down, then_right, then_down = to_x[:-reach], to_y[:-reach], to_x[reach:], to_y[reach:]
    turn: NDArray[np.float64] = np.degrees(
        np.arctan2(down * then_right - right * then_down, right * then_right + down * then_down)
    )
    return turn


def _corners(line: Line) -> list[int]:
    """Return the indices of the points where the line has corners, in order."""
    sharp = np.abs(_turns(line))
    count, apart = len(line), round(APART / STEP)
    chosen: list[int] = []
    turning = np.flatnonzero(sharp >= SHARP)
    for number in turning[np.argsort(-sharp[turning], kind="stable")].tolist():
        if all(min((number - other) % count, (other - number) % count) >= apart for other in chosen):
            chosen.append(number)
    return sorted(chosen)


def _runs(line: Line, corners: list[int]) -> list[Line]:
    """Return the points between neighbouring corners, ends included; without corners the whole line from its lowest point on."""
    if not corners:
        start = int(line[:, 1].argmax())
        return [np.concatenate([np.roll(line, -start, 0), line[start : start + 1]])]
    ends = [*corners[1:], corners[0] + len(line)]
    return [line[np.arange(start, end + 1) % len(line)] for start, end in zip(corners, ends, strict=True)]


def _fit(points: Line, closed: bool) -> list[Piece | Stretch]:
    """Return the pieces for an open line of points, or a closed one without corners; curves are still to be fitted."""
    margin = 0 if closed else round(ROUNDED / STEP)
    inner = points[margin : len(points) - margin] if len(points) > 3 * margin else points
    if len(inner) < 3:
        return [Piece(points[[0, -1]])]
    if not closed:
        off, first, last = line_through(inner)
        if off <= STRAIGHT:
            return [Piece(leveled(first, last))]
    return _pieces(inner, _knots(inner), closed)


def _knots(points: Line) -> list[tuple[int, bool]]:
    """Return where pieces begin, (index, whether it is straight), and the end."""
    knots: list[tuple[int, bool]] = []
    at = 0
    for start, end in straight_runs(points):
        if start > at:
            knots.append((at, False))
        knots.append((start, True))
        at = end
    if at < len(points) - 1:
        knots.append((at, False))
    return _with_extremes(points, [*knots, (len(points) - 1, False)])


def _with_extremes(points: Line, knots: list[tuple[int, bool]]) -> list[tuple[int, bool]]:
    """Add knots where a curve reaches its extremes left, right, up or down, if that is well inside it."""
    least = round(1.5 * REACH / STEP)
    found: list[tuple[int, bool]] = []
    for (start, straight), (end, _) in pairwise(knots):
        found.append((start, straight))
        if straight:
            continue
        part = points[start : end + 1]
        inner = set()
        for axis in (0, 1):
            for number in (int(part[:, axis].argmin()), int(part[:, axis].argmax())):
                if least <= number <= len(part) - 1 - least:
                    inner.add(number)
        last = 0
        for number in sorted(inner):
            if number - last >= least:
                found.append((start + number, False))
                last = number
    found.append(knots[-1])
    return found


def _pieces(points: Line, knots: list[tuple[int, bool]], closed: bool) -> list[Piece | Stretch]:
    """Return straight lines, and stretches for curves, from knot to knot, smooth where they meet."""
    count = len(knots) - 1
    lines = {
        number: leveled(*line_through(points[start : end + 1])[1:])
        for number, ((start, straight), (end, _)) in enumerate(pairwise(knots))
        if straight
    }
    ends: list[Point] = []
    tangents: list[Point] = []
    for number, (at, _) in enumerate(knots):
        before, behind = (
            lines.get((number - 1) % count if closed else number - 1),
            lines.get(number % count if closed else number),
        )
        if behind is not None:
            end, (right, down) = behind[0], (behind[1] - behind[0]).tolist()
        elif before is not None:
            end, (right, down) = before[1], (before[1] - before[0]).tolist()
        else:
            end, (right, down) = points[at], direction(points, at, closed).tolist()
            if closed or 0 < number < count:
                right, down = _squared(right, down)
        ends.append(end)
        length = max(math.hypot(right, down), 1e-9)
        tangents.append(np.array([right / length, down / length]))
    done: list[Piece | Stretch] = []
    for number, ((start, straight), (end, _)) in enumerate(pairwise(knots)):
        if straight:
            done.append(Piece(np.array(ends[number : number + 2])))
            continue
        run = points[start : end + 1].copy()
        run[0], run[-1] = ends[number], ends[number + 1]
        done.append(Stretch(run, tangents[number], -tangents[number + 1]))
    return done


def _squared(right: float, down: float) -> tuple[float, float]:
    """Make a direction exactly horizontal or vertical if it nearly is, as at the ends of a bowl."""
    little = 0.25 * max(abs(right), abs(down))
    return 0 if abs(right) < little else right, 0 if abs(down) < little else down


def _join(fits: list[list[Piece]], corners: list[Point]) -> None:
    """Extend the pieces before and after each corner until they meet, in place.

    If they meet far from the corner of the points, which is then a rounded one, they end at that corner.
    """
    for number, (after, corner) in enumerate(zip(fits, corners, strict=True)):
        before = fits[number - 1]
        end, start = before[-1].points, after[0].points
        meeting = _crossing(end[-1], end[-1] - end[-2], start[0], start[0] - start[1])
        if meeting is None or np.hypot(*(meeting - corner)) > FARTHEST:
            meeting = corner
        before[-1] = Piece(_moved(end, -1, meeting))
        after[0] = Piece(_moved(after[0].points, 0, meeting))


def _moved(points: NDArray[np.float64], end: int, to: Point) -> NDArray[np.float64]:
    """Return a piece with one end moved; in a curve the control point beside it moves along."""
    moved = points.copy()
    if len(points) == 4:
        beside = 1 if end == 0 else 2
        moved[beside] += (to - points[end]) * 0.5
    moved[end] = to
    return moved


def _crossing(first: Point, along: Point, second: Point, other: Point) -> Point | None:
    """Return where the line from `first` along `along` meets that from `second` along `other`; None if nearly parallel."""
    cross = float(along[0] * other[1] - along[1] * other[0])
    if abs(cross) < 0.15 * float(np.hypot(*along) * np.hypot(*other)):
        return None
    off = second - first
    share = float(off[0] * other[1] - off[1] * other[0]) / cross
    point: Point = first + along * share
    return point
