"""Cuts a crop box out of a picture, and proposes one."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from zscape.models.files.spec import Subject
from zscape.models.media.preparing.crop_box import CropBox, centred, whole
from zscape.models.media.preparing.paper import find_paper

LARGEST = 1024
"""Maximum pixels of the longer side of a cut-out; more is never needed."""


def propose(image: NDArray[np.uint8], image_shape: tuple[int, int, int], subject: Subject = "glyph") -> CropBox:
    """Propose the box for a generator of `image_shape` = (C, H, W) that draws `subject`, on a picture uint8 [H0, W0, 1 or 3].

    For a generator of grey glyphs this is the sheet of paper, if there is one (see `find_paper`); for one of grey objects, which
    may be as angular as a sheet, the whole picture; for a colour generator the centre, with the generator's aspect ratio.
    """
    channels, height, width = image_shape
    if channels != 1:
        return centred(image.shape[1], image.shape[0], width / height)
    if subject == "object":
        return whole(image.shape[1], image.shape[0])
    grey = Image.fromarray(image[..., 0] if image.shape[2] == 1 else image).convert("L")
    return find_paper(np.asarray(grey)) or whole(image.shape[1], image.shape[0])


def cut(image: NDArray[np.uint8], box: CropBox) -> NDArray[np.uint8]:
    """Cut out `box`, turned upright: uint8 [h, w, C] from `image` [H, W, C], its longer side at most LARGEST pixels.

    Parts outside the picture repeat its edge.
    """
    height, width, channels = image.shape
    box = box.within(width, height)
    if box == whole(width, height) and max(width, height) <= LARGEST:
        return image
    factor = min(1.0, LARGEST / max(box.width, box.height))
    picture = Image.fromarray(image[..., 0] if channels == 1 else image)
    if factor < 1:  # reduce first: the affine transform only reads 4 x 4 pixels and would skip some
        size = (max(1, round(width * factor)), max(1, round(height * factor)))
        picture, box = picture.resize(size, Image.Resampling.BOX), box.scaled(factor)
    corners = np.array(box.corners())
    low, high = np.floor(corners.min(0)).astype(int), np.ceil(corners.max(0)).astype(int)
    before = np.maximum(-low, 0)
    after = np.maximum(high - picture.size, 0)
    if before.any() or after.any():
        pixels = np.asarray(picture)
        sides = ((before[1], after[1]), (before[0], after[0]), (0, 0))[: pixels.ndim]
        picture = Image.fromarray(np.pad(pixels, sides, mode="edge"))
        corners = corners + before
    size = (max(1, round(box.width)), max(1, round(box.height)))
    top_left, along, down = corners[0], (corners[1] - corners[0]) / size[0], (corners[3] - corners[0]) / size[1]
    matrix = (along[0], down[0], top_left[0], along[1], down[1], top_left[1])
    taken = picture.transform(size, Image.Transform.AFFINE, matrix, Image.Resampling.BICUBIC)
    return np.asarray(taken).reshape(size[1], size[0], channels)
