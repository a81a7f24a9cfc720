"""A crop box on a picture: moved, scaled and turned, and what lies in it."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from PIL import Image

LARGEST = 1024
"""Pixels of the longer side of what is cut out; more is never needed."""
SMALLEST = 4.0
"""Pixels of the shorter side of a box."""


@dataclass(frozen=True)
class CropBox:
    """A rectangle on a picture, in the picture's pixels, y downwards.

    x, y: its centre. width, height: its sides. angle: degrees that it is turned clockwise, -180 to 180.
    """

    x: float
    y: float
    width: float
    height: float
    angle: float = 0.0

    def corners(self) -> NDArray[np.float64]:
        """[4, 2] (x, y): top left, top right, bottom right, bottom left as seen upright."""
        half = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]) * (self.width / 2, self.height / 2)
        turn = math.radians(self.angle)
        rotation = np.array([[math.cos(turn), math.sin(turn)], [-math.sin(turn), math.cos(turn)]])
        corners: NDArray[np.float64] = half @ rotation + (self.x, self.y)
        return corners

    def scaled(self, factor: float) -> CropBox:
        """The same box on the picture enlarged by `factor`."""
        return CropBox(self.x * factor, self.y * factor, self.width * factor, self.height * factor, self.angle)

    def within(self, width: int, height: int) -> CropBox:
        """As near as can be: its centre on a picture of width x height, its sides from SMALLEST to the picture's diagonal."""
        most = math.hypot(width, height)
        return replace(
            self,
            x=min(max(self.x, 0.0), float(width)),
            y=min(max(self.y, 0.0), float(height)),
            width=min(max(self.width, SMALLEST), most),
            height=min(max(self.height, SMALLEST), most),
            angle=(self.angle + 180) % 360 - 180,
        )


def whole(width: int, height: int) -> CropBox:
    """The box of all of a picture."""
    return CropBox(width / 2, height / 2, width, height)


def cut(image: NDArray[np.uint8], box: CropBox) -> NDArray[np.uint8]:
    """What lies in `box`, turned upright: uint8 [h, w, C] of `image` [H, W, C], its longer side at most LARGEST pixels.

    What lies outside of the picture repeats its edge.
    """
    height, width, channels = image.shape
    box = box.within(width, height)
    if box == whole(width, height) and max(width, height) <= LARGEST:
        return image
    factor = min(1.0, LARGEST / max(box.width, box.height))
    picture = Image.fromarray(image[..., 0] if channels == 1 else image)
    if factor < 1:  # else the affine transform, which looks at 4 x 4 pixels, would skip some
        size = (max(1, round(width * factor)), max(1, round(height * factor)))
        picture, box = picture.resize(size, Image.Resampling.BOX), box.scaled(factor)
    corners = box.corners()
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
