"""A sheet of points moved along a direction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from zscape.models.errors import ZscapeError
from zscape.models.inputs.kinds.latent import LatentValue
from zscape.models.inputs.kinds.styles import StylesValue
from zscape.models.inputs.recipe import Recipe
from zscape.models.inputs.space import Space
from zscape.models.sweeps.base import Sweep, caption


@dataclass(frozen=True)
class DirectionSweep(Sweep):
    """The centre, and below it each of `others`, moved along `direction` by `low` to `high` (in its units) from left to right.

    The amount by which a point is already moved along it is ignored. also: (direction, amount) pairs added per 1 along it, which
    keep locked attributes unchanged. turn: position of the first column on the closed path there and back, of length 1; the last
    column is half a path further on.
    """

    others: tuple[Recipe, ...] = ()
    direction: str = ""
    low: float = -3.0
    high: float = 3.0
    columns: int = 7
    also: tuple[tuple[str, float], ...] = ()
    turn: float = 0.0

    def shape(self, space: Space) -> tuple[int, int]:
        return 1 + len(self.others), self.columns

    def amounts(self) -> list[float]:
        """Return the amount of each column; without a turn, a single column is in the middle."""
        last, first = max(1, self.columns - 1), 0.25 if self.columns == 1 else 0.0
        turns = (first + column / last / 2 + self.turn for column in range(self.columns))
        return [round(self.low + (self.high - self.low) * (1 - abs(1 - 2 * (turn % 1))), 6) for turn in turns]

    def recipes(self, space: Space) -> Sequence[Recipe]:
        found = []
        for point in (self.centre, *self.others):
            own = amount_along(point, self.direction, space)
            for amount in self.amounts():
                step = amount - own
                steps = {self.direction: step, **{name: step * share for name, share in self.also}}
                found.append(moved_along(point, steps, space))
        return tuple(found)

    def caption(self, index: int, recipe: Recipe, space: Space) -> str:
        words = f"{self.direction} {self.amounts()[index % self.columns]:+.3g}"
        return f"{caption(recipe, space)}, {words}" if space.labels else words


def amount_along(point: Recipe, direction: str, space: Space) -> float:
    """Return the amount by which `point` is moved along `direction`. Raises ZscapeError if the model does not have it."""
    value = point.value(space.input(space.named(direction).input))
    return dict(value.moves).get(direction, 0.0) if isinstance(value, LatentValue | StylesValue) else 0.0


def moved_along(point: Recipe, steps: Mapping[str, float], space: Space) -> Recipe:
    """Return `point` moved further along each direction of `steps`.

    Raises ZscapeError for a direction the model does not have.
    """
    for name, step in steps.items():
        target = space.input(space.named(name).input)
        value = point.value(target)
        if not isinstance(value, LatentValue | StylesValue):
            raise ZscapeError(f"The input {target.name!r} cannot be moved along a direction.")
        amount = dict(value.moves).get(name, 0.0) + step
        if step:
            point = point.with_value(target.name, value.with_move(name, amount))
    return point
