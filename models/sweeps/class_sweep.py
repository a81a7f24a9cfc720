"""A sheet of one point in every class."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from zscape.models.inputs.kinds.classes import ring
from zscape.models.inputs.recipe import Recipe
from zscape.models.inputs.space import Space
from zscape.models.sweeps.base import Sweep, needs_classes


@dataclass(frozen=True)
class ClassSweep(Sweep):
    """The centre in every class: row r goes from class r to class r + 1 in `columns` steps, the last row to the first class.

    rows: number of rows that the ring of classes is divided into, None for one per class. start: position of the first tile on
    the ring, in classes. tiles: number of tiles on the ring, in as many rows of `columns` as needed; None to use `rows`.
    """

    columns: int = 10
    rows: int | None = None
    start: float = 0.0
    tiles: int | None = None

    def shape(self, space: Space) -> tuple[int, int]:
        if self.tiles:
            return math.ceil(self.tiles / self.columns), self.columns
        return self.rows or len(needs_classes(space, "a class sweep").labels), self.columns

    def recipes(self, space: Space) -> Sequence[Recipe]:
        classes = needs_classes(space, "a class sweep")
        rows, columns = self.shape(space)
        name = classes.name
        values = ring(self.tiles or rows * columns, len(classes.labels), self.start)
        return tuple(self.centre.with_value(name, value) for value in values)
