"""Draws a legend for the colours of a map below its picture."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from zscape.models.maps.collection import Collection
from zscape.models.maps.drawing.colours import class_colours, rgb, shades, span
from zscape.models.maps.drawing.picture import CLASS, MARGIN
from zscape.models.media.film.mark_drawing import FONT

LETTERS, LINE, SQUARE, GAP = 22, 36, 18, 28
"""In pixels: height of the letters, height of a line, side of a coloured square, gap between names."""
SCALE = 300
"""Width in pixels of the scale of an attribute."""
INK = (40, 40, 40)
MOST = 200
"""With more classes none is named: nobody can distinguish that many colours."""


def with_legend(picture: NDArray[np.uint8], collection: Collection, by: str = CLASS) -> NDArray[np.uint8]:
    """Add a legend below `picture`, uint8 [H, W, 3]: the classes on it, or the scale of the attribute `by`.

    Returns uint8 [H + lines, W, 3]; unchanged if the collection has one class, or more than 200.
    """
    width, font = picture.shape[1], ImageFont.truetype(str(FONT), LETTERS, layout_engine=ImageFont.Layout.BASIC)
    if by != CLASS:
        return _below(picture, _scale(collection, by, width, font))
    names = [" ".join(name.split()) for name in collection.class_names]
    if not 1 < len(collection.class_names) <= MOST:
        return picture
    shown = np.unique(collection.labels).tolist()
    colours = rgb(class_colours(len(collection.class_names)))
    places, x, y = [], MARGIN, 0
    for label in shown:
        wide = SQUARE + 10 + round(font.getlength(names[label]))
        if x > MARGIN and x + wide > width - MARGIN:
            x, y = MARGIN, y + LINE
        places.append((label, x, y))
        x += wide + GAP
    strip = Image.new("RGB", (width, y + LINE + MARGIN), "white")
    pen = ImageDraw.Draw(strip)
    for label, left, top in places:
        red, green, blue = colours[label].tolist()
        middle = top + LINE // 2
        pen.rectangle((left, middle - SQUARE // 2, left + SQUARE - 1, middle + SQUARE // 2 - 1), fill=(red, green, blue))
        pen.text((left + SQUARE + 10, middle), names[label], fill=INK, font=font, anchor="lm")
    return _below(picture, np.asarray(strip))


def _scale(collection: Collection, by: str, width: int, font: ImageFont.FreeTypeFont) -> NDArray[np.uint8]:
    low, high = span(collection.attributes[by])
    strip = Image.new("RGB", (width, LINE + MARGIN), "white")
    pen = ImageDraw.Draw(strip)
    before, after = f"{by}  {low:.3g}", f"{high:.3g}"
    pen.text((MARGIN, LINE // 2), before, fill=INK, font=font, anchor="lm")
    left = MARGIN + round(font.getlength(before)) + 12
    pen.text((left + SCALE + 12, LINE // 2), after, fill=INK, font=font, anchor="lm")
    pixels = np.array(strip)
    bar = shades(np.linspace(0, 1, SCALE))[: max(0, width - left)]
    top = (LINE - SQUARE) // 2
    pixels[top : top + SQUARE, left : left + len(bar)] = rgb(bar)
    return pixels


def _below(picture: NDArray[np.uint8], strip: NDArray[np.uint8]) -> NDArray[np.uint8]:
    return np.concatenate([picture, strip])
