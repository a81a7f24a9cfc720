"""Sheets of one point, of several points side by side, and of several points in every class."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from zscape.models.inputs.recipe import Recipe
from zscape.models.inputs.space import Space
from zscape.models.sweeps.base import Sweep, needs_classes


@dataclass(frozen=True)
class Single(Sweep):
    """One point, as a single large tile."""

    def shape(self, space: Space) -> tuple[int, int]:
        return 1, 1

    def recipes(self, space: Space) -> Sequence[Recipe]:
        return (self.centre,)


@dataclass(frozen=True)
class Gallery(Sweep):
    """The centre and `others` side by side in one row, unchanged: thumbnails."""

    others: tuple[Recipe, ...] = ()

    def shape(self, space: Space) -> tuple[int, int]:
        return 1, 1 + len(self.others)

    def recipes(self, space: Space) -> Sequence[Recipe]:
        return (self.centre, *self.others)


@dataclass(frozen=True)
class ClassRow(Sweep):
    """The centre and `others` in every class: one row per point, one column per class. Also used to restyle encoded points.

    lines: number of lines that each row is broken into, so that tiles can be larger; with `others`, only if that divides the
    number of classes. A model without classes has one column.
    """

    others: tuple[Recipe, ...] = ()
    lines: int = 1

    def shape(self, space: Space) -> tuple[int, int]:
        count = max(1, len(space.labels))
        if not self.others:
            columns = math.ceil(count / min(self.lines, count))
            return math.ceil(count / columns), columns
        lines = self.lines if count % self.lines == 0 else 1
        return (1 + len(self.others)) * lines, count // lines

    def recipes(self, space: Space) -> Sequence[Recipe]:
        rows = (self.centre, *self.others)
        if not space.labels:
            return rows
        classes = needs_classes(space, "a row of classes")
        return tuple(row.with_value(classes.name, classes.only(k)) for row in rows for k in range(len(classes.labels)))
