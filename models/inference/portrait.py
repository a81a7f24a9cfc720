"""A small picture of what a model draws."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from zscape.models.files.checkpoint import Model
from zscape.models.inference.runner import GeneratorRunner
from zscape.models.inputs.blending import truncated
from zscape.models.inputs.kinds.classes import Classes
from zscape.models.inputs.points import resolve
from zscape.models.inputs.recipe import Recipe
from zscape.models.media.grids import grid

TRUNCATION = 0.8
"""For typical rather than unusual images."""


def portrait(model: Model, side: int) -> NDArray[np.uint8]:
    """Draw side x side images of classes spread over the whole list, as one picture: uint8 [side * H, side * W, 3].

    The same model always gives the same picture. Raises ZscapeError if it cannot draw.
    """
    space = model.space
    classes = space.first(Classes)
    count = side * side
    recipes = [truncated(Recipe.seed(seed), TRUNCATION, space) for seed in range(1, count + 1)]
    if classes is not None:
        step = max(1, len(classes.labels) // count)
        only = [classes.only(place * step % len(classes.labels)) for place in range(count)]
        recipes = [recipe.with_value(classes.name, value) for recipe, value in zip(recipes, only, strict=True)]
    images = GeneratorRunner(model, "cpu").draw(resolve(recipes, space, side, side)).images
    return grid(images, side, side)
