"""A sheet from one style to another, in every class."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from zscape.models.inputs.base import Way
from zscape.models.inputs.blending import between
from zscape.models.inputs.kinds.classes import Classes
from zscape.models.inputs.recipe import USUAL, Recipe
from zscape.models.inputs.space import Space
from zscape.models.sweeps.base import Sweep, caption


@dataclass(frozen=True)
class StyleSweep(Sweep):
    """From the style of the centre to that of `end`: one row per class, other inputs interpolated by `way` from left to right.

    rows: number of classes, from the first; None for all (one row if there are no classes). turn: position of the first column on
    the closed path there and back, of length 1; the last column is half a path further on. a_line: number of classes side by side
    in a row.
    """

    end: Recipe = USUAL
    columns: int = 10
    rows: int | None = None
    way: Way = "slerp"
    turn: float = 0.0
    a_line: int = 1

    def shape(self, space: Space) -> tuple[int, int]:
        count = self._classes(space)
        a_line = min(self.a_line, count)
        return math.ceil(count / a_line), a_line * self.columns

    def _classes(self, space: Space) -> int:
        count = len(space.labels)
        return min(count, self.rows or count) or 1

    def steps(self) -> list[float]:
        """Return how far along the path each column lies, from 0 to 1."""
        last = max(1, self.columns - 1)
        turns = (column / last / 2 + self.turn for column in range(self.columns))
        return [round(1 - abs(1 - 2 * (turn % 1)), 9) for turn in turns]

    def recipes(self, space: Space) -> Sequence[Recipe]:
        classes = space.first(Classes)
        keep = (classes.name,) if classes else ()
        row = between(self.centre, self.end, self.steps(), self.way, space, keep)
        if classes is None:
            return row
        return tuple(each.with_value(classes.name, classes.only(k)) for k in range(self._classes(space)) for each in row)

    def caption(self, index: int, recipe: Recipe, space: Space) -> str:
        share = f"{self.steps()[index % self.columns]:.0%} of the way"
        return f"{caption(recipe, space)}, {share}" if space.labels else share
