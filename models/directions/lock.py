"""Locks: moves along one direction that leave the attributes of others unchanged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from zscape.models.data.attributes import ATTRIBUTES, measure
from zscape.models.directions.samples import Floats
from zscape.models.errors import ZscapeError
from zscape.models.inputs.directions import Direction


def effect_of(direction: Direction) -> Floats:
    """Return the step [S] of the latent that raises its attribute most: the normal found by regression, or its own vector."""
    normal = direction.provenance.get("normal")
    fits = isinstance(normal, Sequence) and len(normal) == len(direction.vector)
    return np.asarray(normal if fits else direction.vector, np.float64)


def compensation(moves: Mapping[str, float], directions: Mapping[str, Direction], locked: Sequence[str]) -> dict[str, float]:
    """Return how far to go along each locked direction so that `moves` along others leave the locked attributes unchanged.

    The steps are made orthogonal to the locked normals G: G (V m + L a) = 0 is solved for the amounts a, with V the vectors moved
    along by m and L those of the locked directions. Raises ZscapeError for an unknown name.
    """
    for name in (*moves, *locked):
        if name not in directions:
            raise ZscapeError(f"The model knows no direction named {name!r}: load its directions first.")
    held = [name for name in locked if name not in moves]
    step = sum((amount * np.asarray(directions[name].vector) for name, amount in moves.items()), start=np.zeros(1))
    same = [name for name in held if len(directions[name].vector) == len(step)]
    if not same:
        return {}
    normals = np.stack([effect_of(directions[name]) for name in same])
    vectors = np.stack([np.asarray(directions[name].vector) for name in same])
    amounts = np.linalg.lstsq(normals @ vectors.T, -normals @ step, rcond=None)[0]
    return dict(zip(same, amounts.tolist(), strict=True))


def going_along(names: Sequence[str], directions: Mapping[str, Direction], keep: Sequence[str]) -> dict[str, dict[str, float]]:
    """Return for each of `names` how far to go along each locked direction per 1 along it, so that those of `keep` stay.

    names: one direction, or the two axes of a plane. A locked axis stays unchanged along the other one; if both are locked, each
    is moved by itself. Raises ZscapeError for an unknown name.
    """
    found = {}
    for name in names:
        own = names if name in keep else (name,)
        held = [each for each in keep if each not in own]
        here = directions[name].input if name in directions else ""
        same = [each for each in held if each not in directions or directions[each].input == here]
        found[name] = {each: round(amount, 9) for each, amount in compensation({name: 1.0}, directions, same).items()}
    return found


def measurable(direction: Direction) -> bool:
    """Whether the change of its attribute can be measured on pictures."""
    return direction.name in ATTRIBUTES and "sd" in direction.provenance


def drift(before: NDArray[np.uint8], after: NDArray[np.uint8], locked: Sequence[Direction]) -> dict[str, Floats]:
    """Return how far locked attributes have moved between images uint8 [N, H, W, C]: [N] each, in standard deviations.

    Only of those that can be measured on pictures.
    """
    first, last = measure(before), measure(after)
    return {each.name: (last[each.name] - first[each.name]) / float(each.provenance["sd"]) for each in locked if measurable(each)}
