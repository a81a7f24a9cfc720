"""Chooses what shows through the transparent parts of a picture."""

from __future__ import annotations

import numpy as np
from PIL import Image

VISIBLE = 128
"""Of 255: pixels of at least this opacity count as visible."""
UNIFORM = 64
"""Grey levels between the darkest and the lightest tenth of the visible pixels, below which they count as one shade."""
FILLED = 0.9
"""Fraction of its bounding box that a sheet of paper fills, and a drawing or a cut-out object does not."""


def opaque(picture: Image.Image) -> Image.Image:
    """Convert a picture with transparency to RGB, over the background it was made for.

    If the visible pixels are light on average, the background is black, otherwise white, so that they stand out: a white drawing
    on transparency becomes light on dark. A sheet of paper with a drawing on it and transparent surroundings is laid over the
    shade of the paper instead. White if nothing is visible.
    """
    layers = picture.convert("RGBA")
    background = Image.new("RGBA", layers.size, "white" if _over_white(layers) else "black")
    return Image.alpha_composite(background, layers).convert("RGB")


def _over_white(layers: Image.Image) -> bool:
    alpha = np.asarray(layers.getchannel("A"))
    visible = alpha >= VISIBLE
    if not visible.any():  # only faint traces, if anything
        visible = alpha > 0
    if not visible.any():
        return True
    shades = np.asarray(layers.convert("RGB").convert("L"))[visible]
    rows, columns = np.flatnonzero(visible.any(1)), np.flatnonzero(visible.any(0))
    box = (rows[-1] - rows[0] + 1) * (columns[-1] - columns[0] + 1)
    dark, light = np.percentile(shades, (10, 90))
    if visible.mean() < 1 and visible.sum() >= FILLED * box and light - dark >= UNIFORM:
        return bool(np.median(shades) > 127)
    return bool(shades.mean() <= 127)
