"""What every pad has in common: a flat piece of a model's space, on which every place (x, y) is a recipe."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from zscape.models.inputs.recipe import Recipe
from zscape.models.inputs.space import Space
from zscape.models.sweeps.polygon import Place


@dataclass(frozen=True)
class Pad:
    """One kind of pad. What a pad does not set comes from a recipe, its base.

    view: where the pad shows at first: (middle x, middle y, side). y grows upwards. home: where a reset goes.
    """

    view: ClassVar[tuple[float, float, float]] = (0.0, 0.0, 6.0)
    home: ClassVar[Place] = (0.0, 0.0)

    def base(self, point: Recipe, space: Space) -> Recipe:
        """`point` without what the pad sets: the same for all points that lie on one pad."""
        return point

    def recipes(self, base: Recipe, places: Sequence[Place], space: Space) -> list[Recipe]:
        """The recipes at `places`. Raises ZscapeError if the model has not what the pad needs."""
        raise NotImplementedError

    def place(self, point: Recipe, space: Space) -> Place | None:
        """Where `point` lies; None if it lies nowhere on the pad, or the recipe alone does not tell."""
        return None

    def within(self, place: Place) -> Place:
        """The place of the pad that is nearest to `place`."""
        return place

    def corners(self) -> tuple[Place, ...]:
        """The places that have a name of their own: those of the points or classes that it lies between."""
        return ()
