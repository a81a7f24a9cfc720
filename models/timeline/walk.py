"""An endless walk: latents move over their sphere at a set speed and turn slowly at random."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from zscape.models.errors import ZscapeError
from zscape.models.inputs.kinds.latent import Latent, LatentValue
from zscape.models.inputs.kinds.styles import StylesValue
from zscape.models.inputs.recipe import Recipe
from zscape.models.inputs.space import Space

TURN = 0.8
"""Standard deviation of the change of heading after one radian, in radians, so that the walk does not return to its start."""


class Walk:
    """Moves from recipe to recipe; the same seed takes the same path.

    Only the base of each latent moves: coordinates set by hand, directions, truncation, classes and all other inputs stay. A
    latent keeps its length, so that images stay as typical as where the walk began.
    """

    def __init__(self, seed: int = 0) -> None:
        self._chance = np.random.default_rng(seed)
        self._headings: dict[tuple[str, int], NDArray[np.float64]] = {}

    def step(self, recipe: Recipe, degrees: float, space: Space) -> Recipe:
        """Return the recipe `degrees` further on the sphere of each latent; another seed is mostly about 90 degrees away.

        Any recipe may be passed: the walk continues from there. Raises ZscapeError if nothing would change: for a model without a
        latent of at least two numbers, or a point with stored styles, which do not follow the latent.
        """
        angle = math.radians(degrees)
        return recipe.with_values({each.name: self._moved(each, recipe.value(each), angle) for each in walking(recipe, space)})

    def _moved(self, latent: Latent, value: object, angle: float) -> LatentValue:
        assert isinstance(value, LatentValue)
        z = latent.base(value).astype(np.float64)
        length = float(np.linalg.norm(z))
        if length < 1e-6:  # at the centre every direction is equally good
            z = self._chance.standard_normal(latent.size)
            length = math.sqrt(latent.size)
            z *= length / np.linalg.norm(z)
        here = z / length
        place = (latent.name, latent.size)
        heading = _beside(self._headings.get(place, self._chance.standard_normal(latent.size)), here)
        there = math.cos(angle) * here + math.sin(angle) * heading
        onward = math.cos(angle) * heading - math.sin(angle) * here
        turned = self._chance.standard_normal(latent.size) * TURN * math.sqrt(abs(angle) / latent.size)
        self._headings[place] = _beside(onward + turned, there)
        return replace(value, seeds=(), numbers=tuple((there * length).astype(np.float32).tolist()))


def walking(recipe: Recipe, space: Space) -> list[Latent]:
    """Return the latents that can walk. Raises ZscapeError if nothing would change (see `Walk.step`)."""
    latents = [each for each in space.every(Latent) if each.size > 1]
    if not latents:
        raise ZscapeError("This model has no latent to walk in: choose another model.")
    styles = recipe.value(space.styles) if space.styles is not None else None
    if isinstance(styles, StylesValue) and styles.numbers is not None:
        raise ZscapeError("This point has stored styles, which follow no latent: re-roll (R) or go to another point first.")
    return latents


def _beside(way: NDArray[np.float64], here: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the part of `way` perpendicular to `here`, scaled to length 1; both [size], `here` of length 1."""
    found = way - (way @ here) * here
    length = float(np.linalg.norm(found))
    if length < 1e-9:  # it has no such part: any perpendicular direction will do
        found = np.eye(len(here))[int(np.abs(here).argmin())]
        found = found - (found @ here) * here
        length = float(np.linalg.norm(found))
    return found / length
