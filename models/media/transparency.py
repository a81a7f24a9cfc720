"""What is seen through the clear parts of a picture."""

from __future__ import annotations

import numpy as np
from PIL import Image

VISIBLE = 128
"""Of 255: pixels of at least this opacity count as visible."""
UNIFORM = 64
"""Grey levels between the darker and the lighter tenth of the visible pixels, below which they are of one shade."""
FILLED = 0.9
"""The share of its bounding box that a sheet of paper fills and a drawing or a thing that was cut out does not."""


def opaque(picture: Image.Image) -> Image.Image:
    """A picture with transparency as RGB, laid over the background that it was made for.

    Where what is visible is light on average, the background is black, else white, so that it stands out: a white drawing on
    clear is light on dark. A sheet of paper with a drawing on it, its surroundings clear, is laid over the shade of the paper
    instead. White where nothing is visible.
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
