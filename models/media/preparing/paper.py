"""Finds a sheet of paper in a photograph."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from zscape.models.media.preparing.crop_box import CropBox

SIDE = 96
"""Longer side in pixels of the reduced picture in which paper is searched for."""
SMALLEST = 48
"""Minimum longer side in pixels at which a sheet with writing can be told from a stroke."""
LEAST_AREA = 0.04
"""Minimum area of a sheet, as a fraction of the picture."""
LEAST_QUADRANGLE = 0.88
"""Minimum fraction of a sheet's hull that its largest quadrangle fills: a rectangle 1, an ellipse 0.64."""
LEAST_SOLID = 0.93
"""Minimum fraction of a sheet's hull that it fills, including what is written on it."""
LEAST_PAPER = 0.6
"""Minimum fraction of a sheet that is bare."""
LEAST_INK = 0.004
"""Minimum fraction of a sheet that is written on: an even quadrangle is a stroke, not a sheet."""
CONTRAST = 0.12
"""Minimum contrast between paper and desk, where black to white is 1."""
LEAST_EDGE = 0.85
"""Minimum fraction of a sheet's outline that is an edge."""
MARGIN = 0.04
"""Fraction of the sheet's sides that is cut off on each side: its edge is blurred and casts a shadow."""

Mask = NDArray[np.bool_]
Spot = NDArray[np.float64]


def find_paper(grey: NDArray[np.uint8]) -> CropBox | None:
    """Find the sheet of paper in a grey picture uint8 [H, W], as a box inside it; None if there is none.

    A sheet is an area of one brightness, lighter or darker than its surroundings, with a quadrangular outline and something
    written on it. It is rotated by at most 45 degrees.
    """
    height, width = grey.shape
    if max(height, width) < SMALLEST:
        return None
    scale = max(1.0, max(height, width) / SIDE)
    size = (max(1, round(width / scale)), max(1, round(height / scale)))
    picture = Image.fromarray(grey).resize(size, Image.Resampling.BOX).filter(ImageFilter.GaussianBlur(0.7))
    values = np.asarray(picture, np.float32) / np.float32(255)
    for threshold in _thresholds(values):
        bright = values > threshold
        for mask in (bright, ~bright):
            if (box := _sheet(mask, values)) is not None:
                return box.scaled(scale)
    return None


def _thresholds(values: NDArray[np.float32]) -> list[float]:
    """Return thresholds that separate two, then three brightness classes, those farthest apart (N. Otsu, 1979); with 64 bins."""
    bins = 64
    counts = np.histogram(values, bins, (0, 1))[0] / values.size
    weight = np.concatenate([[0], np.cumsum(counts)])
    mass = np.concatenate([[0], np.cumsum(counts * (np.arange(bins) + 0.5))])
    with np.errstate(divide="ignore", invalid="ignore"):
        # spread[i, j]: mass squared over weight of the bins i to j - 1; the best partition has the largest sum of these
        spread = np.nan_to_num((mass[None] - mass[:, None]) ** 2 / (weight[None] - weight[:, None]))
    two = int(np.argmax(spread[0] + spread[:, bins]))
    inner = np.where(np.arange(bins + 1)[:, None] < np.arange(bins + 1), spread, -1)
    three = divmod(int(np.argmax(spread[0][:, None] + inner + spread[:, bins][None])), bins + 1)
    return [edge / bins for edge in dict.fromkeys((two, three[1], three[0]))]


def _sheet(mask: Mask, values: NDArray[np.float32]) -> CropBox | None:
    """Return the largest connected part of `mask` that is a sheet of paper, as a box inside it."""
    for part in _parts(mask):
        filled = _filled(part)
        area = int(filled.sum())
        if area < LEAST_AREA * mask.size:
            return None  # the remaining parts are smaller still
        bare = int(part.sum()) / area
        if not LEAST_PAPER <= bare <= 1 - LEAST_INK or _on_all_sides(part):
            continue
        hull = _hull(filled)  # last, because it takes the most time
        if area < LEAST_SOLID * _area(hull):
            continue
        corners = _quadrangle(hull)
        if _area(corners) < LEAST_QUADRANGLE * _area(hull):
            continue
        if _edged(filled, values) >= LEAST_EDGE:
            return _box_in(corners)
    return None


def _on_all_sides(part: Mask) -> bool:
    """Whether it touches all four sides of the picture, as paper that fills the picture does."""
    return bool(part[0].any() and part[-1].any() and part[:, 0].any() and part[:, -1].any())


def _edged(filled: Mask, values: NDArray[np.float32]) -> float:
    """Return the fraction of the outline where the brightness changes by CONTRAST; fading light changes little in one place."""
    inner = np.asarray(Image.fromarray(filled.astype(np.uint8) * 255).filter(ImageFilter.MinFilter(3))) > 0
    outline = filled & ~inner
    outline[[0, -1]] = outline[:, [0, -1]] = False  # the edge of the picture itself
    if not outline.any():
        return 0.0
    picture = Image.fromarray(np.rint(values * 255).astype(np.uint8))
    around = [np.asarray(picture.filter(each(7)), np.float32) for each in (ImageFilter.MaxFilter, ImageFilter.MinFilter)]
    return float(np.mean((around[0] - around[1])[outline] >= CONTRAST * 255))


