"""What can be measured on a picture of a stroke: its slant, its width, and the like.

Every function takes pictures float [N, H, W], 0 (paper) to 1 (ink), and gives float64 [N]; an empty picture gives 0.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

Pictures = NDArray[np.floating[Any]]
Measures = NDArray[np.float64]


def moments(x: Pictures) -> tuple[Measures, Measures, Measures, Measures]:
    """(mass, mu20, mu11, mu02) of each picture: its sum, and its central second-order moments divided by it, in pixels squared.

    The first axis runs right, the second up (M.-K. Hu, "Visual pattern recognition by moment invariants", 1962).
    """
    mass = x.sum(axis=(1, 2), dtype=np.float64)
    weight = x / np.where(mass > 0, mass, 1)[:, None, None]
    right = np.arange(x.shape[2], dtype=np.float64)
    up = -np.arange(x.shape[1], dtype=np.float64)
    columns, rows = weight.sum(axis=1), weight.sum(axis=2)  # [N, W], [N, H]
    right_mean, up_mean = columns @ right, rows @ up
    mu20 = columns @ right**2 - right_mean**2
    mu02 = rows @ up**2 - up_mean**2
    mu11 = np.einsum("nhw,h,w->n", weight, up, right, optimize=True) - right_mean * up_mean
    return mass, np.maximum(mu20, 0), mu11, np.maximum(mu02, 0)


def slant(x: Pictures) -> Measures:
    """The shear mu11 / mu02: pixels to the right for each pixel up; above 0 leans right, 0 stands upright.

    It is the shear that deskewing takes out of a digit (Y. LeCun et al., "Gradient-based learning applied to document
    recognition", 1998, section III).
    """
    mass, _, mu11, mu02 = moments(x)
    return np.where((mass > 0) & (mu02 > 1e-9), mu11 / np.maximum(mu02, 1e-9), 0.0)


def stroke_width(x: Pictures) -> Measures:
    """The width of the stroke in pixels: 2 sum(x) / sum(sqrt(|grad x|^2 + 1e-4) - 0.01).

    A stroke of length L and width w has area L w and an outline of about 2 L, and the sum of |grad x| is the outline's length
    (the total variation: L. Rudin, S. Osher, E. Fatemi, 1992; 1e-4 makes it differentiable, 0.01 takes that off flat parts).
    """
    down = np.diff(x, axis=1, append=0)  # below and to the right of the picture is paper
    right = np.diff(x, axis=2, append=0)
    outline = (np.sqrt(down**2 + right**2 + 1e-4) - 0.01).sum(axis=(1, 2), dtype=np.float64)
    area = x.sum(axis=(1, 2), dtype=np.float64)
    return np.where(outline > 1e-9, 2 * area / np.maximum(outline, 1e-9), 0.0)


def brightness(x: Pictures) -> Measures:
    """The mean of all pixels, 0 to 1."""
    mean: Measures = x.mean(axis=(1, 2), dtype=np.float64)
    return mean


def area(x: Pictures) -> Measures:
    """The share of the pixels that are more ink than paper, 0 to 1."""
    share: Measures = (x > 0.5).mean(axis=(1, 2), dtype=np.float64)
    return share


def aspect(x: Pictures) -> Measures:
    """Width to height of the ink, as the ratio of its standard deviations: a ring gives 1, a lying stroke more."""
    mass, mu20, _, mu02 = moments(x)
    return np.where((mass > 0) & (mu02 > 1e-9), np.sqrt(mu20 / np.maximum(mu02, 1e-9)), 0.0)


ATTRIBUTES: dict[str, Callable[[Pictures], Measures]] = {
    "slant": slant,
    "stroke width": stroke_width,
    "brightness": brightness,
    "area": area,
    "aspect": aspect,
}


def measure(images: NDArray[np.uint8]) -> dict[str, Measures]:
    """Every attribute of pictures uint8 [N, H, W, C]; of colours the mean of the channels counts."""
    x = images.mean(axis=3, dtype=np.float32) / np.float32(255)
    return {name: attribute(x) for name, attribute in ATTRIBUTES.items()}
