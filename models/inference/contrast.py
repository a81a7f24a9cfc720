"""Contrast of pictures: for one that is nearly plain, any drawing is close, whatever it shows."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from zscape.models.files.checkpoint import Model
from zscape.models.inference.encoding import runner_of
from zscape.models.inference.made_once import MadeOnce
from zscape.models.inputs.points import resolve
from zscape.models.inputs.recipe import Recipe

SIDE = 8
"""SIDE * SIDE pictures of a model are measured."""


def contrast(images: NDArray[np.uint8]) -> NDArray[np.float64]:
    """Return the mean squared distance [M] of pixels from the mean colour of each image uint8 [M, H, W, C]; pixels 0 to 1."""
    pixels = images.astype(np.float64) / 255
    spread: NDArray[np.float64] = np.square(pixels - pixels.mean((1, 2), keepdims=True)).mean((1, 2, 3))
    return spread


def _usual(model: Model, device: str) -> float:
    recipes = [Recipe.seed(seed) for seed in range(1, 1 + SIDE * SIDE)]
    drawn = runner_of(model, device).generator.draw(resolve(recipes, model.space, SIDE, SIDE))
    return float(contrast(drawn.images).mean())


_known: MadeOnce[Model, str, float] = MadeOnce(_usual)


def share_of_usual(model: Model, image: NDArray[np.uint8], device: str = "cpu") -> float:
    """Return the contrast of an image uint8 [H, W, C], as a fraction of that of images drawn by `model`, which has an encoder."""
    usual = _known.of(model, device)
    return float(contrast(image[None])[0]) / usual if usual > 0 else 1.0
