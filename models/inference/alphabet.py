"""Every class of a model in one style."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from zscape.models.files.checkpoint import Model
from zscape.models.inference.encoding import encode, restyle
from zscape.models.inference.runner import GeneratorRunner
from zscape.models.inputs.blending import truncated
from zscape.models.inputs.classes import Classes
from zscape.models.inputs.recipe import Recipe
from zscape.models.lettering.typeface import Typeface, check_letters, typeface_of
from zscape.models.progress import Work
from zscape.models.sweeps.single import ClassRow


def alphabet(runner: GeneratorRunner, recipe: Recipe) -> NDArray[np.uint8]:
    """The point of `recipe` in every class: uint8 [K, H, W, C]."""
    return runner.draw(ClassRow(recipe).points(runner.model.space)).images


def typeface_at(model: Model, seed: int, truncation: float = 1.0, device: str = "auto") -> Typeface:
    """The typeface of a seed. Raises ZscapeError for a model whose classes are no single letters."""
    check_letters(model.spec.class_names)
    space = model.space
    recipe = truncated(Recipe.seed(seed), truncation, space)
    return typeface_of(alphabet(GeneratorRunner(model, device), recipe), model.spec.class_names)


def typeface_like(
    model: Model, picture: NDArray[np.uint8], letter: str | None = None, refine: int = 0, device: str = "auto"
) -> Work[Typeface]:
    """The typeface of one letter's picture uint8 [H, W, C], made ready for the model.

    letter: which it is, None to have it found. refine: see `encode`. Raises ZscapeError for a model whose classes are no single
    letters, one without an encoder, and a letter it does not draw.
    """
    check_letters(model.spec.class_names)
    labels = None
    if letter is not None:
        labels = np.array([Classes("class", model.spec.class_names).number(letter)], np.int64)
    encoded = yield from encode(model, picture[None], labels, refine=refine, device=device)
    return typeface_of(restyle(model, encoded, device)[0], model.spec.class_names)
