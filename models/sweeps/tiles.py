"""A sheet of any points."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from zscape.models.inputs.adapting import adapted, notes_of
from zscape.models.inputs.recipe import Recipe
from zscape.models.inputs.space import Space
from zscape.models.sweeps.base import Sweep


@dataclass(frozen=True)
class Tiles(Sweep):
    """The centre and `others` in reading order, `columns` per row."""

    others: tuple[Recipe, ...] = ()
    columns: int = 1

    def shape(self, space: Space) -> tuple[int, int]:
        return math.ceil((1 + len(self.others)) / self.columns), self.columns

    def recipes(self, space: Space) -> Sequence[Recipe]:
        return (self.centre, *self.others)


def suited(sweep: Sweep, source: Space, target: Space) -> tuple[Sweep, tuple[str, ...]]:
    """Convert `sweep`, made for a model of `source`, to one of `target`; also return what is not the same there (`notes_of`).

    Raises ZscapeError if nothing of a point means anything there.
    """
    if source.inputs == target.inputs and all(target.directions.get(name) == each for name, each in source.directions.items()):
        return sweep, ()
    made = [adapted(each, source, target) for each in sweep.recipes(source)]
    _, columns = sweep.shape(source)
    return Tiles(made[0].recipe, tuple(each.recipe for each in made[1:]), columns), notes_of(made)
