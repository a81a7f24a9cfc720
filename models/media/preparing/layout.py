"""Checks whether a glyph lies in its picture as in MNIST."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from zscape.models.media.preparing.ground import DIMMEST, EVEN

SMALLER, LARGER, OFF = 16 / 28, 25 / 28, 2.5 / 28
"""Limits of MNIST's layout, as fractions of the side; see `misplaced`."""


def misplaced(pictures: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """[M]: which grey pictures uint8 [M, H, W, 1] of glyphs light on black are not laid out as in MNIST.

    In MNIST the longer side of a glyph is BOX and its centre of mass is in the middle. Glyphs are misplaced if they are smaller
    than SMALLER or larger than LARGER, or their centre is more than OFF from the middle (fractions of the side), or if they are
    on an even ground that is not black. If the border is neither black nor even, there is no glyph to place.
    """
    height, width = pictures.shape[1:3]
    side = min(height, width)
    values = pictures[..., 0]
    inked = values > 64
    border = np.concatenate([values[:, 0], values[:, -1], values[:, :, 0], values[:, :, -1]], axis=1)
    rows, columns = np.asarray(inked.any(2)), np.asarray(inked.any(1))
    longer = np.maximum(_extent(rows), _extent(columns)) / side
    mass = values.sum((1, 2), dtype=np.float64)
    off = np.zeros(len(pictures))
    for axis, size in ((1, height), (2, width)):
        along = values.sum(3 - axis, dtype=np.float64) @ (np.arange(size) + 0.5)
        off = np.maximum(off, np.abs(along / np.maximum(mass, 1) - size / 2) / side)
    black = inked.any((1, 2)) & (np.mean(border > 64, axis=1) < 0.5)
    grey = np.percentile(border, 10, axis=1) > DIMMEST * 255
    even = np.ptp(np.percentile(border, (10, 90), axis=1), 0) < EVEN * 255
    apart: NDArray[np.bool_] = (black & ((longer < SMALLER) | (longer > LARGER) | (off > OFF))) | (grey & even)
    return apart


def _extent(marked: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return the distance from the first to the last mark of each row [M, N], inclusive."""
    length = marked.shape[1]
    extent: NDArray[np.int64] = length - marked[:, ::-1].argmax(1) - marked.argmax(1)
    return extent
