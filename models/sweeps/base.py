"""What every sweep has in common. A new sweep is a module here; the command line offers those in SWEEPS."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from zscape.models.errors import ZscapeError
from zscape.models.inputs.kinds.classes import Classes
from zscape.models.inputs.points import Points, resolve
from zscape.models.inputs.recipe import Recipe
from zscape.models.inputs.space import Space


@dataclass(frozen=True)
class Sweep:
    """Turns one recipe, its centre, into the recipes of a sheet. A frozen value, independent of time.

    Everything else that can be animated (where the sheet begins, how far it reaches) is a field of the sweep, which a timeline
    can set.
    """

    centre: Recipe

    def shape(self, space: Space) -> tuple[int, int]:
        """Return the number of rows and columns of the sheet."""
        raise NotImplementedError

    def recipes(self, space: Space) -> Sequence[Recipe]:
        """Return the recipes of its tiles, in reading order. Raises ZscapeError if the model lacks what the sweep needs."""
        raise NotImplementedError

    def points(self, space: Space) -> Points:
        """Return the points of its tiles."""
        rows, columns = self.shape(space)
        return resolve(self.recipes(space), space, rows, columns)

    def caption(self, index: int, recipe: Recipe, space: Space) -> str:
        """Return a one-line caption for the tile at `index`, which shows `recipe`."""
        return caption(recipe, space)


def caption(recipe: Recipe, space: Space) -> str:
    """Describe a recipe in a few words: its class, or else the values of its inputs."""
    classes = space.first(Classes)
    if classes is not None:
        return classes.describe(recipe.value(classes))
    return ", ".join(filter(None, (each.describe(recipe.value(each)) for each in space.said_by(recipe))))


def needs_classes(space: Space, what: str) -> Classes:
    """Return the classes input of the model. Raises ZscapeError if it has none."""
    classes = space.first(Classes)
    if classes is None:
        raise ZscapeError(f"This model has no classes, which {what} needs: choose the style sweep or the image.")
    return classes
