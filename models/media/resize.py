"""Bringing a picture to the size and channels that an input takes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps


def resized(image: NDArray[np.uint8], size: tuple[int, int, int]) -> NDArray[np.uint8]:
    """An image uint8 [H, W, 1 or 3] as uint8 of `size` (height, width, channels): its middle, scaled to fill it."""
    height, width, channels = size
    if image.shape == size:
        return image
    picture = Image.fromarray(image[..., 0] if image.shape[2] == 1 else image)
    picture = picture.convert("L" if channels == 1 else "RGB")
    fitted = np.asarray(ImageOps.fit(picture, (width, height), Image.Resampling.LANCZOS))
    return fitted.reshape(size)
