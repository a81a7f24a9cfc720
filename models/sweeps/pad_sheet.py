"""A sheet of tiles taken from a pad."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from zscape.models.inputs.recipe import Recipe
from zscape.models.inputs.space import Space
from zscape.models.sweeps.base import Sweep, caption
from zscape.models.sweeps.pad import Pad
from zscape.models.sweeps.polygon import Place
from zscape.models.sweeps.seeds_pad import SeedsPad


@dataclass(frozen=True)
class PadSheet(Sweep):
    """The recipes at the centres of `rows` x `columns` equal cells of a square of a pad, with `centre` as its base.

    view: the square: (middle x, middle y, side). turn: rotation about its middle, in whole turns. edges: the outer tiles lie on
    the outline of the square, not half a cell inside it.
    """

    pad: Pad = field(default_factory=SeedsPad)
    view: tuple[float, float, float] = SeedsPad.view
    rows: int = 7
    columns: int = 7
    turn: float = 0.0
    edges: bool = False

    def shape(self, space: Space) -> tuple[int, int]:
        return self.rows, self.columns

    def places(self) -> list[Place]:
        """Return the places of its tiles on the pad, in reading order."""
        x, y, side = self.view
        cos, sin = math.cos(2 * math.pi * self.turn), math.sin(2 * math.pi * self.turn)
        across, up = self._steps(self.columns), self._steps(self.rows)
        return [
            (x + side * (right * cos + above * sin), y + side * (above * cos - right * sin))
            for above in (-each for each in up)
            for right in across
        ]

    def _steps(self, count: int) -> list[float]:
        if self.edges and count > 1:
            return [number / (count - 1) - 0.5 for number in range(count)]
        return [(number + 0.5) / count - 0.5 for number in range(count)]

    def recipes(self, space: Space) -> Sequence[Recipe]:
        return tuple(self.pad.recipes(self.centre, [self.pad.within(each) for each in self.places()], space))

    def caption(self, index: int, recipe: Recipe, space: Space) -> str:
        x, y = self.pad.within(self.places()[index])
        return f"{caption(recipe, space)}, at {x:.3g}, {y:.3g}"
