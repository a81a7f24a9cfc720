"""Drawing many points into pixels, fast enough for every frame."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from zscape.models.maps.colours import Colours


@lru_cache(maxsize=16)
def dot(size: int) -> NDArray[np.int64]:
    """The pixels of a round point `size` wide, from its upper left corner: int64 [P, 2] of (down, right)."""
    middle, radius = (size - 1) / 2, size / 2
    down, right = np.mgrid[:size, :size]
    inside = (down - middle) ** 2 + (right - middle) ** 2 <= radius * radius + 0.1
    return np.argwhere(inside)


def draw_points(pixels: NDArray[np.uint32], x: NDArray[np.float32], y: NDArray[np.float32], colours: Colours, size: int) -> None:
    """Draw points, `size` pixels wide, at x, y [N] (pixels, their middles) over pixels [H, W]; later ones cover earlier ones."""
    height, width = pixels.shape
    left, top = np.floor(x - (size - 1) / 2 + 0.5).astype(np.int64), np.floor(y - (size - 1) / 2 + 0.5).astype(np.int64)
    seen = np.flatnonzero((left >= 0) & (left <= width - size) & (top >= 0) & (top <= height - size))
    if not len(seen):
        return
    corner = top[seen] * width + left[seen]
    flat, ink = pixels.reshape(-1), colours[seen]
    for down, right in dot(size).tolist():
        flat[corner + (down * width + right)] = ink
