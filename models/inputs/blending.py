"""Interpolates between recipes and mixes them, all inputs together."""

from __future__ import annotations

from collections.abc import Collection, Container, Sequence
from typing import TYPE_CHECKING, get_args

from zscape.models.errors import ZscapeError
from zscape.models.inputs.base import Way
from zscape.models.inputs.kinds.latent import Latent, LatentValue
from zscape.models.inputs.recipe import Recipe
from zscape.models.inputs.space import Space
from zscape.models.inputs.value import Value

if TYPE_CHECKING:
    from zscape.models.inputs.base import Floats


def check_way(way: str) -> None:
    """Raise ZscapeError if `way` is not one of `Way`."""
    if way not in get_args(Way):
        raise ZscapeError(f"Between points there is no way {way!r}: choose {' or '.join(get_args(Way))}.")


def between(
    start: Recipe, end: Recipe, steps: Sequence[float], way: Way, space: Space, keep: Collection[str] = ()
) -> list[Recipe]:
    """Interpolate from `start` (0) to `end` (1) at `steps`; inputs named in `keep` stay as they are at the start.

    Raises ZscapeError for an unknown way.
    """
    check_way(way)
    moving = [each for each in space.said_by(start, end) if each.name not in keep]
    columns = [each.between(start, end, steps, way, space) for each in moving]
    return [
        start.with_values({each.name: column[place] for each, column in zip(moving, columns, strict=True)})
        for place in range(len(steps))
    ]


def combine(recipes: Sequence[Recipe], weights: Floats, keep_norm: bool, space: Space) -> list[Recipe]:
    """Return weighted sums of `recipes` [R]: one recipe per row of weights [N, R], whose rows sum to 1."""
    said = space.said_by(*recipes)
    columns: dict[str, list[Value]] = {each.name: each.combine(recipes, weights, keep_norm, space) for each in said}
    return [Recipe({name: column[place] for name, column in columns.items()}) for place in range(len(weights))]


def truncated(recipe: Recipe, factor: float, space: Space, but: Container[str] = ()) -> Recipe:
    """Return `recipe` with another truncation: of its styles if the model has them, otherwise of its latents.

    but: names of inputs that stay as they are.
    """
    targets = [space.styles] if space.styles else [each for each in space.inputs if each.truncates]
    targets = [each for each in targets if each.name not in but]
    return recipe.with_values({each.name: each.truncated(recipe.value(each), factor) for each in targets})


def reseeded(recipe: Recipe, seed: int, space: Space) -> Recipe:
    """Return `recipe` with a fresh draw of its latents and nothing set by hand; truncation and other inputs stay."""
    values = {each.name: recipe.value(each) for each in space.every(Latent)}
    fresh = {name: value.with_seed(seed) for name, value in values.items() if isinstance(value, LatentValue)}
    styles = space.styles
    return recipe.with_values(fresh) if styles is None else recipe.with_values(fresh).without(styles.name)
