"""Lays out pictures like a model's data: unchanged if they have its layout, otherwise with their glyph scaled and placed."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from zscape.models.files.layout import Layout
from zscape.models.media.preparing.ink import fits, ink_of, measured, recoloured, same_levels
from zscape.models.media.resize import fit_image

FINER = 4
"""Factor by which the canvas is finer than the picture, so that a glyph is placed to a fraction of a pixel."""
ROUNDS = 3
"""Number of times that size and place are measured and corrected."""


def as_laid_out(picture: NDArray[np.uint8], layout: Layout, height: int, width: int) -> NDArray[np.uint8] | None:
    """Return a clean grey picture uint8 [H0, W0, 1] that has the data's layout as uint8 [height, width, 1]; None for others.

    It is only resized, as pictures are for training; one with other levels (black on white instead of white on black) gets those
    of the data.
    """
    resized = fit_image(picture, 1, height, width)[None]
    ink = ink_of(resized)
    if not fits(ink, layout)[0]:
        return None
    ready: NDArray[np.uint8] = resized[0] if same_levels(ink, layout)[0] else recoloured(ink, layout)[0]
    return ready


def placed(glyph: Image.Image, layout: Layout, height: int, width: int) -> NDArray[np.uint8]:
    """Place a cropped glyph (light on dark, any size) with the size and position typical of the data: uint8 [height, width, 1].

    It is made smaller if it would not fit into the picture.
    """
    typical = {name: middle for name, (_, middle, _) in layout.spans.items()}
    if layout.size == "height":
        scale = typical["height"] * height / glyph.height
    else:
        scale = typical["longer"] * min(height, width) / max(glyph.size)
    across, down = typical["middle x"] * width, typical["middle y"] * height
    share = np.zeros((1, height, width), np.float32)
    for _ in range(ROUNDS):
        scale = min(scale, height / glyph.height, width / glyph.width)
        share = _pasted(glyph, scale, across, down, height, width)
        found = {name: float(values[0]) for name, values in measured(share).items()}
        if found["height"] <= 0:
            break
        scale *= typical[layout.size] / max(found[layout.size], 1e-3)
        across += (typical[layout.across] - found[layout.across]) * width
        down += (typical[layout.down] - found[layout.down]) * height
    values = layout.ground + share[0] * np.float32(layout.ink - layout.ground)
    levels: NDArray[np.uint8] = np.rint(values[..., None] * 255).astype(np.uint8)
    return levels


def _pasted(glyph: Image.Image, scale: float, across: float, down: float, height: int, width: int) -> NDArray[np.float32]:
    """Scale the glyph and centre it at (across, down) pixels, or as near as it fits: float32 [1, height, width], 0 to 1."""
    size = (max(1, round(glyph.width * scale * FINER)), max(1, round(glyph.height * scale * FINER)))
    canvas = Image.new("L", (width * FINER, height * FINER))
    place = []
    for middle, length, limit in ((across, size[0], canvas.width), (down, size[1], canvas.height)):
        place.append(int(np.clip(round(middle * FINER - length / 2), 0, max(limit - length, 0))))
    canvas.paste(glyph.resize(size, Image.Resampling.LANCZOS), (place[0], place[1]))
    fine = np.asarray(canvas, np.float32).reshape(1, height, FINER, width, FINER)
    mean: NDArray[np.float32] = fine.mean((2, 4)) / np.float32(255)
    return mean
