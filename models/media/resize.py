"""Resizes pictures to the size and channels that an input takes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps


def resized(image: NDArray[np.uint8], size: tuple[int, int, int]) -> NDArray[np.uint8]:
    """Crop and scale an image uint8 [H, W, 1 or 3] to fill `size` (height, width, channels): uint8 of that shape."""
    height, width, channels = size
    if image.shape == size:
        return image
    picture = Image.fromarray(image[..., 0] if image.shape[2] == 1 else image)
    picture = picture.convert("L" if channels == 1 else "RGB")
    fitted = np.asarray(ImageOps.fit(picture, (width, height), Image.Resampling.LANCZOS))
    return fitted.reshape(size)


def fit_image(image: NDArray[np.uint8], channels: int, height: int, width: int) -> NDArray[np.uint8]:
    """Fit one picture uint8 [H0, W0, 1 or 3] into [height, width, channels] with an antialiased Lanczos filter.

    A different aspect ratio is kept, and the picture is centred on a canvas of the median of its border.
    """
    picture = Image.fromarray(image[..., 0] if image.shape[2] == 1 else image).convert("L" if channels == 1 else "RGB")
    scale = min(width / picture.width, height / picture.height)
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    if size != picture.size:
        picture = picture.resize(size, Image.Resampling.LANCZOS)
    small = np.asarray(picture).reshape(size[1], size[0], channels)
    if size == (width, height):
        return small
    border = np.concatenate([small[0], small[-1], small[:, 0], small[:, -1]])  # [P, C]
    canvas = np.empty((height, width, channels), np.uint8)
    canvas[...] = np.median(border, axis=0).astype(np.uint8)
    top, left = (height - size[1]) // 2, (width - size[0]) // 2
    canvas[top : top + size[1], left : left + size[0]] = small
    return canvas
