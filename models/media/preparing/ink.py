"""The ink of clean grey pictures: where it is, and on which ground."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zscape.models.files.layout import Layout

INKED = 0.25
"""Fraction of full ink above which a pixel counts as inked."""
EVEN = 0.06
"""Maximum deviation of a ground pixel from the ground's level."""
NEAR = 0.02
"""How far a measure may lie outside the range of the data, as a fraction of the side."""
GROUND = 0.1
"""How much smaller than in the data the ink-free part of the border may be."""


@dataclass(frozen=True, eq=False)
class Ink:
    """The ink of M pictures.

    share: float32 [M, H, W], 0 (ground) to 1 (full ink). strength: the same, but 1 is black on a light ground or white on a dark
    one. ground, full: float32 [M], their levels, 0 to 1.
    """

    share: NDArray[np.float32]
    strength: NDArray[np.float32]
    ground: NDArray[np.float32]
    full: NDArray[np.float32]


def ink_of(pictures: NDArray[np.uint8]) -> Ink:
    """Find the ink of grey pictures uint8 [M, H, W, 1]: what differs from the ground, the median of the border.

    Ink is lighter or darker than its ground, according to the sign of the few strong differences (the third moment).
    """
    values = pictures[..., 0].astype(np.float32) / 255
    ground = np.median(border_of(values), axis=1)
    off = values - ground[:, None, None]
    lighter = (off**3).mean((1, 2)) >= 0
    sign = np.where(lighter, np.float32(1), np.float32(-1))
    strength = np.maximum(off * sign[:, None, None], 0)
    # Full ink is the strength of the strongest hundredth of the pixels.
    full = np.maximum(np.quantile(strength, 0.99, axis=(1, 2)), np.float32(1 / 255)).astype(np.float32)
    share = np.minimum(strength / full[:, None, None], 1).astype(np.float32)
    reach = np.maximum(np.where(lighter, 1 - ground, ground), np.float32(1 / 255))
    return Ink(
        share,
        np.minimum(strength / reach[:, None, None], 1).astype(np.float32),
        ground.astype(np.float32),
        (ground + sign * full).astype(np.float32),
    )


def border_of(values: NDArray[np.floating[Any]]) -> NDArray[np.floating[Any]]:
    """Return the pixels along the four edges of pictures [M, H, W]: [M, P]."""
    return np.concatenate([values[:, 0], values[:, -1], values[:, :, 0], values[:, :, -1]], axis=1)


def measured(share: NDArray[np.float32]) -> dict[str, NDArray[np.float64]]:
    """Compute MEASURES of the ink [M, H, W] of pictures, each [M]; pictures without ink have 0 for all but the ground."""
    height, width = share.shape[1:]
    inked = np.asarray(share > INKED)
    rows, columns = np.asarray(inked.any(2)), np.asarray(inked.any(1))
    top, bottom = rows.argmax(1) / height, np.where(rows.any(1), 1 - rows[:, ::-1].argmax(1) / height, 0)
    left, right = columns.argmax(1) / width, np.where(columns.any(1), 1 - columns[:, ::-1].argmax(1) / width, 0)
    mass = np.maximum(share.sum((1, 2), dtype=np.float64), 1e-9)
    down = share.sum(2, dtype=np.float64) @ (np.arange(height) + 0.5) / mass / height
    across = share.sum(1, dtype=np.float64) @ (np.arange(width) + 0.5) / mass / width
    side = min(height, width)
    return {
        "height": bottom - top,
        "width": right - left,
        "longer": np.minimum(np.maximum((bottom - top) * height, (right - left) * width) / side, 1),
        "top": top,
        "bottom": bottom,
        "middle x": (left + right) / 2,
        "middle y": (top + bottom) / 2,
        "mass x": across,
        "mass y": down,
        "ground": (border_of(share) < EVEN).mean(1),
        "stroke": _stroke(share) / side,
    }


def fits(ink: Ink, layout: Layout) -> NDArray[np.bool_]:
    """[M]: which pictures have their ink where `layout` has it, on an even ground of any level."""
    found = measured(ink.share)
    good = found["height"] > 0
    for name, (low, _, high) in layout.spans.items():
        if name == "stroke":
            continue
        if name == "ground":
            good &= found[name] >= low - GROUND
        else:
            good &= (found[name] >= low - NEAR) & (found[name] <= high + NEAR)
    return good


def recoloured(ink: Ink, layout: Layout) -> NDArray[np.uint8]:
    """Return pictures with the same ink, uint8 [M, H, W, 1], in the levels of `layout`."""
    values = layout.ground + ink.strength * np.float32(layout.ink - layout.ground)
    levels: NDArray[np.uint8] = np.rint(values[..., None] * 255).astype(np.uint8)
    return levels


def same_levels(ink: Ink, layout: Layout) -> NDArray[np.bool_]:
    """[M]: which pictures have the ground level of `layout`, and ink on the same side of it."""
    near = np.abs(ink.ground - layout.ground) <= EVEN
    same: NDArray[np.bool_] = near & ((ink.full > ink.ground) == (layout.ink > layout.ground))
    return same


def _stroke(share: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return the width of the strokes in pixels [M]: twice the ink's area by the length of its outline, see data.attributes."""
    wide = np.pad(share, ((0, 0), (0, 1), (0, 1)))
    down, right = wide[:, 1:, :-1] - share, wide[:, :-1, 1:] - share
    outline = np.sqrt(down**2 + right**2).sum((1, 2), dtype=np.float64)
    width: NDArray[np.float64] = np.minimum(
        2 * share.sum((1, 2), dtype=np.float64) / np.maximum(outline, 1e-3), min(share.shape[1:])
    )
    return width
