"""Preprocessing: converts any picture to an input with the size and layout of a generator's images."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter, ImageOps

from zscape.models.errors import ZscapeError
from zscape.models.files.layout import Layout
from zscape.models.files.spec import Subject
from zscape.models.media.preparing.crop import cut
from zscape.models.media.preparing.extremes import common_around, least_around, most_around
from zscape.models.media.preparing.ground import FIELD, Grey, dark_on_light, light_on_dark, paper_of, reduced
from zscape.models.media.preparing.layout import misplaced
from zscape.models.media.preparing.paper import find_paper
from zscape.models.media.preparing.placing import as_laid_out, placed

Box = tuple[int, int, int, int]
"""Left, top, right, bottom in pixels."""
WORKING = 400
"""Longest side, in pixels, to which a picture is reduced before its ink is segmented."""
DRAWN = 5
"""Pixels of a drawing per pixel of the result: more would make no visible difference."""
BOX = 20 / 28
"""MNIST's digits fill a box of 20 of the 28 pixels."""
LEAST_CONTRAST = 0.1
"""Minimum contrast of ink and paper, where black to white is 1; anything below is noise."""
THINNEST = 1.8
"""In pixels: thinner strokes in the result (of a ballpoint pen) are thickened to this, the thin end of MNIST's own."""


def prepare(
    image: NDArray[np.uint8], image_shape: tuple[int, int, int], subject: Subject = "glyph", layout: Layout | None = None
) -> NDArray[np.uint8]:
    """Convert a picture uint8 [H0, W0, 1 or 3] to an input for a generator of `image_shape` = (C, H, W): uint8 [H, W, C].

    A picture of the right size is only converted to grey or RGB and, for a grey generator, to light on dark (see
    `light_on_dark`); but a glyph placed or sized differently from MNIST's (see `misplaced`) is prepared like one of another size.
    For a colour generator, a picture of another size is cropped to its centre and resized. For a grey generator of glyphs it is
    read as a drawing or a photograph of one: a sheet of paper on a desk is cut out (see `find_paper`), and the picture is
    normalised as MNIST was (Y. LeCun et al., 1998): ink white on black, even light, the glyph's longer side 20/28 of the picture,
    its centre of mass in the middle. For a grey generator of objects it is prepared as Fashion-MNIST was (H. Xiao et al., 2017,
    section 2): light on dark, the object cut out from the background with its shades, its longer side that of the picture. If the
    layout of the model's data is known, a clean picture of any size with that layout is only resized (see `as_laid_out`), and the
    glyph of any other is scaled and placed by it (see `placed`) instead of by MNIST's. Raises ZscapeError if nothing is found in
    the picture.
    """
    channels, height, width = image_shape
    picture = Image.fromarray(image[..., 0] if image.shape[2] == 1 else image).convert("L" if channels == 1 else "RGB")
    if layout and channels == 1:
        if (laid := as_laid_out(np.asarray(picture)[..., None], layout, height, width)) is not None:
            return laid
        if subject == "glyph":
            return _placed(*_ink_and_box(_sheet_of(picture), min(height, width)), layout, height, width)
    if picture.size == (width, height):
        ready: NDArray[np.uint8] = np.asarray(picture).reshape(height, width, channels)
        if channels != 1:
            return ready
        ready = light_on_dark(ready[None])[0]
        return (
            _centred(_glyph(Image.fromarray(ready[..., 0]), min(height, width)), height, width)
            if (subject == "glyph" and misplaced(ready[None])[0])
            else ready
        )
    if channels != 1:
        return np.asarray(ImageOps.fit(picture, (width, height), Image.Resampling.LANCZOS))
    if subject == "object":
        return _object(picture, height, width)
    return _centred(_glyph(_sheet_of(picture), min(height, width)), height, width)


def prepare_drawing(
    paper: NDArray[np.uint8], image_shape: tuple[int, int, int], subject: Subject = "glyph", layout: Layout | None = None
) -> NDArray[np.uint8]:
    """Prepare a drawing, light on black, uint8 [H0, W0, 1], like `prepare` but faster, since ink and paper are known.

    Raises ZscapeError if nothing was drawn.
    """
    if image_shape[0] != 1 or subject != "glyph":
        return prepare(paper, image_shape, subject, layout)
    _, height, width = image_shape
    side = min(height, width)
    ink = np.asarray(reduced(Image.fromarray(paper[..., 0]), DRAWN * side), np.float32) / np.float32(255)
    box = _box(ink, fine=False)
    return _placed(ink, box, layout, height, width) if layout else _centred(_boxed(ink, box, side), height, width)


