"""Arithmetic with points: A - B + C, and the sheet between the three."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from zscape.models.inputs.blending import combine
from zscape.models.inputs.recipe import USUAL, Recipe
from zscape.models.inputs.space import Space
from zscape.models.sweeps.base import Sweep, caption


@dataclass(frozen=True)
class Analogy(Sweep):
    """A - B + C with the centre as A: B at the top left, A at the top right, C at the bottom left, the result opposite B.

    Every input is B + u (A - B) + v (C - B) (Radford 2016, section 6.3.2, "vector arithmetic"; White 2016 calls the sheet a
    J-diagram). keep_norm: keep the length of latents at that of the operands. size: tiles per side. extent: how far u and v
    reach, from 0 (the sheet is all B) to 1.
    """

    b: Recipe = USUAL
    c: Recipe = USUAL
    size: int = 7
    keep_norm: bool = True
    extent: float = 1.0

    def shape(self, space: Space) -> tuple[int, int]:
        return self.size, self.size

    def recipes(self, space: Space) -> Sequence[Recipe]:
        side = np.linspace(0, self.extent, self.size) if self.size > 1 else np.array([self.extent])
        v, u = (axis.reshape(-1, 1) for axis in np.meshgrid(side, side, indexing="ij"))
        weights = np.hstack([u, 1 - u - v, v])  # weights of A, B, C; they sum to 1
        return combine((self.centre, self.b, self.c), weights, self.keep_norm, space)

    def result(self, space: Space) -> Recipe:
        """Return the recipe of A - B + C."""
        return combine((self.centre, self.b, self.c), np.array([[1.0, -1.0, 1.0]]), self.keep_norm, space)[0]

    def caption(self, index: int, recipe: Recipe, space: Space) -> str:
        last = self.size - 1
        corners = {(0, 0): "B: ", (0, last): "A: ", (last, 0): "C: ", (last, last): "A - B + C: "}
        return corners.get(divmod(index, self.size), "") + caption(recipe, space)
