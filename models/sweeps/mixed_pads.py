"""Pads between points: the plane through three, and the sheet between four."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from zscape.models.errors import ZscapeError
from zscape.models.inputs.base import Input
from zscape.models.inputs.blending import combine
from zscape.models.inputs.recipe import USUAL, Recipe
from zscape.models.inputs.space import Space
from zscape.models.sweeps.pad import Pad
from zscape.models.sweeps.polygon import Place


@dataclass(frozen=True)
class MixedPad(Pad):
    """Weighted sums of some points. Inputs that are the same in all points come from the base, so a class can be chosen for it.

    keep_norm: keep the lengths of latents (see `Latent.combine`): the pad is then not flat, but equally likely everywhere.
    """

    a: Recipe = USUAL
    b: Recipe = USUAL
    c: Recipe = USUAL
    keep_norm: bool = True

    def points(self) -> tuple[Recipe, ...]:
        """Return the points it is made of, in the order of its corners."""
        return self.a, self.b, self.c

    def weights(self, place: Place) -> tuple[float, ...]:
        """Return the weight of each point at a place; the weights sum to 1."""
        raise NotImplementedError

    def base(self, point: Recipe, space: Space) -> Recipe:
        for each in space.inputs:
            if self._differs(each):
                point = point.without(each.name)
        return point

    def recipes(self, base: Recipe, places: Sequence[Place], space: Space) -> list[Recipe]:
        import numpy as np

        names = [each.name for each in space.inputs if self._differs(each)]
        if not names:
            raise ZscapeError("The points of the pad are all the same: put others in their places.")
        rows = np.array([self.weights(each) for each in places])
        found = combine(self.points(), rows, self.keep_norm, space)
        return [base.with_values({name: value for name, value in each.values if name in names}) for each in found]

    def _differs(self, target: Input) -> bool:
        first, *others = (point.value(target) for point in self.points())
        return any(other != first for other in others)


@dataclass(frozen=True)
class PointsPad(MixedPad):
    """The plane through three points, the corners of an equilateral triangle: A, B, and C above the two.

    The weights are barycentric and extend beyond the triangle.
    """

    view = (0.5, math.sqrt(3) / 4, 1.5)
    home = (0.5, math.sqrt(3) / 6)

    def weights(self, place: Place) -> tuple[float, ...]:
        c = 2 * place[1] / math.sqrt(3)
        b = place[0] - c / 2
        return 1 - b - c, b, c

    def within(self, place: Place) -> Place:
        x, y = (min(max(each, -9.0), 10.0) for each in place)
        return x, y

    def corners(self) -> tuple[Place, ...]:
        return (0.0, 0.0), (1.0, 0.0), (0.5, math.sqrt(3) / 2)


@dataclass(frozen=True)
class CornersPad(MixedPad):
    """The sheet between four points, in reading order: A at the top left, D at the bottom right; x and y run from 0 to 1.

    The weights are bilinear (T. White, "Sampling Generative Networks", 2016, shows such sheets).
    """

    d: Recipe = USUAL

    view = (0.5, 0.5, 1.2)
    home = (0.5, 0.5)

    def points(self) -> tuple[Recipe, ...]:
        return self.a, self.b, self.c, self.d

    def weights(self, place: Place) -> tuple[float, ...]:
        x, y = place
        return (1 - x) * y, x * y, (1 - x) * (1 - y), x * (1 - y)

    def within(self, place: Place) -> Place:
        x, y = (min(max(each, 0.0), 1.0) for each in place)
        return x, y

    def corners(self) -> tuple[Place, ...]:
        return (0.0, 1.0), (1.0, 1.0), (0.0, 0.0), (1.0, 0.0)
