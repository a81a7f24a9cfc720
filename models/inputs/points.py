"""Points: the arrays that recipes give for the inputs of one model."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from zscape.models.inputs.base import Input
from zscape.models.inputs.kinds.noise import Noise, NoiseValue
from zscape.models.inputs.kinds.picture import Picture, PictureValue
from zscape.models.inputs.kinds.styles import Styles, StylesValue
from zscape.models.inputs.recipe import Recipe
from zscape.models.inputs.space import Space
from zscape.models.inputs.units import NOTHING, UNIT_EDITS, UNITS, UnitsValue
from zscape.models.inputs.value import Value

Floats32 = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class StylePlan:
    """How to compute the styles of N tiles from those of M points, of which the first N are the tiles' own.

    name: of the styles input. arrays: input name -> float32 [M, ...], without the styles. stored: row -> float32 [L, S], for rows
    whose styles do not come from the latent. sources int64 [N, R], shares float32 [N, R, L]: each layer of a tile is the sum over
    R of share times the source's styles. shift float32 [N, L, S] or None: what directions add. truncation float32 [M, L]: applied
    to each source, as it belongs to the source's recipe.
    """

    name: str
    arrays: Mapping[str, Floats32]
    stored: Mapping[int, Floats32]
    sources: NDArray[np.int64]
    shares: Floats32
    shift: Floats32 | None
    truncation: Floats32

    def part(self, where: slice) -> StylePlan:
        """Return the plan of some of the tiles."""
        sources = self.sources[where]
        used, places = np.unique(sources, return_inverse=True)
        row_of = {int(row): place for place, row in enumerate(used)}
        return StylePlan(
            self.name,
            {name: array[used] for name, array in self.arrays.items()},
            {row_of[row]: styles for row, styles in self.stored.items() if row in row_of},
            places.reshape(sources.shape),
            self.shares[where],
            None if self.shift is None else self.shift[where],
            self.truncation[used],
        )


@dataclass(frozen=True, eq=False)
class Points(Mapping[str, Floats32]):
    """N points, as a mapping: input name -> float32 [N, ...].

    They are in reading order, in rows of `columns`; the last row may be shorter. recipes: those they were made from, one per
    point; () if they were made from numbers alone. plan: how to compute the styles, if the model has them and they have not been
    computed yet (they are then missing from the mapping). units: edits of units inside the network, one value per point, () for
    none. of: name and training run (`Spec.run`) of the model they were made for, () if not known.
    """

    arrays: Mapping[str, Floats32]
    rows: int
    columns: int
    recipes: Sequence[Recipe] = ()
    plan: StylePlan | None = field(default=None, repr=False)
    units: Sequence[UnitsValue] = ()
    of: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        lengths = {len(array) for array in self.arrays.values()}
        count = min(lengths, default=0)
        most = self.rows * self.columns
        fits = count == most or (self.rows > 1 and most - self.columns < count < most)
        if len(lengths) != 1 or not fits or {len(self.recipes), len(self.units)} - {0, count}:
            raise ValueError(f"{sorted(lengths)} rows of input for {self.rows} x {self.columns} tiles")

    def __repr__(self) -> str:
        shapes = ", ".join(f"{name} {list(array.shape)}" for name, array in self.arrays.items())
        return f"<{self.count} point{'s' * (self.count != 1)}: {shapes}>"

    def __getitem__(self, name: str) -> Floats32:
        return self.arrays[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.arrays)

    def __len__(self) -> int:
        return len(self.arrays)

    @property
    def count(self) -> int:
        """Number of points."""
        return len(next(iter(self.arrays.values())))

    def part(self, where: slice) -> Points:
        """Return some of the points, in one row."""
        arrays = {name: array[where] for name, array in self.arrays.items()}
        count = len(next(iter(arrays.values())))
        plan = self.plan.part(where) if self.plan else None
        return Points(arrays, 1, count, self.recipes[where], plan, self.units[where], self.of)

    def recipe(self, index: int, space: Space) -> Recipe:
        """Return the recipe that the point at `index` was made from, or else a recipe of its numbers."""
        if self.recipes:
            return self.recipes[index]
        recipe = Recipe({each.name: stored(each, self[each.name][index]) for each in space.inputs if each.name in self})
        return recipe.with_value(UNIT_EDITS, self.units[index]) if self.units else recipe


def resolve(recipes: Sequence[Recipe], space: Space, rows: int, columns: int) -> Points:
    """Make the points of `recipes`, in reading order for a sheet of rows x columns tiles, whose last row may be partly empty.

    Raises ZscapeError for a recipe that a model of `space` cannot take.
    """
    seen: set[tuple[str, int]] = set()  # tiles share most of their values: check each once
    for recipe in recipes:
        for name, value in recipe.values:
            if (name, id(value)) not in seen:
                seen.add((name, id(value)))
                space.input(name).check(value)
    styles = space.styles
    sources = _sources(recipes, styles) if styles else list(recipes)
    arrays = {
        each.name: each.rows([recipe.value(each) for recipe in sources], space) for each in space.inputs if each is not styles
    }
    count = len(recipes)
    plan = _plan(recipes, sources, arrays, styles, space) if styles else None
    own = {name: array[:count] for name, array in arrays.items()} if len(sources) > count else arrays
    edited = any(recipe.get(UNIT_EDITS) not in (None, NOTHING) for recipe in recipes)
    units = tuple(UNITS.said(recipe) for recipe in recipes) if edited else ()
    return Points(own, rows, columns, tuple(recipes), plan, units)


def _sources(recipes: Sequence[Recipe], styles: Styles) -> list[Recipe]:
    """Return the recipes, then those whose styles they mix in; of the latter only the own styles count, not their mixes."""
    mixed = (mix.recipe for recipe in recipes for mix in _value(recipe, styles).mixes)
    return [*recipes, *dict.fromkeys(mixed)]


def _value(recipe: Recipe, styles: Styles) -> StylesValue:
    value = recipe.value(styles)
    styles.check(value)
    assert isinstance(value, StylesValue)
    return value


def _plan(
    recipes: Sequence[Recipe], sources: Sequence[Recipe], arrays: Mapping[str, Floats32], styles: Styles, space: Space
) -> StylePlan:
    values = [_value(recipe, styles) for recipe in sources]
    count, layers = len(recipes), styles.layers
    place_of = {recipe: count + place for place, recipe in enumerate(sources[count:])}
    most = 1 + max(len(value.mixes) for value in values[:count])
    which = np.zeros((count, most), np.int64)
    shares = np.zeros((count, most, layers), np.float32)
    which[:, 0], shares[:, 0] = np.arange(count), 1.0
    for tile, value in enumerate(values[:count]):
        for number, mix in enumerate(value.mixes, 1):
            chosen = list(mix.layers)
            which[tile, number] = place_of[mix.recipe]
            shares[tile, :number, chosen] *= 1 - mix.weight
            shares[tile, number, chosen] = mix.weight
    truncation = np.ones((len(values), layers), np.float32)
    for row, value in enumerate(values):
        truncation[row, : value.cutoff] = value.truncation
    stored = {row: np.asarray(value.numbers, np.float32) for row, value in enumerate(values) if value.numbers is not None}
    return StylePlan(styles.name, arrays, stored, which, shares, _shift(values[:count], styles, space), truncation)


def _shift(values: Sequence[StylesValue], styles: Styles, space: Space) -> Floats32 | None:
    """Return what the directions add to the styles, float32 [N, L, S]; None if nothing is moved."""
    if not any(value.moves for value in values):
        return None
    shift = np.zeros((len(values), *styles.shape), np.float32)
    for tile, value in enumerate(values):
        for name, amount in value.moves:
            direction = space.direction(name, styles.name)
            chosen = list(direction.layers) or slice(None)
            shift[tile, chosen] += np.float32(amount) * np.asarray(direction.vector, np.float32)
    return shift


def stored(target: Input, row: Floats32) -> Value:
    """Return the value of `target` whose row in points is `row`, float32 of its shape."""
    if isinstance(target, Noise):
        return NoiseValue.of(row.tolist())
    if isinstance(target, Picture):
        return PictureValue.of(np.clip(np.rint((row.transpose(1, 2, 0) + 1) * 127.5), 0, 255).astype(np.uint8))
    return target.value(row.tolist())
