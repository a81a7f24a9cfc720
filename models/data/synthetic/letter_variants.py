"""Synthetic typefaces: every letter of a font sheared, stretched and thickened alike.

A thousand fonts are too few to learn how one letter determines the others: an encoder memorises the fonts. A variant of a font is
a group of its own, whose letters belong together as the font's do.
"""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn.functional import affine_grid, avg_pool2d, grid_sample, interpolate, max_pool2d

from zscape.models.data.dataset import Dataset
from zscape.models.errors import ZscapeError
from zscape.models.inputs.value import check_seed
from zscape.models.media.npz import LIMIT
from zscape.models.progress import Progress, Work

FINER = 4
"""Factor by which letters are enlarged, changed and averaged down, so that edges stay crisp."""
SHEAR, NARROW, WIDE = 0.25, math.log(0.78), math.log(1.2)
"""Limits of the random transformations; the shear is the tangent of the angle."""
THICKER = 0.012
"""Maximum thickening on each side of a stroke, as a fraction of the picture's side."""
HEAVY = 0.07
"""Stroke width, as a fraction of the side, above which strokes are also thinned: lighter ones would break."""
BORDER, HIGHEST = 0.02, 0.3
"""Fractions of the side: the free border at the left and right, and the reach of letters from the middle row."""


def varied(data: Dataset, times: int, seed: int = 0) -> Work[Dataset]:
    """Return `data` with `times` variants of each of its fonts, as further groups after the existing ones.

    A font and its variants are one family, if `data` has no families, so that a split never separates them. data: grey letters,
    white on black, with groups. times: 1 or more. Raises ZscapeError for other data, and for more than an .npz can hold.
    """
    check_seed(seed)
    if times < 1:
        raise ZscapeError(f"{times} variants of each font cannot be made; ask for 1 or more")
    if data.groups is None:
        raise ZscapeError(f"{data.name} has no groups, so nothing tells which letters are of one font")
    if data.images.shape[3] != 1:
        raise ZscapeError(f"{data.name} is in colour; variants are made of white letters on black")
    if data.images.nbytes * (1 + times) > LIMIT:
        raise ZscapeError(f"{times} variants of each font take more than {LIMIT >> 30} GB; ask for fewer")
    random, fonts, count = np.random.default_rng(seed), np.unique(data.groups), len(data)
    images = np.empty((count * (1 + times), *data.images.shape[1:]), np.uint8)
    source, groups = np.tile(np.arange(count), 1 + times), np.tile(data.groups, 1 + times)
    images[:count] = data.images
    first = int(fonts.max()) + 1
    for done, font in enumerate(fonts):
        yield Progress(done, len(fonts), "Making variants of fonts")
        rows = np.flatnonzero(data.groups == font)
        letters = torch.from_numpy(data.images[rows, :, :, 0]).float() / 255
        for turn in range(times):
            new = rows + count * (turn + 1)
            images[new], groups[new] = _variant(letters, random), first + done * times + turn
    return replace(
        data,
        images=images,
        labels=data.labels[source],
        groups=groups,
        families=(data.groups if data.families is None else data.families)[source],
        attributes={name: values[source] for name, values in data.attributes.items()},
    )


def _variant(letters: Tensor, random: np.random.Generator) -> NDArray[np.uint8]:
    """Change all letters [L, H, W] of a font, from 0 to 1, alike: uint8 [L, H, W, 1]."""
    side = letters.shape[2]
    large = interpolate(letters[:, None], scale_factor=FINER, mode="bicubic", align_corners=False)
    large = _thickened((large > 0.5).float(), letters, random)
    shear = random.uniform(-SHEAR, SHEAR) if random.random() < 0.5 else 0.0
    stretch = math.exp(random.uniform(NARROW, WIDE)) if random.random() < 0.7 else 1.0
    stretch = min(stretch, (side * (0.5 - BORDER - abs(shear) * HIGHEST)) / max(_reach(letters) + THICKER * side, 1.0))
    moved = torch.tensor([[1 / stretch, shear / stretch, 0.0], [0.0, 1.0, 0.0]])
    grid = affine_grid(moved.expand(len(large), 2, 3), list(large.shape), align_corners=False)
    small = avg_pool2d(grid_sample(large, grid, align_corners=False), FINER)
    return (small[:, 0, :, :, None] * 255).round().clamp(0, 255).to(torch.uint8).numpy()


def _thickened(large: Tensor, letters: Tensor, random: np.random.Generator) -> Tensor:
    """Thicken the strokes of letters [L, 1, H, W] of zeros and ones, or thin them if they are heavy.

    Vertical and horizontal strokes change by different amounts, which changes the contrast of the type.
    """
    most = max(1, round(THICKER * large.shape[3]))
    across, down = (int(random.integers(0, most + 1)) if random.random() < 0.5 else 0 for _ in range(2))
    down = min(down, across + 1)
    if _stroke(letters) > HEAVY * letters.shape[2] and random.random() < 0.4:
        return 1 - _dilated(1 - large, min(across, most // 2 + 1), min(down, most // 2))
    return _dilated(large, across, down)


def _dilated(x: Tensor, across: int, down: int) -> Tensor:
    return max_pool2d(x, (2 * down + 1, 2 * across + 1), 1, (down, across))


def _reach(letters: Tensor) -> float:
    """Return how far from the middle column the letters [L, H, W] of a font reach, in pixels."""
    inked = torch.nonzero(letters.amax((0, 1)) > 0.5).flatten() + 0.5 - letters.shape[2] / 2
    return float(inked.abs().max()) + 0.5 if len(inked) else 0.0


def _stroke(letters: Tensor) -> float:
    """Return the mean width of strokes in pixels: twice the area over the length of the outline."""
    edges = (letters[:, :, 1:] - letters[:, :, :-1]).abs().sum() + (letters[:, 1:] - letters[:, :-1]).abs().sum()
    return float(2 * letters.sum() / edges.clamp(min=1) * 1.25)
