"""A sheet of paper in a photograph: where it lies on the desk."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from zscape.models.media.crop_box import CropBox

SIDE = 96
"""Pixels of the longer side of the picture in which paper is looked for."""
SMALLEST = 48
"""Pixels of the longer side of a picture in which a sheet with something on it can be told from a stroke."""
LEAST_AREA = 0.04
"""Of the picture: smaller is no sheet."""
LEAST_QUADRANGLE = 0.88
"""Of a sheet's hull that the largest quadrangle in it fills: a rectangle 1, an ellipse 0.64."""
LEAST_SOLID = 0.93
"""Of a sheet's hull that it fills with what is written on it."""
LEAST_PAPER = 0.6
"""Of a sheet that is bare."""
LEAST_INK = 0.004
"""Of a sheet that is written on: an even quadrangle is no sheet but a stroke."""
CONTRAST = 0.12
"""Of paper and desk, black to white being 1."""
LEAST_EDGE = 0.85
"""Of a sheet's outline that is an edge."""
MARGIN = 0.04
"""Of the sheet's sides that is left out on each side: its edge is blurred, and casts a shadow."""

Mask = NDArray[np.bool_]
Spot = NDArray[np.float64]


def find_paper(grey: NDArray[np.uint8]) -> CropBox | None:
    """The sheet of paper in a grey picture uint8 [H, W], as a box inside of it; None if there is none.

    A sheet is an area of one brightness, lighter or darker than what is round it, with the outline of a quadrangle and something
    written on it. It is turned by at most 45 degrees.
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
    """Between two, then between three heaps of brightness, those farthest apart (N. Otsu, 1979); of 64 bins."""
    bins = 64
    counts = np.histogram(values, bins, (0, 1))[0] / values.size
    weight = np.concatenate([[0], np.cumsum(counts)])
    mass = np.concatenate([[0], np.cumsum(counts * (np.arange(bins) + 0.5))])
    with np.errstate(divide="ignore", invalid="ignore"):
        # spread[i, j]: of the bins i to j - 1, mass squared over weight, which is what the best partition has most of
        spread = np.nan_to_num((mass[None] - mass[:, None]) ** 2 / (weight[None] - weight[:, None]))
    two = int(np.argmax(spread[0] + spread[:, bins]))
    inner = np.where(np.arange(bins + 1)[:, None] < np.arange(bins + 1), spread, -1)
    three = divmod(int(np.argmax(spread[0][:, None] + inner + spread[:, bins][None])), bins + 1)
    return [edge / bins for edge in dict.fromkeys((two, three[1], three[0]))]


def _sheet(mask: Mask, values: NDArray[np.float32]) -> CropBox | None:
    """The largest connected part of `mask` that is a sheet of paper, as a box inside of it."""
    for part in _parts(mask):
        filled = _filled(part)
        area = int(filled.sum())
        if area < LEAST_AREA * mask.size:
            return None  # the others are smaller still
        bare = int(part.sum()) / area
        if not LEAST_PAPER <= bare <= 1 - LEAST_INK or _on_all_sides(part):
            continue
        hull = _hull(filled)  # last: it takes longer than all else
        if area < LEAST_SOLID * _area(hull):
            continue
        corners = _quadrangle(hull)
        if _area(corners) < LEAST_QUADRANGLE * _area(hull):
            continue
        if _edged(filled, values) >= LEAST_EDGE:
            return _box_in(corners)
    return None


def _on_all_sides(part: Mask) -> bool:
    """Whether it touches all four sides of the picture, as paper does that fills it."""
    return bool(part[0].any() and part[-1].any() and part[:, 0].any() and part[:, -1].any())


def _edged(filled: Mask, values: NDArray[np.float32]) -> float:
    """The share of the outline where the brightness changes by CONTRAST: light that fades changes little at one place."""
    inner = np.asarray(Image.fromarray(filled.astype(np.uint8) * 255).filter(ImageFilter.MinFilter(3))) > 0
    outline = filled & ~inner
    outline[[0, -1]] = outline[:, [0, -1]] = False  # the picture's own edge
    if not outline.any():
        return 0.0
    picture = Image.fromarray(np.rint(values * 255).astype(np.uint8))
    around = [np.asarray(picture.filter(each(7)), np.float32) for each in (ImageFilter.MaxFilter, ImageFilter.MinFilter)]
    return float(np.mean((around[0] - around[1])[outline] >= CONTRAST * 255))


def _parts(mask: Mask) -> list[Mask]:
    """The parts of `mask` that are connected by their sides and may be sheets, the largest first."""
    # Runs of pixels, row by row: where each begins, and the column behind it.
    rows, columns = np.nonzero(np.diff(np.pad(mask, ((0, 0), (1, 1))).astype(np.int8), axis=1))
    runs = list(zip(rows[::2].tolist(), columns[::2].tolist(), columns[1::2].tolist(), strict=True))
    parent = list(range(len(runs)))

    def root(run: int) -> int:
        while parent[run] != run:
            parent[run] = parent[parent[run]]
            run = parent[run]
        return run

    above = 0  # the first run of the row above that may touch the present one
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
    """`part` with what lies between its pixels in a row and in a column."""

    def between(axis: int) -> Mask:
        seen = np.logical_or.accumulate(part, axis)
        ahead = np.flip(np.logical_or.accumulate(np.flip(part, axis), axis), axis)
        both: Mask = seen & ahead
        return both

    return between(0) & between(1)


def _hull(mask: Mask) -> Spot:
    """The corners [n, 2] (x, y) of the convex hull of the pixels' squares, in order (A. M. Andrew's monotone chain, 1979)."""
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
    """The largest quadrangle [4, 2] with its corners among those of a hull, in order round it."""
    across = hull[None] - hull[:, None]  # [n, n, 2]: the diagonal from i to j
    to = across[:, None]  # from i to k
    off = across[:, :, None, 0] * to[..., 1] - across[:, :, None, 1] * to[..., 0]  # twice the area of i, j, k, with its sign
    first, second = np.unravel_index(int(np.argmax(off.max(2) - off.min(2))), across.shape[:2])
    sides = off[first, second]
    corners: Spot = hull[np.array([first, np.argmax(sides), second, np.argmin(sides)])]
    return corners


def _box_in(corners: Spot) -> CropBox:
    """A box in a quadrangle, as the quadrangle lies: turned like its two longer opposite sides, less MARGIN on each side."""
    sides = np.roll(corners, -1, 0) - corners
    lengths = np.hypot(*sides.T)
    pair = 0 if lengths[0] + lengths[2] >= lengths[1] + lengths[3] else 1
    along = sides[pair] / lengths[pair] - sides[pair + 2] / lengths[pair + 2]
    angle = math.degrees(math.atan2(along[1], along[0]))
    upright = round(angle / 90) * 90  # 0 to 45 degrees are left
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
