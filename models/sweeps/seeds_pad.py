"""The pad of seeds."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from zscape.models.errors import ZscapeError
from zscape.models.inputs.kinds.latent import Latent, LatentValue
from zscape.models.inputs.kinds.styles import StylesValue
from zscape.models.inputs.recipe import Recipe
from zscape.models.inputs.space import Space
from zscape.models.inputs.value import SEED_LIMIT, Value
from zscape.models.sweeps.pad import Pad
from zscape.models.sweeps.polygon import Place

SEED_ROW = 100
"""Difference of seeds from one row to the next."""
TINY = 1e-4
"""Weights that differ by less than this count as equal."""


@dataclass(frozen=True)
class SeedsPad(Pad):
    """Seeds: a step right is the next seed, a step up is SEED_ROW further.

    Between four seeds the latent is their bilinear mixture, rescaled to N(0, I) (the visualizer of T. Karras et al., "Alias-Free
    Generative Adversarial Networks", 2021, goes through seeds in this way). All of them are moved along directions as the point
    is.
    """

    view = (2.0, 2.0, 5.0)
    home = (0.0, 0.0)

    def base(self, point: Recipe, space: Space) -> Recipe:
        values: dict[str, Value] = {}
        for each in space.inputs:
            value = point.value(each)
            if isinstance(value, LatentValue):
                values[each.name] = value.drawn_again(0)
            elif isinstance(value, StylesValue):
                values[each.name] = StylesValue(moves=value.moves, truncation=value.truncation, cutoff=value.cutoff)
        return point.with_values(values)

    def recipes(self, base: Recipe, places: Sequence[Place], space: Space) -> list[Recipe]:
        latents = space.every(Latent)
        if not latents:
            raise ZscapeError("Seeds need a latent, which this model does not have: choose another pad.")
        found = []
        for x, y in places:
            seeds = _mixture(x, y)
            values = {each.name: replace(_latent(base, each), seeds=seeds, numbers=None) for each in latents}
            found.append(base.with_values(values))
        return found

    def place(self, point: Recipe, space: Space) -> Place | None:
        latents = space.every(Latent)
        value = _latent(point, latents[0]) if latents else None
        if value is None or value.numbers is not None or value.coordinates:
            return None
        if any(_latent(point, each).seeds != value.seeds for each in latents):
            return None
        first = value.seeds[0][0]
        low, row = float(first % SEED_ROW), float(first // SEED_ROW)
        weights = dict(value.seeds)
        right = sum(weights.get((first + step) % SEED_LIMIT, 0.0) for step in (1, SEED_ROW + 1))
        up = sum(weights.get((first + step) % SEED_LIMIT, 0.0) for step in (SEED_ROW, SEED_ROW + 1))
        place = low + right, row + up
        return place if _same_mixture(_mixture(*place), value.seeds) else None

    def within(self, place: Place) -> Place:
        x, y = (max(each, 0.0) for each in place)
        return x, y


def _latent(point: Recipe, latent: Latent) -> LatentValue:
    value = point.value(latent)
    assert isinstance(value, LatentValue)
    return value


def _mixture(x: float, y: float) -> tuple[tuple[int, float], ...]:
    """Return the (seed, weight) pairs of a place among the seeds, without those of weight 0."""
    x, y = round(x, 4), round(y, 4)  # so that no weight below is rounded to 0
    left, low = math.floor(x), math.floor(y)
    right, up = x - left, y - low
    weights = {0: (1 - right) * (1 - up), 1: right * (1 - up), SEED_ROW: (1 - right) * up, SEED_ROW + 1: right * up}
    first = left + SEED_ROW * low
    pairs = [((first + step) % SEED_LIMIT, round(weight, 9)) for step, weight in weights.items()]
    return tuple(pair for pair in pairs if pair[1] > 0)


def _same_mixture(one: Sequence[tuple[int, float]], other: Sequence[tuple[int, float]]) -> bool:
    a, b = dict(one), dict(other)
    total = sum(b.values())
    return a.keys() == b.keys() and all(abs(a[seed] - b[seed] / total) < TINY for seed in a)
