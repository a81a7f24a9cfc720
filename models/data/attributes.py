"""Attributes measured on pictures of strokes: slant, stroke width, and others.

Every function takes pictures float [N, H, W], 0 (paper) to 1 (ink), and returns [N] of the same type; an empty picture gives 0.
All but `area` are differentiable, so that they can be used in a loss.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn.functional import pad

EPSILON = 1e-9
CHUNK = 1000
"""Number of pictures measured together: those of 64x64 take 33 MB in float64, and several times that for intermediate results."""


def moments(x: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Return (mass, mu20, mu11, mu02), each [N], of pictures [N, H, W] with ink from 0 to 1.

    mass: the sum of a picture. The others: its central second-order moments divided by that, in pixels squared. The first axis
    runs right, the second up (M.-K. Hu, "Visual pattern recognition by moment invariants", 1962).
    """
    mass = x.sum((1, 2))
    weight = x / torch.where(mass > 0, mass, torch.ones_like(mass))[:, None, None]
    # Measured from the centre, which preserves float32 precision in the differences below.
    right = torch.arange(x.shape[2], dtype=x.dtype, device=x.device) - x.shape[2] / 2
    up = x.shape[1] / 2 - torch.arange(x.shape[1], dtype=x.dtype, device=x.device)
    columns, rows = weight.sum(1), weight.sum(2)  # [N, W], [N, H]
    right_mean, up_mean = columns @ right, rows @ up
    mu20 = columns @ right.square() - right_mean.square()
    mu02 = rows @ up.square() - up_mean.square()
    mu11 = (weight @ right) @ up - right_mean * up_mean
    return mass, mu20.clamp(min=0), mu11, mu02.clamp(min=0)


def slant(x: Tensor) -> Tensor:
    """Return the shear mu11 / mu02 [N] of pictures [N, H, W]: pixels to the right per pixel up; above 0 leans right.

    It is the shear that deskewing removes from a digit (Y. LeCun et al., "Gradient-based learning applied to document
    recognition", 1998, section III).
    """
    mass, _, mu11, mu02 = moments(x)
    return torch.where((mass > 0) & (mu02 > EPSILON), mu11 / mu02.clamp(min=EPSILON), torch.zeros_like(mass))


def stroke_width(x: Tensor) -> Tensor:
    """Return the stroke width [N] in pictures [N, H, W], in pixels: 2 sum(x) / sum(sqrt(|grad x|^2 + 1e-4) - 0.01).

    A stroke of length L and width w has area L w and an outline of about 2 L, and the sum of |grad x| is the outline's length
    (the total variation: L. Rudin, S. Osher, E. Fatemi, 1992; 1e-4 makes it differentiable, 0.01 removes that from flat parts).
    """
    wide = pad(x, (0, 1, 0, 1))  # there is paper beyond the lower and right edge
    down, right = wide[:, 1:, :-1] - x, wide[:, :-1, 1:] - x
    outline = ((down.square() + right.square() + 1e-4).sqrt() - 0.01).sum((1, 2))
    area = x.sum((1, 2))
    # Because of rounding, an empty picture has an outline of about 1e-6.
    return torch.where(outline > 1e-3, 2 * area / outline.clamp(min=1e-3), torch.zeros_like(area))


def brightness(x: Tensor) -> Tensor:
    """Return the mean [N] of all pixels of pictures [N, H, W], 0 to 1."""
    return x.mean((1, 2))


def area(x: Tensor) -> Tensor:
    """Return the fraction [N] of the pixels of pictures [N, H, W] that are more ink than paper, 0 to 1."""
    return (x > 0.5).to(x.dtype).mean((1, 2))


def aspect(x: Tensor) -> Tensor:
    """Return the width-to-height ratio [N] of the ink in pictures [N, H, W], from its standard deviations across and up.

    1 for a ring, more for a horizontal stroke, 0 if there is no ink.
    """
    mass, mu20, _, mu02 = moments(x)
    ratio = (mu20 / mu02.clamp(min=EPSILON)).clamp(min=EPSILON).sqrt()
    return torch.where((mass > 0) & (mu02 > EPSILON), ratio, torch.zeros_like(mass))


ATTRIBUTES: dict[str, Callable[[Tensor], Tensor]] = {
    "slant": slant,
    "stroke width": stroke_width,
    "brightness": brightness,
    "area": area,
    "aspect": aspect,
}


def measure(images: NDArray[np.uint8]) -> dict[str, NDArray[np.float64]]:
    """Measure every attribute of pictures uint8 [N, H, W, C], float64 [N]; colour pictures are averaged over their channels."""
    found = {name: np.empty(len(images)) for name in ATTRIBUTES}
    for start in range(0, len(images), CHUNK):
        part = slice(start, start + CHUNK)
        x = torch.from_numpy(images[part].mean(axis=3, dtype=np.float64) / 255)
        for name, attribute in ATTRIBUTES.items():
            found[name][part] = attribute(x).numpy()
    return found
