"""Points: where recipes lead in the latent space of one model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from zscape.models.errors import ZscapeError
from zscape.models.inputs.recipe import Recipe

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Space:
    """What of a model a recipe needs to know.

    z_size: the length of z. class_names: one name a class. directions: name -> float32 [Z], the step of one standard
    deviation along that direction. knobs: name -> coordinate of z that a person may call by that name.
    """

    z_size: int
    class_names: tuple[str, ...]
    directions: Mapping[str, Floats] = field(default_factory=dict)
    knobs: Mapping[str, int] = field(default_factory=dict)

    @property
    def classes(self) -> int:
        """How many classes there are."""
        return len(self.class_names)


@dataclass(frozen=True, eq=False)
class Points:
    """N = rows * columns points in reading order: z float32 [N, Z], c float32 [N, K] (rows of c sum to 1)."""

    z: Floats
    c: Floats
    rows: int
    columns: int

    def __post_init__(self) -> None:
        if not len(self.z) == len(self.c) == self.rows * self.columns:
            raise ValueError(f"{len(self.z)} latents, {len(self.c)} classes for {self.rows} x {self.columns} tiles")

    def recipe(self, index: int) -> Recipe:
        """The point at `index` as a recipe of stored values."""
        z, c = self.z[index].tolist(), self.c[index].tolist()
        return Recipe(seeds=(), latent=tuple(z), classes=tuple(c))


@lru_cache(maxsize=256)  # seeding costs half a millisecond, and a drag asks for the same seed with every move
def draw(seed: int, z_size: int) -> Floats:
    """The latent of `seed`: float32 [z_size] from N(0, 1), read-only.

    numpy promises never to change RandomState's stream, so a seed means the same picture for good.
    """
    z = np.random.RandomState(seed).standard_normal(z_size).astype(np.float32)
    z.flags.writeable = False
    return z


def class_row(weights: Sequence[float], count: int) -> Floats:
    """Class weights float32 [count] scaled to sum to 1; () stands for the first class."""
    row = np.zeros(count, np.float32)
    if not weights:
        row[0] = 1.0
    elif len(weights) != count:
        raise ZscapeError(f"The recipe weighs {len(weights)} classes, the model has {count}: choose a class again.")
    else:
        row[:] = np.asarray(weights, np.float64) / sum(weights)
    return row


def base_latent(recipe: Recipe, space: Space) -> Floats:
    """The latent float32 [Z] of `recipe` before overrides, moves and truncation."""
    if recipe.latent is not None:
        if len(recipe.latent) != space.z_size:
            raise ZscapeError(
                f"The latent has {len(recipe.latent)} numbers, the model wants {space.z_size}: it was made for another model."
            )
        return np.asarray(recipe.latent, np.float32)
    total = sum(weight * draw(seed, space.z_size).astype(np.float64) for seed, weight in recipe.seeds)
    # A weighted sum of independent normals has variance sum(w^2): divide, so that the mixture is from the prior too.
    scale = float(np.sqrt(sum(weight * weight for _, weight in recipe.seeds)))
    return np.asarray(total / scale, np.float32)


def latent(recipe: Recipe, space: Space) -> Floats:
    """The latent float32 [Z] of `recipe` before truncation: what the sliders show."""
    z = base_latent(recipe, space).copy()
    for index, value in recipe.overrides:
        if index >= space.z_size:
            raise ZscapeError(f"Coordinate {index} is set, the model has 0 to {space.z_size - 1}: reset the sliders.")
        z[index] = value
    for name, amount in recipe.moves:
        if name not in space.directions:
            raise ZscapeError(f"The model knows no direction named {name!r}: load its directions or reset that slider.")
        z += np.float32(amount) * space.directions[name]
    return z


def resolve(recipes: Sequence[Recipe], space: Space, rows: int, columns: int) -> Points:
    """The points of `recipes`, given in reading order for a sheet of rows x columns tiles."""
    z = np.stack([latent(recipe, space) * np.float32(recipe.truncation) for recipe in recipes])
    c = np.stack([class_row(recipe.classes, space.classes) for recipe in recipes])
    return Points(z, c, rows, columns)
