"""The example that the arithmetic view shows before anything was put on A, B and C."""

from __future__ import annotations

from zscape.models.inputs.blending import reseeded
from zscape.models.inputs.kinds.classes import Classes
from zscape.models.inputs.recipe import Recipe
from zscape.models.inputs.space import Space

TARGET = Recipe.seed(15)
"""The other style of the example."""


def example(point: Recipe, target: Recipe, space: Space) -> tuple[Recipe, Recipe, Recipe]:
    """An example that shows what arithmetic does.

    Another class in this style, minus this class in this style, plus this class in another style: the result is the other class
    in the other style.
    """
    classes = space.first(Classes)
    if classes is None or len(classes.labels) == 1:
        return reseeded(point, 2, space), point, target
    here = classes.heaviest(point.value(classes))
    there = (here + 3) % len(classes.labels)
    name, own, other = classes.name, classes.only(here), classes.only(there)
    return point.with_value(name, other), point.with_value(name, own), target.with_value(name, own)