def _placed(ink: Grey, box: Box, layout: Layout, height: int, width: int) -> NDArray[np.uint8]:
    """Scale and place the glyph in `box` by `layout`; strokes thinner than nearly all of the data's are thickened."""
    side = min(height, width)
    left, top, right, bottom = box
    size = bottom - top if layout.size == "height" else max(right - left, bottom - top)
    scale = layout.spans[layout.size][1] * (height if layout.size == "height" else side) / size
    thickened, margin = _thickened(ink, scale, layout.spans["stroke"][0] * side)
    return placed(thickened.crop((left - margin, top - margin, right + margin, bottom + margin)), layout, height, width)


def _sheet_of(picture: Image.Image) -> Image.Image:
    """Cut out the sheet of paper in a grey picture; return the whole picture if there is none."""
    pixels = np.asarray(picture)
    box = find_paper(pixels)
    return picture if box is None else Image.fromarray(cut(pixels[..., None], box)[..., 0])


def _object(picture: Image.Image, height: int, width: int) -> NDArray[np.uint8]:
    """Cut out the object of a grey picture, its longer side that of the result: uint8 [height, width, 1]."""
    values = np.asarray(reduced(picture, WORKING), np.float32)
    border = paper_of(values)
    # On a lighter background: the fraction of the light that the object absorbs. On a darker one: how much lighter it is.
    darker = dark_on_light(values / np.float32(255))
    shade = 1 - values / max(border, 1.0) if darker else (values - border) / max(255 - border, 1.0)
    shade = np.clip(shade, 0, 1)
    found = Image.fromarray(common_around(shade > LEAST_CONTRAST, 5)).getbbox()  # without dust
    if found is None:
        raise ZscapeError("Nothing stands out in this picture; choose one of a single thing before an even background")
    # Anything fainter is background.
    levels = np.where(shade > LEAST_CONTRAST / 2, np.rint(shade * 255), 0).astype(np.uint8)
    cut = ImageOps.contain(Image.fromarray(levels).crop(found), (width, height), Image.Resampling.LANCZOS)
    canvas = Image.new("L", (width, height))
    canvas.paste(cut, ((width - cut.width) // 2, (height - cut.height) // 2))
    return np.asarray(canvas).reshape(height, width, 1)


def _glyph(picture: Image.Image, side: int) -> Grey:
    """Return the ink of a grey picture, cropped and scaled to its box: float32 [h, w] in 0..1, longer side round(BOX * side)."""
    ink, box = _ink_and_box(picture, side)
    return _boxed(ink, box, side)


def _ink_and_box(picture: Image.Image, side: int) -> tuple[Grey, Box]:
    """Return the ink of a grey picture, reduced: float32 [h, w] in 0..1, and the box of its glyph."""
    picture = reduced(picture, WORKING)
    fine = min(picture.size) > 3 * side  # finer than the glyph will be, so detail can be traded for less noise
    ink = _ink(picture.filter(ImageFilter.GaussianBlur(1)) if fine else picture)
    return ink, _box(ink, fine)


def _box(ink: Grey, fine: bool) -> Box:
    """Return the box of the glyph in ink [H, W]. fine: whether the ink may contain dust."""
    mask = ink > 0.5
    clean = common_around(mask, 5) if fine else mask  # removes dust, unless there is nothing else
    found = Image.fromarray(clean).getbbox() or Image.fromarray(mask).getbbox()
    if found is None:
        raise ZscapeError("There is no ink in this picture; draw or photograph one character, dark on light or light on dark")
    return found


def _boxed(ink: Grey, box: Box, side: int) -> Grey:
    """Crop ink [H, W] to the box of its glyph and scale it: float32 [h, w] in 0..1."""
    longer = round(BOX * side)
    left, top, right, bottom = box
    thickened, margin = _thickened(ink, longer / max(right - left, bottom - top), THINNEST)
    crop = thickened.crop((left - margin, top - margin, right + margin, bottom + margin))
    scale = longer / max(crop.size)
    size = (max(1, round(crop.width * scale)), max(1, round(crop.height * scale)))
    glyph: Grey = np.asarray(crop.resize(size, Image.Resampling.BICUBIC), np.float32) / np.float32(255)
    return glyph


def _ink(picture: Image.Image) -> Grey:
    """Return ink (1) and paper (0) of a grey picture, dark on light or light on dark, evenly lit or not."""
    values: Grey = np.asarray(picture, np.float32) / np.float32(255)
    if dark_on_light(values):
        # ink absorbs a fraction of the light on the paper: 1 - value / paper, the same in light and in shadow
        paper = 1 - _light(1 - values)
        values = np.maximum(1 - values / np.maximum(paper, np.float32(0.1)), 0)
    else:
        values = np.maximum(values - _light(values), 0)
    threshold = otsu(values)
    dark, bright = values[values <= threshold], values[values > threshold]
    if not bright.size or bright.mean() - dark.mean() < max(LEAST_CONTRAST, 3 * float(dark.std())):
        raise ZscapeError("There is no ink in this picture; draw or photograph one character, dark on light or light on dark")
    black, white = dark.mean() + 2 * dark.std(), np.median(bright)  # half of the ink is full ink, as in MNIST
    black = min(black, threshold)
    ink: Grey = np.clip((values - black) / max(float(white - black), 1e-3), 0, 1).astype(np.float32)
    return ink


def _light(values: Grey) -> Grey:
    """Return the brightness of the paper at every pixel: the picture without anything narrower than a quarter of it, blurred.

    A morphological opening (J. Serra, "Image Analysis and Mathematical Morphology", 1982): strokes go, slow changes stay.
    """
    small = reduced(Image.fromarray((values * 255).astype(np.uint8)), FIELD)
    side = max(small.size) // 8 * 2 + 1
    padded = np.pad(np.asarray(small), side, mode="edge")
    opened = Image.fromarray(most_around(least_around(padded, side), side)).filter(ImageFilter.GaussianBlur(side / 4))
    opened = opened.crop((side, side, side + small.width, side + small.height))
    light: Grey = np.asarray(opened.resize(values.shape[::-1], Image.Resampling.BICUBIC), np.float32) / np.float32(255)
    return light


def otsu(values: NDArray[np.floating[Any]]) -> float:
    """Return the threshold that splits values (any shape, 0 to 1) into the two most distant classes; histogram of 256 bins.

    N. Otsu, "A threshold selection method from gray-level histograms", 1979.
    """
    counts, edges = np.histogram(values, 256, (0, 1))
    weight = np.cumsum(counts) / values.size
    mean = np.cumsum(counts * (edges[:-1] + edges[1:]) / 2) / values.size
    with np.errstate(divide="ignore", invalid="ignore"):
        between = np.nan_to_num((mean[-1] * weight - mean) ** 2 / (weight * (1 - weight)), posinf=0)
    best = np.flatnonzero(between >= between.max() * (1 - 1e-9))  # if there is a gap between the classes, its middle
    return float(edges[1 + (best[0] + best[-1]) // 2])


def _thickened(ink: Grey, scale: float, thinnest: float) -> tuple[Image.Image, int]:
    """Return the ink as a picture with strokes at least `thinnest` wide once scaled, and their growth per side in pixels."""
    mask = ink > 0.5
    outline = (mask[1:] != mask[:-1]).sum() + (mask[:, 1:] != mask[:, :-1]).sum()
    width = (
        2 * mask.sum() / max(int(outline), 1) * (4 / np.pi)
    )  # on average, the length of a slanting outline is pi/4 of what a grid counts
    grow = max(0, round((thinnest / scale - width) / 2))
    return Image.fromarray(most_around((ink * 255).astype(np.uint8), 2 * grow + 1)), grow


def _centred(glyph: Grey, height: int, width: int) -> NDArray[np.uint8]:
    """Place the glyph on black with its centre of mass at (height/2, width/2) to the nearest pixel, as far as it fits."""
    mass = float(glyph.sum())
    canvas = np.zeros((height, width, 1), np.uint8)
    place = []
    for axis, size in enumerate((height, width)):
        along = glyph.sum(axis=1 - axis)
        centre = float(along @ np.arange(len(along))) / max(mass, 1e-6)
        place.append(int(np.clip(round(size / 2 - centre), 0, size - len(along))))
    top, left = place
    canvas[top : top + glyph.shape[0], left : left + glyph.shape[1], 0] = np.rint(glyph * 255)
    return canvas
