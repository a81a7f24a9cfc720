"""What every pad has in common: a flat part of a model's space, in which every place (x, y) has a recipe."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from zscape.models.inputs.recipe import Recipe
from zscape.models.inputs.space import Space
from zscape.models.sweeps.polygon import Place


@dataclass(frozen=True)
class Pad:
    """One kind of pad. Inputs that the pad does not set come from a recipe, its base.

    view: the area shown at first: (middle x, middle y, side). y points up. home: the place that a reset returns to.
    """

    view: ClassVar[tuple[float, float, float]] = (0.0, 0.0, 6.0)
    home: ClassVar[Place] = (0.0, 0.0)

    def base(self, point: Recipe, space: Space) -> Recipe:
        """Return `point` without what the pad sets: the same for all points on one pad."""
        return point

    def recipes(self, base: Recipe, places: Sequence[Place], space: Space) -> list[Recipe]:
        """Return the recipes at `places`. Raises ZscapeError if the model lacks what the pad needs."""
        raise NotImplementedError

    def place(self, point: Recipe, space: Space) -> Place | None:
        """Return the place of `point`; None if it is not on the pad, or cannot be told from the recipe alone."""
        return None

    def within(self, place: Place) -> Place:
        """Return the place of the pad that is nearest to `place`."""
        return place

    def corners(self) -> tuple[Place, ...]:
        """Return the named places: those of the points or classes that the pad lies between."""
        return ()
