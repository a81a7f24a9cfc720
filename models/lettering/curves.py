"""Straight lines and cubic curves fitted to a closed line of points."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from zscape.models.lettering.bezier import REACH, Piece, Point, Stretch, curves, direction
from zscape.models.lettering.contours import STEP, Line

SHARP = 48.0
"""Degrees of turn from which a point is a corner."""
APART = 1.5
"""Pixels between two corners."""
ROUNDED = 0.75
"""Pixels from a corner in which the picture's resolution rounds it: points nearer are not fitted."""
FARTHEST = 1.8
"""Pixels from where the points turn to the corner that is drawn."""
STRAIGHT = 0.25
"""Pixels that the points of a straight line may be off it."""
LONG = 10.0
"""Pixels from which a straight piece of a curve is one of its own."""
LEVEL, NOISE = 2.0, 0.35
"""Degrees from which a straight line is neither horizontal nor vertical, if its ends differ by so many pixels."""


def fitted(lines: Sequence[Line]) -> list[list[Piece]]:
    """Straight lines and curves along each of some closed lines of points STEP apart, at most about CLOSE pixels off it.

    Corners are where the line turns by SHARP degrees; the lines and curves on both sides are prolonged until they meet. Nearly
    horizontal and vertical lines become so. Between corners curves go on smoothly from piece to piece.
    """
    corners = [_corners(line) for line in lines]
    runs = [_runs(line, sharp) for line, sharp in zip(lines, corners, strict=True)]
    plans = [[_fit(points, closed=not sharp) for points in own] for own, sharp in zip(runs, corners, strict=True)]
    # The curves of all lines are fitted at once: one by one most of the time would go into the calls.
    done = iter(curves([part for plan in plans for parts in plan for part in parts if isinstance(part, Stretch)]))
    found = []
    for plan, own, sharp in zip(plans, runs, corners, strict=True):
        fits = [[piece for part in parts for piece in ([part] if isinstance(part, Piece) else next(done))] for parts in plan]
        if sharp:
            _join(fits, [points[0] for points in own])
        found.append([piece for pieces in fits for piece in pieces])
    return found


def _turns(line: Line) -> NDArray[np.float64]:
    """The turn at each point in degrees, above 0 to the left (y up)."""
    reach = max(1, round(REACH / STEP))
    before, behind = line - np.roll(line, reach, 0), np.roll(line, -reach, 0) - line
    cross = before[:, 0] * behind[:, 1] - before[:, 1] * behind[:, 0]
    turn: NDArray[np.float64] = np.degrees(np.arctan2(-cross, (before * behind).sum(1)))
    return turn


def _corners(line: Line) -> list[int]:
    """The numbers of the points where the line has corners, in order."""
    sharp = np.abs(_turns(line))
    count, apart = len(line), round(APART / STEP)
    chosen: list[int] = []
    for number in np.argsort(-sharp, kind="stable").tolist():
        if sharp[number] < SHARP:
            break
        if all(min((number - other) % count, (other - number) % count) >= apart for other in chosen):
            chosen.append(number)
    return sorted(chosen)


def _runs(line: Line, corners: list[int]) -> list[Line]:
    """The points between neighbouring corners, both ends included; without corners the whole line from its lowest point on."""
    if not corners:
        start = int(line[:, 1].argmax())
        return [np.concatenate([np.roll(line, -start, 0), line[start : start + 1]])]
    ends = [*corners[1:], corners[0] + len(line)]
    return [line[np.arange(start, end + 1) % len(line)] for start, end in zip(corners, ends, strict=True)]


def _fit(points: Line, closed: bool) -> list[Piece | Stretch]:
    """What goes along an open line of points, or along a closed one without corners; curves are yet to be fitted."""
    margin = 0 if closed else round(ROUNDED / STEP)
    inner = points[margin : len(points) - margin] if len(points) > 3 * margin else points
    if len(inner) < 3:
        return [Piece(points[[0, -1]])]
    if not closed and _off(inner) <= STRAIGHT:
        return [Piece(_leveled(*_line_through(inner)))]
    return _pieces(inner, _knots(inner), closed)


def _knots(points: Line) -> list[tuple[int, bool]]:
    """Where pieces begin: (number, whether it is straight), and the end."""
    knots: list[tuple[int, bool]] = []
    at = 0
    for start, end in _straight_runs(points):
        if start > at:
            knots.append((at, False))
        knots.append((start, True))
        at = end
    if at < len(points) - 1:
        knots.append((at, False))
    return _with_extremes(points, [*knots, (len(points) - 1, False)])


def _with_extremes(points: Line, knots: list[tuple[int, bool]]) -> list[tuple[int, bool]]:
    """The knots, and between them those where a curve is farthest left, right, up or down, if it is well inside."""
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


