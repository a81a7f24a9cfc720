"""Every kind of pad: along two directions, between points, of seeds, and mixtures of classes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from zscape.models.errors import ZscapeError
from zscape.models.inputs.kinds.classes import Classes, ClassesValue
from zscape.models.inputs.kinds.latent import LatentValue
from zscape.models.inputs.kinds.styles import Styles, StylesValue
from zscape.models.inputs.recipe import Recipe
from zscape.models.inputs.space import Space
from zscape.models.sweeps.base import needs_classes
from zscape.models.sweeps.direction import amount_along
from zscape.models.sweeps.pad import Pad
from zscape.models.sweeps.polygon import Place, middle, regular, shares, within

FURTHEST = 20.0
"""Maximum amount along a direction of a pad, in the direction's units; the same as that of sliders."""
FINE = 6
"""Decimals to which amounts are rounded."""
TINY = 1e-4
"""A total weight of other classes below this is a rounding error."""


@dataclass(frozen=True)
class DirectionsPad(Pad):
    """The base moved by x along one direction and by y along another, in their units.

    along_x, along_y: names of directions in recipes. also_x, also_y: (direction, amount) pairs added per 1 of x or y, which keep
    locked attributes unchanged; also_y may name along_x, and also_x along_y, if that axis is locked.
    """

    along_x: str = ""
    along_y: str = ""
    also_x: tuple[tuple[str, float], ...] = ()
    also_y: tuple[tuple[str, float], ...] = ()

    def base(self, point: Recipe, space: Space) -> Recipe:
        x, y = self.place(point, space)
        return self._moved(point, -x, -y, space)

    def recipes(self, base: Recipe, places: Sequence[Place], space: Space) -> list[Recipe]:
        if self.along_x == self.along_y:
            raise ZscapeError(f"A pad needs two directions, not {self.along_x!r} twice: choose another for one of them.")
        own = self.place(base, space)
        return [self._moved(base, round(x, FINE) - own[0], round(y, FINE) - own[1], space) for x, y in places]

    def _moved(self, point: Recipe, x: float, y: float, space: Space) -> Recipe:
        steps = {self.along_x: x, self.along_y: y}
        for far, also in ((x, self.also_x), (y, self.also_y)):
            for name, share in also:
                steps[name] = steps.get(name, 0.0) + far * share
        for name, step in steps.items():
            target = space.input(space.named(name).input)
            value = point.value(target)
            if not isinstance(value, LatentValue | StylesValue):
                raise ZscapeError(f"The input {target.name!r} cannot be moved along a direction.")
            # Rounded, so that a point moved there and back is the same as before.
            amount = round(amount_along(point, name, space) + round(step, FINE), FINE)
            point = point.with_value(target.name, value.with_move(name, amount))
        return point

    def place(self, point: Recipe, space: Space) -> Place:
        x, y = amount_along(point, self.along_x, space), amount_along(point, self.along_y, space)
        skew_y, skew_x = dict(self.also_x).get(self.along_y, 0.0), dict(self.also_y).get(self.along_x, 0.0)
        if not skew_x and not skew_y:
            return x, y
        size = 1 - skew_x * skew_y
        return round((x - skew_x * y) / size, FINE), round((y - skew_y * x) / size, FINE)

    def within(self, place: Place) -> Place:
        x, y = (min(max(each, -FURTHEST), FURTHEST) for each in place)
        return x, y


@dataclass(frozen=True)
class ClassesPad(Pad):
    """Mixtures of classes. Those in `numbers` are the corners of a regular polygon on the unit circle, clockwise from the top.

    The weights are the mean value coordinates of the place (models/sweeps/polygon.py).
    """

    numbers: tuple[int, ...] = ()

    view = (0.0, 0.0, 2.6)

    def base(self, point: Recipe, space: Space) -> Recipe:
        return point.without(needs_classes(space, "a pad of classes").name)

    def recipes(self, base: Recipe, places: Sequence[Place], space: Space) -> list[Recipe]:
        classes = self._checked(space)
        corners = self.corners()
        found = []
        for place in places:
            weights = [0.0] * len(classes.labels)
            for number, share in zip(self.numbers, shares(self.within(place), corners), strict=True):
                weights[number] = round(share, 6)
            found.append(base.with_value(classes.name, ClassesValue(tuple(weights))))
        return found

    def place(self, point: Recipe, space: Space) -> Place | None:
        classes = self._checked(space)
        weights = classes.weights(point.value(classes))
        total = sum(weights)
        own = [weights[number] / total for number in self.numbers]
        inside = sum(own)
        return middle([each / inside for each in own], self.corners()) if inside > 1 - TINY else None

    def within(self, place: Place) -> Place:
        return within(place, self.corners())

    def corners(self) -> tuple[Place, ...]:
        return regular(len(self.numbers))

    def _checked(self, space: Space) -> Classes:
        classes = needs_classes(space, "a pad of classes")
        count = len(classes.labels)
        if not self.numbers or len(set(self.numbers)) < len(self.numbers) or not all(0 <= k < count for k in self.numbers):
            raise ZscapeError(f"A pad of classes takes one or more of the {count} classes, each once.")
        return classes


def alike(one: Recipe, other: Recipe, space: Space) -> bool:
    """Whether both recipes give the same point, however it is expressed."""
    import numpy as np

    pairs = ((each, one.value(each), other.value(each)) for each in space.inputs)
    return all(
        a == b or (not isinstance(each, Styles) and np.allclose(each.row(a, space), each.row(b, space), atol=1e-5))
        for each, a, b in pairs
    )
