"""Computes the space between letters: side bearings and kerning."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zscape.models.lettering.bezier import Piece

ROWS = 35
"""Number of bands of the letters' height in which the left and right edges are measured."""
DEPTH = 0.13
"""Depth to which white counts from the side, in heights of a capital: deeper white belongs to the letter."""
ROOM, LEAST = 0.115, 0.015
"""White beside a straight stem, and the minimum beside any letter, in heights of a capital."""
STEEPEST, LEAN_STEP = 0.5, 0.02
"""Largest slant tried, and the step between slants."""
SAMPLES = (-0.375, -0.125, 0.125, 0.375)
SAMPLES_FROM_FIRST = np.array(SAMPLES) - SAMPLES[0]
ROUGHLY = 0.03
"""A slant below this counts as upright."""
DEEP, NEAR, MOST = 0.32, 0.11, 0.17
"""For pairs: the depth to which white between two letters counts, the minimum that remains, and the maximum shift."""
NOTED = 0.02
"""Pairs that would be shifted by less are left alone."""
STEPS = 2 * ROWS
"""Points per piece that are examined: a stem has one in every band."""

Rows = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Sides:
    """The sides of one letter.

    left, right: [ROWS], from the sides of its advance to its ink in each band, NaN where there is none. shift: units by which its
    outline is moved to the right. advance: in units.
    """

    left: Rows
    right: Rows
    shift: float
    advance: int

    @classmethod
    def of(cls, outlines: Sequence[Sequence[Piece]], height: int, slant: float) -> Sides:
        """Choose the bearings so that the white on each side, counted to DEPTH, is the same for all letters.

        A stem gets the most space, a bowl less, and the open sides of L, T and A hardly any. Slanted letters are made upright
        first.
        """
        if not outlines:
            return cls(np.full(ROWS, np.nan), np.full(ROWS, np.nan), 0, round(0.3 * height))
        points = np.concatenate([flat(outline, STEPS) for outline in outlines])
        across = points[:, 0] - slant * (points[:, 1] - height / 2)
        band = np.floor(points[:, 1] / height * ROWS).astype(int)
        low, high, inside = np.full(ROWS, np.nan), np.full(ROWS, np.nan), (band >= 0) & (band < ROWS)
        np.fmin.at(low, band[inside], across[inside])  # fmin and fmax ignore NaN
        np.fmax.at(high, band[inside], across[inside])
        if np.isnan(low).all():  # a mark above or below the letters
            low[:], high[:] = across.min(), across.max()
        first, last = float(np.nanmin(low)), float(np.nanmax(high))
        left, right = low - first, last - high
        rooms = []
        for side in (left, right):
            seen = np.minimum(np.nan_to_num(side, nan=np.inf), DEPTH * height)
            rooms.append(max(ROOM * height - float(seen.mean()), LEAST * height))
        advance = round(last - first + sum(rooms))
        return cls(left + rooms[0], right + rooms[1], rooms[0] - first, advance)


def flat(outline: Sequence[Piece], steps: int) -> NDArray[np.float64]:
    """Return points along an outline, [N, 2]: `steps` for each curve, and as many for each straight line."""
    at = np.arange(steps)[:, None] / steps
    rest = 1 - at
    straight, curved = np.hstack([rest, at]), np.hstack([rest**3, 3 * at * rest**2, 3 * at**2 * rest, at**3])
    lines = np.array([len(piece.points) == 2 for piece in outline])
    points = np.empty((len(outline), steps, 2))
    for factors, those in ((straight, lines), (curved, ~lines)):
        if those.any():
            points[those] = factors @ np.stack([piece.points for piece, one in zip(outline, those, strict=True) if one])
    return points.reshape(-1, 2)


def slant_of(ink: NDArray[np.floating[Any]]) -> float:
    """Return how far letters [K, H, W] (ink 0 to 1) lean to the right, in pixels per pixel up.

    It is the shear that makes their stems upright: with it, the ink of all letters is in the fewest columns (the sum of squares
    of its projection, as in deskewing text: H. Baird, "The skew angle of printed documents", 1987).
    """
    count, tall, wide = ink.shape
    edges = np.diff(np.pad(ink > 0.5, ((0, 0), (0, 0), (1, 1))).astype(np.int8), axis=2)
    letter, row, begin = np.nonzero(edges > 0)  # the start of each run of ink in a row
    length = np.nonzero(edges < 0)[2] - begin
    if not len(letter):
        return 0.0
    pixels = np.bincount(letter, length, count)
    there = pixels > 0
    firsts = np.flatnonzero(np.diff(letter, prepend=-1))  # the first run of each letter that has ink
    # Four samples across a pixel, in bins of half a pixel; otherwise upright columns would be the sharpest merely because pixels
    # are upright. A sample of the next pixel lies two bins further on: a run adds 1 to every second bin between two bins, which
    # is the cumulative sum of a 1 where it begins and a -1 where it ends.
    bins = 2 * (wide + math.ceil(STEEPEST * tall) + 4)
    origin = (bins * letter)[:, None]
    best, most = 0.0, -1.0
    for lean in np.arange(-STEEPEST, STEEPEST + 1e-9, LEAN_STEP).tolist():
        across = begin + lean * (row - tall)
        low = np.zeros(count)
        low[there] = np.minimum.reduceat(across, firsts)
        from_left = (across - low[letter])[:, None] + SAMPLES_FROM_FIRST
        place = np.rint(2 * from_left).astype(np.int64) + origin
        ends = place + 2 * length[:, None]
        changes = np.bincount(place.ravel(), minlength=bins * count) - np.bincount(ends.ravel(), minlength=bins * count)
        counts = changes.reshape(count, bins // 2, 2).cumsum(1)
        score = float(((counts**2).sum((1, 2))[there] / (len(SAMPLES) * pixels[there]) ** 1.5).sum())
        if score > most + 1e-9:
            best, most = lean, score
    return round(best, 3) if abs(best) > ROUGHLY else 0.0


def kerning_of(sides: Mapping[str, Sides], height: int) -> dict[tuple[str, str], int]:
    """Return pairs with more white between them than two stems have, such as AV and LT -> units to move the second, below 0."""
    if not sides:
        return {}
    usual, deep = 2 * ROOM * height, DEEP * height
    right, left = (
        np.stack([each.right for each in sides.values()])[:, None],
        np.stack([each.left for each in sides.values()])[None],
    )
    gap = right + left  # [first, second, ROWS]
    apart = np.isnan(gap)
    white = np.where(apart, np.where(np.isnan(right), left, right), gap)
    seen = np.nan_to_num(np.minimum(white, deep), nan=deep).mean(2)
    nearest = np.where(apart.all(2), 0.6 * height, np.where(apart, np.inf, gap).min(2))
    move = np.minimum(np.minimum(seen - 1.05 * usual, nearest - NEAR * height), MOST * height)
    names = list(sides)
    # A stem beside an open side is shifted by exactly this amount: rounding must not decide it differently from frame to frame.
    noted = np.argwhere(move > NOTED * height - 1e-6).tolist()
    return {(names[one], names[two]): -round(float(move[one, two])) for one, two in noted}
