"""A flat sheet through a point of the latent space."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from zscape.models.errors import ZscapeError
from zscape.models.inputs.kinds.latent import Latent, LatentValue
from zscape.models.inputs.kinds.latent_draw import draw
from zscape.models.inputs.recipe import Recipe
from zscape.models.inputs.space import Space
from zscape.models.sweeps.base import Sweep


@dataclass(frozen=True)
class Plane(Sweep):
    """z + x e1 + y e2 for the model's first latent z, with x and y from -extent to extent.

    e1 and e2 are orthonormal directions drawn from `seeds`. turn: rotation of the sheet about its middle, in whole turns.
    """

    seeds: tuple[int, int] = (1, 2)
    size: int = 10
    extent: float = 3.0
    turn: float = 0.0

    def shape(self, space: Space) -> tuple[int, int]:
        return self.size, self.size

    def recipes(self, space: Space) -> Sequence[Recipe]:
        latent = space.first(Latent)
        if latent is None or latent.size < 2:
            raise ZscapeError(
                "A plane needs a latent of at least two numbers, which this model does not have: choose another sweep."
            )
        value = self.centre.value(latent)
        assert isinstance(value, LatentValue)
        middle = latent.row(value, space).astype(np.float64)
        axes, _ = np.linalg.qr(np.stack([draw("z", seed, latent.size) for seed in self.seeds], axis=1).astype(np.float64))
        turn = 2 * np.pi * self.turn
        side = np.linspace(-self.extent, self.extent, self.size) if self.size > 1 else np.zeros(1)
        y, x = (axis.reshape(-1, 1) for axis in np.meshgrid(side, side, indexing="ij"))
        turned = np.hstack([x * np.cos(turn) - y * np.sin(turn), x * np.sin(turn) + y * np.cos(turn)])
        rows = (middle + turned @ axes.T).astype(np.float32).tolist()
        return tuple(
            self.centre if not moved.any() else self.centre.with_value(latent.name, LatentValue(seeds=(), numbers=tuple(row)))
            for row, moved in zip(rows, turned, strict=True)
        )
