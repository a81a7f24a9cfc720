"""What is least, greatest or commonest in the square around every pixel.

Pillow's filters give the same, but sort the whole square for every pixel.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Levels = NDArray[np.uint8]


def least_around(levels: Levels, side: int) -> Levels:
    """Return, for every pixel of uint8 [H, W], the least level in the square of `side` (odd) pixels around it."""
    return _around(levels, side, np.minimum)


def most_around(levels: Levels, side: int) -> Levels:
    """Return, for every pixel of uint8 [H, W], the greatest level in the square of `side` (odd) pixels around it."""
    return _around(levels, side, np.maximum)


def common_around(mask: NDArray[np.bool_], side: int) -> NDArray[np.bool_]:
    """Return, for every pixel of [H, W], whether most of the square of `side` (odd, at most 15) pixels around it is set."""
    sums = mask.astype(np.uint8)
    for _ in range(2):
        padded = np.pad(sums.T, ((side // 2, side // 2), (0, 0)), mode="edge")
        sums = padded[: sums.shape[1]].copy()
        for place in range(1, side):
            sums += padded[place : place + len(sums)]
    most: NDArray[np.bool_] = sums > side * side // 2
    return most


def _around(levels: Levels, side: int, of: np.ufunc) -> Levels:
    """Rows, then columns: the extreme of 2, 4, 8 ... pixels in a row, each from two shorter rows, then of `side` pixels.

    Beyond the edge of the picture, its edge is repeated, which changes no extreme.
    """
    for _ in range(2):
        found = np.pad(levels.T, ((side // 2, side // 2), (0, 0)), mode="edge")
        length = 1
        while length < side:
            step = min(length, side - length)
            found = of(found[:-step], found[step:])
            length += step
        levels = found
    return levels
