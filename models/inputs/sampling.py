"""Random points, drawn as in training."""

from __future__ import annotations

import reprlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from zscape.models.errors import ZscapeError
from zscape.models.inputs.blending import truncated
from zscape.models.inputs.kinds.classes import Classes
from zscape.models.inputs.kinds.latent import Latent
from zscape.models.inputs.kinds.picture import Picture
from zscape.models.inputs.points import Points, StylePlan, stored
from zscape.models.inputs.recipe import Recipe
from zscape.models.inputs.space import Space
from zscape.models.inputs.units import UNIT_EDITS, UnitsValue
from zscape.models.inputs.value import Value, check_seed, check_truncation

MOST = 1_000_000
"""Maximum number of points drawn at once."""


class SampledRecipes(Sequence[Recipe]):
    """Recipes of random points, each made on first access.

    arrays: rows of the points before truncation. given: values that are the same in all points, and not truncated.
    """

    def __init__(
        self, space: Space, arrays: Mapping[str, NDArray[np.float32]], truncation: float, given: Mapping[str, Value]
    ) -> None:
        self._space, self._arrays, self._truncation, self._given = space, arrays, truncation, given

    def __len__(self) -> int:
        return len(next(iter(self._arrays.values())))

    @overload
    def __getitem__(self, index: int) -> Recipe: ...
    @overload
    def __getitem__(self, index: slice) -> SampledRecipes: ...
    def __getitem__(self, index: int | slice) -> Recipe | SampledRecipes:
        if isinstance(index, slice):
            arrays = {name: rows[index] for name, rows in self._arrays.items()}
            return SampledRecipes(self._space, arrays, self._truncation, self._given)
        values = {name: stored(self._space.input(name), rows[index]) for name, rows in self._arrays.items()}
        recipe = Recipe({**values, **self._given})
        return recipe if self._truncation == 1 else truncated(recipe, self._truncation, self._space, self._given)


def sample(
    space: Space,
    count: int,
    seed: int = 0,
    labels: Iterable[int] = (),
    truncation: float = 1.0,
    values: Mapping[str, Value] | None = None,
) -> Points:
    """Draw `count` random points in one row, the same for the same seed.

    labels: class numbers, used in turn; () for all classes. truncation: of the styles, or else of the latents. values: values of
    single inputs, fixed in all points, by name; they are not truncated. Pictures are blank unless given. Raises ZscapeError for a
    count below 1 or above MOST, a seed out of range, a value that does not fit or a truncation that is not a number.
    """
    if not 1 <= count <= MOST:
        raise ZscapeError(f"{count} points were asked for: ask for 1 to {MOST:,} at a time, and for more with other seeds.")
    check_seed(seed)
    given = dict(values or {})
    labels = tuple(labels)
    check_classes_once(space, labels, given)
    for name, value in given.items():
        space.input(name).check(value)
    check_truncation(truncation)
    rows: dict[str, NDArray[np.float32]] = {}
    for each in space.inputs:
        if (each.name in given and each is not space.styles) or isinstance(each, Picture):
            value = given.get(each.name, each.default(seed))
            rows[each.name] = np.repeat(each.row(value, space)[None], count, axis=0)
        elif isinstance(each, Classes):
            chosen = np.asarray(labels, np.int64)
            chosen = chosen if len(chosen) else np.arange(len(each.labels))
            rows[each.name] = np.eye(len(each.labels), dtype=np.float32)[np.resize(chosen, count)]
        elif each is not space.styles:
            rows[each.name] = each.prior(count, seed)
    edits = given.get(UNIT_EDITS)
    edits = edits if isinstance(edits, UnitsValue) and edits.edits else None
    kept = {name: value for name, value in given.items() if name != UNIT_EDITS} | ({UNIT_EDITS: edits} if edits else {})
    recipes = SampledRecipes(space, dict(rows), truncation, kept)
    units = () if edits is None else (edits,) * count
    if space.styles is not None:
        return Points(rows, 1, count, recipes, _plan(space, rows, truncation, given.get(space.styles.name)), units)
    for latent in space.every(Latent):
        if latent.name not in given:
            rows[latent.name] = rows[latent.name] * np.float32(truncation)
    return Points(rows, 1, count, recipes, units=units)


def check_classes_once(space: Space, labels: Sequence[int], values: Mapping[str, Value]) -> None:
    """Raise ZscapeError if `labels` and `values` both set the class: one of them would have no effect."""
    classes = space.first(Classes)
    if labels and classes is not None and classes.name in values:
        raise ZscapeError(f"The class is given twice, as {classes.name!r} among the values too: give one of them.")


def _plan(space: Space, rows: Mapping[str, NDArray[np.float32]], truncation: float, value: Value | None) -> StylePlan:
    """Plan the styles of the latents, or those of one stored value for all points."""
    styles = space.styles
    assert styles is not None
    count = len(next(iter(rows.values())))
    numbers = getattr(value, "numbers", None)
    stored_rows = dict.fromkeys(range(count), np.asarray(numbers, np.float32)) if numbers else {}
    shares = np.ones((count, 1, styles.layers), np.float32)
    truncations = np.full((count, styles.layers), 1 if numbers else truncation, np.float32)
    return StylePlan(styles.name, dict(rows), stored_rows, np.arange(count)[:, None], shares, None, truncations)


def given_values(space: Space, values: Mapping[str, object]) -> dict[str, Value]:
    """Convert values given in a notebook (numbers, arrays, dictionaries) to values of their inputs.

    Raises ZscapeError for an invalid value and for a name that the model does not have.
    """
    found, known = {}, [*(each.name for each in space.inputs), UNIT_EDITS]
    for name, value in values.items():
        if name not in known:
            raise ZscapeError(f"The model has no input {name!r}: it takes {', '.join(known[:-1])}.")
        target = space.input(name)
        try:
            one: Any = value if getattr(value, "ndim", 1) == 0 else None  # a scalar of numpy or torch
            found[name] = target.value(value if one is None else one.item())
        except (TypeError, ValueError, OverflowError, RuntimeError) as error:
            raise ZscapeError(f"{name!r}, a {target.kind} input, cannot be {reprlib.repr(value)}.") from error
    return found