def _straight_runs(points: Line) -> list[tuple[int, int]]:
    """The longest straight pieces of at least LONG pixels, from the longest down, in order, not overlapping."""
    least = round(LONG / STEP)
    found: list[tuple[int, int]] = []
    if len(points) <= least:
        return found
    off = _offs(np.lib.stride_tricks.sliding_window_view(points, least + 1, axis=0).transpose(0, 2, 1))
    start = 0
    while start + least < len(points):
        end = start + least
        if off[start] > STRAIGHT / 2:
            start += 2
            continue
        while end + 2 < len(points) and _off(points[start : end + 3]) <= STRAIGHT / 2:
            end += 2
        found.append((start, end))
        start = end + 1
    return found


def _pieces(points: Line, knots: list[tuple[int, bool]], closed: bool) -> list[Piece | Stretch]:
    """Straight lines, and what curves are to go along, from knot to knot, smooth where they meet."""
    count = len(knots) - 1
    lines = {
        number: _leveled(*_line_through(points[start : end + 1]))
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
            end, way = behind[0], behind[1] - behind[0]
        elif before is not None:
            end, way = before[1], before[1] - before[0]
        else:
            end, way = points[at], direction(points, at, closed)
            if closed or 0 < number < count:
                way = _squared(way)
        ends.append(end)
        tangents.append(way / max(float(np.hypot(*way)), 1e-9))
    done: list[Piece | Stretch] = []
    for number, ((start, straight), (end, _)) in enumerate(pairwise(knots)):
        if straight:
            done.append(Piece(np.stack(ends[number : number + 2])))
            continue
        run = points[start : end + 1].copy()
        run[0], run[-1] = ends[number], ends[number + 1]
        done.append(Stretch(run, tangents[number], -tangents[number + 1]))
    return done


def _squared(direction: Point) -> Point:
    """A direction that is horizontal or vertical where it nearly is, as at the ends of a bowl."""
    flat = np.abs(direction) < 0.25 * np.abs(direction).max()
    return np.where(flat, 0, direction)


def _line_through(points: Line) -> tuple[Point, Point]:
    """The ends of the line of least squares through points."""
    middle, axis = _axis(points)
    along = (points - middle) @ axis
    return middle + axis * along[0], middle + axis * along[-1]


def _off(points: Line) -> float:
    """How far points are off the line of least squares through them at most."""
    return float(_offs(points[None])[0])


def _offs(lines: NDArray[np.float64]) -> NDArray[np.float64]:
    """How far the points of each of several lines [M, N, 2] are off the line of least squares through them at most: [M]."""
    off = lines - lines.mean(1, keepdims=True)
    axis = _axes(off)
    most: NDArray[np.float64] = np.abs(off[..., 0] * axis[:, 1:] - off[..., 1] * axis[:, :1]).max(1)
    return most


def _axis(points: Line) -> tuple[Point, Point]:
    """The middle of points and the direction of their first principal axis."""
    middle = points.mean(0)
    return middle, _axes((points - middle)[None])[0]


def _axes(off: NDArray[np.float64]) -> NDArray[np.float64]:
    """The first principal axis [M, 2] of several lines of points, off their middles: [M, N, 2]."""
    xx, yy, xy = (off[..., 0] ** 2).sum(1), (off[..., 1] ** 2).sum(1), (off[..., 0] * off[..., 1]).sum(1)
    angle = 0.5 * np.arctan2(2 * xy, xx - yy)
    return np.stack([np.cos(angle), np.sin(angle)], 1)


def _leveled(first: Point, last: Point) -> NDArray[np.float64]:
    """A line that is horizontal or vertical where it nearly is."""
    run = last - first
    for axis in (0, 1):
        if abs(run[axis]) < max(math.tan(math.radians(LEVEL)) * abs(run[1 - axis]), NOISE) < abs(run[1 - axis]):
            middle = (first[axis] + last[axis]) / 2
            first, last = first.copy(), last.copy()
            first[axis] = last[axis] = middle
    return np.stack([first, last])


def _join(fits: list[list[Piece]], corners: list[Point]) -> None:
    """Prolong what comes before and behind each corner until they meet, in place.

    Where they meet far from the corner of the points, which is a rounded one, they end in that.
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
    """A piece with one end elsewhere, the control point beside it moved along where it is a curve."""
    moved = points.copy()
    if len(points) == 4:
        beside = 1 if end == 0 else 2
        moved[beside] += (to - points[end]) * 0.5
    moved[end] = to
    return moved


def _crossing(first: Point, along: Point, second: Point, other: Point) -> Point | None:
    """Where the line from `first` along `along` meets that from `second` along `other`; None for nearly parallel ones."""
    cross = float(along[0] * other[1] - along[1] * other[0])
    if abs(cross) < 0.15 * float(np.hypot(*along) * np.hypot(*other)):
        return None
    off = second - first
    share = float(off[0] * other[1] - off[1] * other[0]) / cross
    point: Point = first + along * share
    return point