def _parts(mask: Mask) -> list[Mask]:
    """Return the parts of `mask` that are connected by their sides and may be sheets, the largest first."""
    # Runs of pixels, row by row: the first column of each, and the column after its last.
    rows, columns = np.nonzero(np.diff(np.pad(mask, ((0, 0), (1, 1))).astype(np.int8), axis=1))
    runs = list(zip(rows[::2].tolist(), columns[::2].tolist(), columns[1::2].tolist(), strict=True))
    parent = list(range(len(runs)))

    def root(run: int) -> int:
        while parent[run] != run:
            parent[run] = parent[parent[run]]
            run = parent[run]
        return run

    above = 0  # the first run of the row above that may touch the current one
    for number, (row, start, end) in enumerate(runs):
        while runs[above][0] < row - 1 or (runs[above][0] == row - 1 and runs[above][2] <= start):
            above += 1
        other = above
        while runs[other][0] == row - 1 and runs[other][1] < end:
            parent[root(other)] = root(number)
            other += 1
    members: dict[int, list[tuple[int, int, int]]] = {}
    for number, run in enumerate(runs):
        members.setdefault(root(number), []).append(run)
    sizes = {first: sum(end - start for _, start, end in some) for first, some in members.items()}
    parts = []
    for first in sorted(sizes, key=lambda each: -sizes[each]):
        if sizes[first] < LEAST_PAPER * LEAST_AREA * mask.size:
            break
        part = np.zeros_like(mask)
        for row, start, end in members[first]:
            part[row, start:end] = True
        parts.append(part)
    return parts


def _filled(part: Mask) -> Mask:
    """Fill the gaps of `part` between its pixels in a row and in a column."""

    def between(axis: int) -> Mask:
        seen = np.logical_or.accumulate(part, axis)
        ahead = np.flip(np.logical_or.accumulate(np.flip(part, axis), axis), axis)
        both: Mask = seen & ahead
        return both

    return between(0) & between(1)


def _hull(mask: Mask) -> Spot:
    """Return the corners [n, 2] (x, y) of the convex hull of the pixels' squares, in order (monotone chain, A. Andrew, 1979)."""
    rows = np.flatnonzero(mask.any(1))
    left, right = mask[rows].argmax(1), mask.shape[1] - mask[rows, ::-1].argmax(1)
    ends = [(side, rows + below) for side in (left, right) for below in (0, 1)]
    points = sorted({point for each in ends for point in zip(*(numbers.tolist() for numbers in each), strict=True)})

    def half(ordered: list[tuple[int, int]]) -> list[tuple[int, int]]:
        chain: list[tuple[int, int]] = []
        for x, y in ordered:
            while len(chain) > 1:
                (x0, y0), (x1, y1) = chain[-2:]
                if (x1 - x0) * (y - y0) - (y1 - y0) * (x - x0) > 0:
                    break
                chain.pop()
            chain.append((x, y))
        return chain[:-1]

    return np.array(half(points) + half(points[::-1]), np.float64)


def _area(corners: Spot) -> float:
    x, y = corners.T
    return abs(float(x @ np.roll(y, -1) - y @ np.roll(x, -1))) / 2


def _quadrangle(hull: Spot) -> Spot:
    """Return the largest quadrangle [4, 2] whose corners are among those of a hull, in order."""
    across = hull[None] - hull[:, None]  # [n, n, 2]: the diagonal from i to j
    to = across[:, None]  # from i to k
    off = across[:, :, None, 0] * to[..., 1] - across[:, :, None, 1] * to[..., 0]  # twice the signed area of i, j, k
    first, second = np.unravel_index(int(np.argmax(off.max(2) - off.min(2))), across.shape[:2])
    sides = off[first, second]
    corners: Spot = hull[np.array([first, np.argmax(sides), second, np.argmin(sides)])]
    return corners


def _box_in(corners: Spot) -> CropBox:
    """Return a box inside a quadrangle, rotated like its two longer opposite sides, less MARGIN on each side."""
    sides = np.roll(corners, -1, 0) - corners
    lengths = np.hypot(*sides.T)
    pair = 0 if lengths[0] + lengths[2] >= lengths[1] + lengths[3] else 1
    along = sides[pair] / lengths[pair] - sides[pair + 2] / lengths[pair + 2]
    angle = math.degrees(math.atan2(along[1], along[0]))
    upright = round(angle / 90) * 90  # leaves at most 45 degrees
    angle -= upright
    turn = math.radians(angle)
    axes = np.array([[math.cos(turn), math.sin(turn)], [-math.sin(turn), math.cos(turn)]])
    middle = corners.mean(0)
    half = (np.abs((corners - middle) @ axes.T).max(0)) * (1 - 2 * MARGIN)
    box = CropBox(float(middle[0]), float(middle[1]), float(2 * half[0]), float(2 * half[1]), float(angle))
    while not _inside(np.array(box.corners()), corners) and min(box.width, box.height) > 8:
        box = replace(box, width=box.width * 0.97, height=box.height * 0.97)
    return box


def _inside(points: Spot, corners: Spot) -> bool:
    """Whether all points lie in a convex quadrangle."""
    sides = np.roll(corners, -1, 0) - corners
    off = points[:, None] - corners
    turn = sides[..., 0] * off[..., 1] - sides[..., 1] * off[..., 0]
    return bool((turn >= 0).all() or (turn <= 0).all())
