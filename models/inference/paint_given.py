"""Painting as called from a notebook: on a seed, on points or on a picture, with paint as arrays or files."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from zscape.models.data.given_pictures import from_given
from zscape.models.errors import ZscapeError
from zscape.models.files.checkpoint import Model
from zscape.models.inference.paint import Canvas, Painted, find_photo, paint, wishes_of
from zscape.models.inputs.kinds.classes import Classes
from zscape.models.inputs.points import Points
from zscape.models.inputs.recipe import Recipe
from zscape.models.media.layers import layer_of
from zscape.models.progress import Work

REST = 0.5
"""How strictly the unpainted area is kept by default."""


def paint_given(
    model: Model,
    start: object,
    layers: Mapping[str, object],
    label: int | str | None = None,
    empty: bool = False,
    rest: float = REST,
    only_painted: bool = False,
    variant: int = 0,
    device: str = "auto",
) -> Work[Painted]:
    """Return the result of `paint`.

    start: a seed, points (only the first is used), or a picture as for `from_given`, or [H, W, C]. layers: brush -> what
    `layer_of` takes, or None. label: the class, by number or label. Raises ZscapeError for anything that does not fit.
    """
    space, spec, photo = model.space, model.spec, None
    channels, height, width = spec.image_shape
    classes = space.first(Classes)
    if label is not None and classes is None:
        raise ZscapeError(f"{spec.name} has no classes.")
    number = None if label is None or classes is None else classes.number(str(label))
    if not 0 <= rest <= 1:  # also false for NaN
        raise ZscapeError(f"rest is {rest}: it must be a number from 0 to 1.")
    picture = not isinstance(start, Points | int)
    if empty and picture:
        raise ZscapeError("empty is for painting without a picture: leave one of them out.")
    if empty and rest != REST:
        raise ZscapeError("rest is for painting without empty.")
    if only_painted and not picture:
        raise ZscapeError("only_painted is for painting on a picture.")
    if isinstance(start, Points):
        recipe = start.recipe(0, space)
    elif isinstance(start, int):
        recipe = Recipe.seed(start)
    else:
        photo = from_given(start, spec.image_shape, spec.subject, spec.layout)[0]
        recipe = yield from find_photo(model, photo, None if number is None else np.array([number], np.int64), device)
    if number is not None and classes is not None:
        recipe = recipe.with_value(classes.name, classes.only(number))
    wishes = wishes_of((height, width, channels), [(name, layer_of(each)) for name, each in layers.items() if each is not None])
    canvas = Canvas(recipe, empty, photo, label is None, rest)
    return (yield from paint(model, canvas, wishes, variant, only_painted, device))
