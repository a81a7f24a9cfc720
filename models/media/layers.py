"""Converts pictures that are laid over another, from whatever a notebook gives."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from zscape.models.errors import ZscapeError
from zscape.models.media.images import layer_in, read_layer


def layer_of(given: object) -> NDArray[np.uint8]:
    """Convert a picture to be laid over another, as `read_layer` does: uint8 [H, W, 4], RGB and opacity.

    given: an array uint8 [H, W, 4], or without opacity [H, W, 3], [H, W, 1] or [H, W], which is then opaque where it is not dark;
    a PIL image; or a path. Raises ZscapeError for anything else.
    """
    if isinstance(given, str | Path):
        return read_layer(given)
    if isinstance(given, Image.Image):
        return layer_in(given, "the paint")
    try:
        array = np.asarray(given)
    except (TypeError, ValueError, RuntimeError) as error:  # a torch tensor on a GPU, or one that requires grad
        raise ZscapeError(f"Paint must be uint8 [H, W, 4], RGB and opacity: {error}.") from error
    array = array[..., 0] if array.ndim == 3 and array.shape[2] == 1 else array
    if (
        array.dtype != np.uint8
        or array.ndim not in (2, 3)
        or (array.ndim == 3 and array.shape[2] not in (3, 4))
        or not array.size
    ):
        raise ZscapeError(f"Paint must be uint8 [H, W, 4], RGB and opacity, not {array.dtype} {list(array.shape)}.")
    if array.ndim == 3 and array.shape[2] == 4:
        return array
    colours = np.array(Image.fromarray(array).convert("RGB"))
    return np.concatenate([colours, np.where(colours.max(2, keepdims=True) > 127, 255, 0).astype(np.uint8)], 2)
