"""Room between letters: at their sides, and in pairs."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zscape.models.lettering.bezier import Piece

ROWS = 35
"""Bands of the letters' height whose ends at the left and right are looked at."""
DEPTH = 0.13
"""How deep white is seen from the side, in heights of a capital: what lies deeper belongs to the letter."""
ROOM, LEAST = 0.115, 0.015
"""White at the side of a straight stem, and the least at any side, in heights of a capital."""
STEEPEST, LEAN_STEP = 0.5, 0.02
"""The slants that are tried."""
SAMPLES = (-0.375, -0.125, 0.125, 0.375)
SAMPLES_FROM_FIRST = np.array(SAMPLES) - SAMPLES[0]
ROUGHLY = 0.03
"""A slant below this is upright."""
DEEP, NEAR, MOST = 0.32, 0.11, 0.17
"""In pairs: how deep white is seen between two letters, what is left of it at their nearest, and how far they are moved."""
NOTED = 0.02
"""Pairs that would be moved by less stay as they are."""
STEPS = 2 * ROWS
"""Points of each piece that are looked at: a stem has one in every band."""

Rows = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Sides:
    """One letter's sides. left, right: [ROWS], from the sides of its advance to its ink in each band, NaN where there is none.

    shift: units that its outline is moved to the right. advance: units.
    """

    left: Rows
    right: Rows
    shift: float
    advance: int

    @classmethod
    def of(cls, outlines: Sequence[Sequence[Piece]], height: int, slant: float) -> Sides:
        """The room at both sides is such that the white there, seen DEPTH deep, is the same for all letters.

        So a stem gets most of it, a bowl less, and the open sides of L, T and A next to none. Slanted letters are put upright
        first.
        """
        if not outlines:
            return cls(np.full(ROWS, np.nan), np.full(ROWS, np.nan), 0, round(0.3 * height))
        points = np.concatenate([flat(outline, STEPS) for outline in outlines])
        across = points[:, 0] - slant * (points[:, 1] - height / 2)
        band = np.floor(points[:, 1] / height * ROWS).astype(int)
        low, high, inside = np.full(ROWS, np.nan), np.full(ROWS, np.nan), (band >= 0) & (band < ROWS)
        np.fmin.at(low, band[inside], across[inside])  # which take any number for less, and for more, than NaN
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
    """Points along an outline: `steps` of each curve, and as many of each straight line: [N, 2]."""
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
    """How far letters [K, H, W] (ink 0 to 1) lean to the right, as pixels for each pixel up.

    It is the shear that makes their stems upright: under it the ink of all letters is in the fewest columns (the sum of the
    squares of its projection, as in deskewing text: H. Baird, "The skew angle of printed documents", 1987).
    """
    count, tall, wide = ink.shape
    edges = np.diff(np.pad(ink > 0.5, ((0, 0), (0, 0), (1, 1))).astype(np.int8), axis=2)
    letter, row, begin = np.nonzero(edges > 0)  # of each run of ink in a row
    length = np.nonzero(edges < 0)[2] - begin
    if not len(letter):
        return 0.0
    pixels = np.bincount(letter, length, count)
    there = pixels > 0
    firsts = np.flatnonzero(np.diff(letter, prepend=-1))  # the first run of each letter that has ink
    # Four samples across a pixel, in bins of half a pixel: else upright columns would be the sharpest ones only because pixels
    # are. Next to a sample of one pixel lies that of the next one, two bins on: a run adds 1 to every second bin from one to
    # another, which is a 1 where it begins and a -1 where it ends, summed up.
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
    """Pairs with more white between them than two stems have, as in AV and LT: units to move the second, below 0."""
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
    # A stem beside an open side is moved by just that much: it is not for rounding to say whether, from frame to frame.
    noted = np.argwhere(move > NOTED * height - 1e-6).tolist()
    return {(names[one], names[two]): -round(float(move[one, two])) for one, two in noted}
