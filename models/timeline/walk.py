"""A walk without an end: latents go round their sphere at a set speed and turn slowly, by chance."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from zscape.models.errors import ZscapeError
from zscape.models.inputs.latent import Latent, LatentValue
from zscape.models.inputs.recipe import Recipe
from zscape.models.inputs.space import Space
from zscape.models.inputs.styles import StylesValue

TURN = 0.8
"""Standard deviation of how far the way has turned after one radian, in radians: it does not come back where it was."""


class Walk:
    """Goes from recipe to recipe; the same seed goes the same way.

    Only where the latents are drawn from moves: coordinates set by hand, directions, truncation, classes and all other inputs
    stay. A latent keeps its length, so that pictures stay as typical as where the walk began.
    """

    def __init__(self, seed: int = 0) -> None:
        self._chance = np.random.default_rng(seed)
        self._headings: dict[tuple[str, int], NDArray[np.float64]] = {}

    def step(self, recipe: Recipe, degrees: float, space: Space) -> Recipe:
        """The recipe that lies `degrees` further on the sphere of each latent; 90 are as far as another seed mostly is.

        It may be asked from any recipe: the walk goes on from there. Raises ZscapeError if nothing would change: a model
        without a latent of at least two numbers, or a point of stored styles, which follow no latent.
        """
        angle = math.radians(degrees)
        return recipe.with_values({each.name: self._moved(each, recipe.value(each), angle) for each in walking(recipe, space)})

    def _moved(self, latent: Latent, value: object, angle: float) -> LatentValue:
        assert isinstance(value, LatentValue)
        z = latent.base(value).astype(np.float64)
        length = float(np.linalg.norm(z))
        if length < 1e-6:  # the centre, from which every way is as good
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
    """The latents that can walk. Raises ZscapeError if nothing would change (see `Walk.step`)."""
    latents = [each for each in space.every(Latent) if each.size > 1]
    if not latents:
        raise ZscapeError("This model has no latent to walk in: choose another model.")
    styles = recipe.value(space.styles) if space.styles is not None else None
    if isinstance(styles, StylesValue) and styles.numbers is not None:
        raise ZscapeError("This point has stored styles, which follow no latent: re-roll (R) or go to another point first.")
    return latents


def _beside(way: NDArray[np.float64], here: NDArray[np.float64]) -> NDArray[np.float64]:
    """`way` without what of it leads along `here`, of length 1; both [size], `here` of length 1."""
    found = way - (way @ here) * here
    length = float(np.linalg.norm(found))
    if length < 1e-9:  # it leads nowhere else: any way at a right angle will do
        found = np.eye(len(here))[int(np.abs(here).argmin())]
        found = found - (found @ here) * here
        length = float(np.linalg.norm(found))
    return found / length
