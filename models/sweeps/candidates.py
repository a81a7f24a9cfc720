"""Variations around a point, from which to choose the next one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from zscape.models.errors import ZscapeError
from zscape.models.inputs.blending import between, reseeded
from zscape.models.inputs.kinds.latent import Latent
from zscape.models.inputs.recipe import Recipe
from zscape.models.inputs.space import Space
from zscape.models.inputs.value import SEED_LIMIT
from zscape.models.sweeps.base import Sweep, caption

MOST = 10_000
"""Maximum number of tiles on a sheet."""
SPREAD = 2654435761
"""Spreads the seeds of the draws over the whole range (Knuth's multiplicative hashing).

Users choose small seeds, and a variation towards the centre's own seed would be no variation.
"""


@dataclass(frozen=True)
class Candidates(Sweep):
    """The centre moved towards fresh draws of its latents, one draw per tile; everything else stays.

    temperature: how far, from 0 (all are the centre) to 1 (the draws themselves), along the great circle, so that variations are
    as typical as the centre. seed: another number gives other variations.
    """

    temperature: float = 0.35
    seed: int = 0
    rows: int = 3
    columns: int = 3

    def shape(self, space: Space) -> tuple[int, int]:
        return self.rows, self.columns

    def recipes(self, space: Space) -> Sequence[Recipe]:
        if not space.every(Latent):
            raise ZscapeError("This model has no latent, so there is nothing to vary: choose another view or sweep.")
        share = min(max(self.temperature, 0.0), 1.0)
        seeds = ((self.seed * MOST + place + 1) * SPREAD % SEED_LIMIT for place in range(self.rows * self.columns))
        return [between(self.centre, reseeded(self.centre, seed, space), [share], "slerp", space)[0] for seed in seeds]

    def caption(self, index: int, recipe: Recipe, space: Space) -> str:
        words = f"variation {index + 1}"
        return f"{caption(recipe, space)}, {words}" if space.labels else words
