"""Draws many points into pixels, fast enough for every frame."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from zscape.models.maps.drawing.colours import Colours

FINE = 5
"""Subdivisions of a pixel's side used to compute how far a round point covers it."""


@lru_cache(maxsize=32)
def dot(size: int, smooth: bool) -> tuple[tuple[int, int, int], ...]:
    """Return the pixels of a round point `size` wide, from its upper left corner: (down, right, coverage, 0 to 256).

    The least covered come first. Without `smooth` a pixel is covered entirely or not at all.
    """
    middle, radius = size / 2, size / 2
    steps = (np.arange(size * FINE) + 0.5) / FINE - middle
    inside = (steps[:, None] ** 2 + steps**2 <= radius * radius).astype(np.float64)
    share = inside.reshape(size, FINE, size, FINE).mean((1, 3))
    if not smooth:
        share = np.where(share >= 0.5, 1.0, 0.0)
    found = [(down, right, round(256 * share[down, right])) for down in range(size) for right in range(size)]
    return tuple(sorted((each for each in found if each[2]), key=lambda each: each[2]))


def draw_points(
    pixels: NDArray[np.uint32],
    x: NDArray[np.float32],
    y: NDArray[np.float32],
    colours: Colours,
    size: int,
    ground: int | None = None,
) -> None:
    """Draw points, `size` pixels wide, centred at x, y [N] (in pixels), over pixels [H, W]; later ones cover earlier ones.

    ground: the background colour with which their edges are blended; None for hard edges.
    """
    height, width = pixels.shape
    shift = np.float32((size - 1) / 2)
    left, top = np.rint(x - shift).astype(np.int32), np.rint(y - shift).astype(np.int32)
    seen = np.flatnonzero((left >= 0) & (left <= width - size) & (top >= 0) & (top <= height - size))
    if not len(seen):
        return
    corner = top[seen] * np.int32(width) + left[seen]
    flat, ink = pixels.reshape(-1), colours[seen]
    for down, right, share in dot(size, ground is not None):
        flat[corner + np.int32(down * width + right)] = ink if share == 256 or ground is None else _mixed(ink, ground, share)


def _mixed(ink: Colours, ground: int, share: int) -> Colours:
    """Mix `share` (of 256) of each ink with the ground, two channels at a time, which do not overflow into each other."""
    ours, theirs = np.uint32(share), np.uint32(256 - share)
    low, high = np.uint32(0x00FF00FF), np.uint32(8)
    base = np.uint32(ground)
    even = ((ink & low) * ours + (base & low) * theirs) >> high & low
    odd = ((ink >> high & low) * ours + (base >> high & low) * theirs) & ~low
    mixed: Colours = even | odd
    return mixed
