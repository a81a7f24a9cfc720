"""A recipe: how a person says where to look, in plain values only.

Imports nothing but the standard library, so that the window can hold one before numpy and torch are loaded.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from zscape.models.errors import ZscapeError

SEED_LIMIT = 2**32
"""Seeds run from 0 to SEED_LIMIT - 1, the range of the generator of random numbers."""


@dataclass(frozen=True)
class Recipe:
    """One point of the latent space of some model, before it is known which model.

    The latent is z = truncation * (base with `overrides` put in, plus the `moves`), where base is `latent` if given, else
    the mixture of the standard normal draws of `seeds`.

    seeds: (seed, weight) pairs; the draws are summed by weight and rescaled so that the sum is N(0, 1) again.
    latent: a stored latent of z_size numbers, in place of the seeds.
    overrides: (coordinate, value) pairs, sorted by coordinate: single coordinates of the base set by hand.
    moves: (name of a direction, amount in standard deviations) pairs, sorted by name.
    classes: one weight a class, all >= 0 with a sum above 0 (they are scaled to sum to 1); () is the first class alone.
    truncation: a factor on the whole latent; 1 is the prior, smaller is closer to its centre (more typical, less varied).
    Raises ZscapeError where a value is out of its range.
    """

    seeds: tuple[tuple[int, float], ...] = ((0, 1.0),)
    latent: tuple[float, ...] | None = None
    overrides: tuple[tuple[int, float], ...] = ()
    moves: tuple[tuple[str, float], ...] = ()
    classes: tuple[float, ...] = ()
    truncation: float = 1.0

    def __post_init__(self) -> None:
        numbers = [self.truncation, *self.classes, *(self.latent or ())]
        numbers += [value for _, value in (*self.seeds, *self.overrides, *self.moves)]
        if not all(math.isfinite(number) for number in numbers):
            raise ZscapeError("A recipe holds a number that is not finite: replace NaN and infinity by plain numbers.")
        for seed, _ in self.seeds:
            if not 0 <= seed < SEED_LIMIT:
                raise ZscapeError(f"Seed {seed} is out of range: use a whole number from 0 to {SEED_LIMIT - 1}.")
        if self.latent is None and not any(weight for _, weight in self.seeds):
            raise ZscapeError("A recipe needs a latent or at least one seed with a weight other than 0.")
        if any(weight < 0 for weight in self.classes) or (self.classes and sum(self.classes) <= 0):
            raise ZscapeError("Class weights must be 0 or more, with at least one above 0.")
        if any(index < 0 for index, _ in self.overrides):
            raise ZscapeError("Coordinates of the latent are counted from 0: an override names a negative one.")

    def with_seed(self, seed: int) -> Recipe:
        """The same classes and truncation at a fresh latent: the draw of `seed`, with nothing set by hand."""
        return replace(self, seeds=((seed, 1.0),), latent=None, overrides=(), moves=())

    def with_coordinate(self, index: int, value: float) -> Recipe:
        """Coordinate `index` of the latent (before truncation) set to `value`."""
        return replace(self, overrides=tuple(sorted({**dict(self.overrides), index: value}.items())))

    def without_coordinate(self, index: int) -> Recipe:
        """Coordinate `index` back at what the seeds or the stored latent give."""
        return replace(self, overrides=tuple(pair for pair in self.overrides if pair[0] != index))

    def with_class(self, index: int, count: int) -> Recipe:
        """Class `index` of `count`, alone."""
        return replace(self, classes=tuple(float(k == index) for k in range(count)))

    @property
    def seed(self) -> int | None:
        """The one seed the latent comes from, or None where it is a mixture or a stored latent."""
        return self.seeds[0][0] if self.latent is None and len(self.seeds) == 1 else None
