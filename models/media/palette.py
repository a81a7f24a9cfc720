"""The main colours of pictures."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Colour = tuple[int, int, int]
"""Red, green, blue, 0 to 255."""

FINE = 64
"""Number of colours to which pictures are first reduced."""
APART = 36.0
"""Minimum distance in RGB between two colours offered to the user."""
MOST = 200_000
"""Maximum number of pixels examined."""
ENDS: tuple[Colour, ...] = ((0, 0, 0), (255, 255, 255))


def frequent_colours(images: NDArray[np.uint8], count: int = 16) -> tuple[Colour, ...]:
    """Return at most `count` distinct, frequent colours of images uint8 [N, H, W, 3], from dark to light.

    The images are reduced to FINE colours (P. Heckbert's median cut, 1982); of these, the most frequent one that is not close to
    one already chosen is taken repeatedly. Black and white, or colours close to them, are always included.
    """
    pixels = images.reshape(-1, 3)
    pixels = pixels[:: max(1, len(pixels) // MOST)]
    row = Image.fromarray(np.ascontiguousarray(pixels)[None])
    reduced = row.quantize(FINE, Image.Quantize.MEDIANCUT, kmeans=1)
    table = np.asarray(reduced.getpalette(), np.float64).reshape(-1, 3)
    tally = np.bincount(np.asarray(reduced).ravel(), minlength=len(table))
    taken: list[NDArray[np.float64]] = []
    for place in np.argsort(-tally, kind="stable"):
        if len(taken) < count - len(ENDS) and tally[place] and _apart(table[place], taken):
            taken.append(table[place])
    taken += [np.array(end, np.float64) for end in ENDS if _apart(np.array(end, np.float64), taken)]
    taken.sort(key=lambda colour: (float(colour @ (0.299, 0.587, 0.114)), *colour.tolist()))
    return tuple((int(red), int(green), int(blue)) for red, green, blue in taken)


def ground_of(images: NDArray[np.uint8]) -> Colour:
    """Return the most frequent colour of the upper border of images uint8 [N, H, W, 3]: that beside and above the subject."""
    height, width = images.shape[1:3]
    high, wide = max(1, height // 8), max(1, width // 8)
    edge = np.concatenate([images[:, :high].reshape(-1, 3), images[:, :height // 2, :wide].reshape(-1, 3)])  # fmt: skip
    coarse = (edge // 24).astype(np.int64) @ (1, 16, 256)
    values, tally = np.unique(coarse, return_counts=True)
    red, green, blue = np.median(edge[coarse == values[tally.argmax()]], axis=0)
    return int(red), int(green), int(blue)


def _apart(colour: NDArray[np.float64], others: list[NDArray[np.float64]]) -> bool:
    return all(float(np.linalg.norm(colour - other)) >= APART for other in others)
