"""What every sweep has in common. A new sweep is a file here; the command line takes those that SWEEPS names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from zscape.models.errors import ZscapeError
from zscape.models.inputs.classes import Classes
from zscape.models.inputs.points import Points, resolve
from zscape.models.inputs.recipe import Recipe
from zscape.models.inputs.space import Space


@dataclass(frozen=True)
class Sweep:
    """One recipe, its centre, turned into the recipes of a sheet. A frozen value that knows nothing of time.

    What a sheet may move by beside its centre (where it begins, how far it reaches) are fields of the sweep, which a timeline
    can set.
    """

    centre: Recipe

    def shape(self, space: Space) -> tuple[int, int]:
        """Rows and columns of the sheet."""
        raise NotImplementedError

    def recipes(self, space: Space) -> Sequence[Recipe]:
        """The recipes of its tiles, in reading order. Raises ZscapeError if the model has not what the sweep needs."""
        raise NotImplementedError

    def points(self, space: Space) -> Points:
        """The points of its tiles."""
        rows, columns = self.shape(space)
        return resolve(self.recipes(space), space, rows, columns)

    def caption(self, index: int, recipe: Recipe, space: Space) -> str:
        """One line on the tile at `index`, which shows `recipe`."""
        return caption(recipe, space)


def caption(recipe: Recipe, space: Space) -> str:
    """A recipe in a few words: its class, or else what its inputs say."""
    classes = space.first(Classes)
    if classes is not None:
        return classes.describe(recipe.value(classes))
    return ", ".join(filter(None, (each.describe(recipe.value(each)) for each in space.said_by(recipe))))


def needs_classes(space: Space, what: str) -> Classes:
    """The classes of the model. Raises ZscapeError if it has none."""
    classes = space.first(Classes)
    if classes is None:
        raise ZscapeError(f"This model has no classes, which {what} needs: choose the style sweep or the image.")
    return classes
