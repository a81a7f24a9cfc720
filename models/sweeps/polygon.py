"""Regular polygons, and the weights of their corners at a place inside."""

from __future__ import annotations

import math
from collections.abc import Sequence

Place = tuple[float, float]

NEAR = 1e-9
"""Distance, and area, below which a place counts as being on a corner, or on a side."""


def regular(count: int) -> tuple[Place, ...]:
    """Return the corners of a regular polygon on the unit circle, clockwise from the top.

    One corner lies in the middle; two are the left and right ends of a line. Raises ValueError for no corners.
    """
    if count < 1:
        raise ValueError("a polygon without corners")
    if count == 1:
        return ((0.0, 0.0),)
    if count == 2:
        return ((-1.0, 0.0), (1.0, 0.0))
    turns = (2 * math.pi * number / count for number in range(count))
    return tuple((math.sin(turn), math.cos(turn)) for turn in turns)


def within(place: Place, corners: Sequence[Place]) -> Place:
    """Return `place` if it is inside the convex polygon of `corners` (clockwise), otherwise the nearest place on its outline."""
    if len(corners) == 1:
        return corners[0]
    sides = list(zip(corners, [*corners[1:], corners[0]], strict=True))
    if len(corners) > 2 and all(_cross(start, end, place) <= NEAR for start, end in sides):
        return place
    return min((_on_side(place, start, end) for start, end in sides), key=lambda each: math.dist(each, place))


def shares(place: Place, corners: Sequence[Place]) -> tuple[float, ...]:
    """Return the mean value coordinates of a place in a polygon: one weight per corner, 0 or more inside a convex one, sum 1.

    w_i = (tan(a_{i-1} / 2) + tan(a_i / 2)) / |v_i - p|, a_i being the angle at p between the corners v_i and v_{i+1} (M. Floater,
    "Mean value coordinates", 2003, equation 2.1). They are generalised barycentric coordinates: the weighted sum of the corners
    is the place itself, at a corner its own weight is 1, and on a side only its two ends have weights. Between two corners, on a
    line, they are linear.
    """
    count = len(corners)
    distances = [math.dist(corner, place) for corner in corners]
    nearest = min(range(count), key=distances.__getitem__)
    if count == 1 or distances[nearest] < NEAR:
        return tuple(float(number == nearest) for number in range(count))
    for number in range(count if count > 2 else 1):
        start, end = corners[number], corners[(number + 1) % count]
        if abs(_cross(start, end, place)) < NEAR and math.dist(_on_side(place, start, end), place) < NEAR:
            share = distances[number] / math.dist(start, end)
            return tuple(1 - share if each == number else share if each == (number + 1) % count else 0.0 for each in range(count))
    tangents = []
    for number in range(count):
        a, b = (_minus(corners[each % count], place) for each in (number, number + 1))
        cross, dot = a[0] * b[1] - a[1] * b[0], a[0] * b[0] + a[1] * b[1]
        tangents.append(math.tan(math.atan2(abs(cross), dot) / 2))
    weights = [(tangents[number - 1] + tangents[number]) / distances[number] for number in range(count)]
    total = sum(weights)
    return tuple(weight / total for weight in weights)


def middle(weights: Sequence[float], corners: Sequence[Place]) -> Place:
    """Return the place whose weights are `weights`, which sum to 1: the weighted mean of the corners."""
    x, y = (sum(weight * corner[axis] for weight, corner in zip(weights, corners, strict=True)) for axis in (0, 1))
    return x, y


def _minus(one: Place, other: Place) -> Place:
    return one[0] - other[0], one[1] - other[1]


def _cross(start: Place, end: Place, place: Place) -> float:
    """Return twice the area of the triangle, above 0 if `place` lies to the left of the line from start to end."""
    (x, y), (px, py) = _minus(end, start), _minus(place, start)
    return x * py - y * px


def _on_side(place: Place, start: Place, end: Place) -> Place:
    """Return the place of a side that is nearest to `place`."""
    (x, y), (px, py) = _minus(end, start), _minus(place, start)
    share = min(max((x * px + y * py) / (x * x + y * y), 0.0), 1.0)
    return start[0] + share * x, start[1] + share * y
