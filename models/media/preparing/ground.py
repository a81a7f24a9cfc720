"""The ground of a picture: the paper under the ink, lighter or darker than it, and its lighting."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Grey = NDArray[np.float32]
FIELD = 64
"""Longest side at which the light is estimated, in pixels."""
DIMMEST = 0.1
"""Darkest level that paper may have; anything below is black."""
EVEN, UNEVEN = 0.1, 0.3
"""Maximum variation of a ground: evenly lit, and with light and shadow."""


def light_on_dark(pictures: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Invert those of the grey pictures uint8 [M, H, W, 1] that are dark on light.

    A picture counts as dark on light if its border is light, or of one dim shade all round, and most of what differs from it is
    darker. A stroke may run into the border, so a tenth of it may be dark; no glyph light on dark fills nine tenths of it.
    """
    border = np.concatenate([pictures[:, 0], pictures[:, -1], pictures[:, :, 0], pictures[:, :, -1]], axis=1)[..., 0]
    dim = (np.mean(border > DIMMEST * 255, axis=1) > 0.9) & (np.ptp(np.percentile(border, (10, 90), axis=1), 0) < UNEVEN * 255)
    light = dim | (np.mean(border > 127, axis=1) > 0.9)
    paper = np.median(border, axis=1)[:, None, None, None]
    for index in np.flatnonzero(light):
        light[index] = _skew(pictures[index] / np.float32(255) - paper[index] / np.float32(255)) <= 0
    if not light.any():
        return pictures
    turned = pictures.copy()
    # the fraction of the light that the ink absorbs
    turned[light] = np.rint(np.clip(1 - pictures[light] / paper[light], 0, 1) * 255)
    return turned


def dark_on_light(values: Grey) -> bool:
    """Whether the ink of a picture [H, W] of values 0..1 is darker than its paper, which takes up most of the picture.

    A plane is fitted to the border, for paper lit from one side; the sign of strong differences from it decides.
    """
    small = np.asarray(reduced(Image.fromarray((values * 255).astype(np.uint8)), FIELD), np.float64) / 255
    height, width = small.shape
    y, x = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j]
    plane = np.stack([np.ones_like(x), x, y], -1)
    edge = np.ones((height, width), bool)
    edge[1:-1, 1:-1] = False
    left = edge
    for _ in range(4):  # least squares, each time without outliers: strokes that run into the border
        weights = np.linalg.lstsq(plane[left], small[left], rcond=None)[0]
        off = small - plane @ weights
        allowed = 2.5 * 1.4826 * float(np.median(np.abs(off[left] - np.median(off[left])))) + 0.02
        nearer = edge & (np.abs(off - np.median(off[left])) <= allowed)
        if nearer.sum() < 3:
            break
        left = nearer
    skew = _skew(off)
    return skew < 0 if abs(skew) > 1e-9 else paper_of(values) > 0.5


def _skew(off: NDArray[np.floating[Any]]) -> float:
    """Return the third moment of differences; its sign is that of the few large ones."""
    return float(np.mean(off.astype(np.float64) ** 3))


def paper_of(values: Grey) -> float:
    """Return the background level of a picture [H, W]: the median of its border."""
    return float(np.median(np.concatenate([values[0], values[-1], values[:, 0], values[:, -1]])))


def reduced(picture: Image.Image, longest: int) -> Image.Image:
    """Return `picture` with its longer side at most `longest` pixels, by averaging pixels."""
    if max(picture.size) <= longest:
        return picture
    scale = longest / max(picture.size)
    return picture.resize((max(1, round(picture.width * scale)), max(1, round(picture.height * scale))), Image.Resampling.BOX)
