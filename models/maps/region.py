"""Regions of a map, and what can be computed from the pictures in them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from zscape.models.errors import ZscapeError
from zscape.models.inputs.directions import Direction
from zscape.models.inputs.recipe import Recipe
from zscape.models.inputs.space import Space
from zscape.models.maps.collection import Collection, point_of

METHOD = "lassoed on a map"
Places = NDArray[np.int64]


def inside(positions: NDArray[np.float32], corners: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return which of positions [N, 2] lie in the polygon of corners [M, 2]: bool [N].

    By the number of sides to the right, which is odd inside; areas that the outline encloses twice are outside.
    """
    found = np.zeros(len(positions), np.bool_)
    if len(corners) < 3:
        return found
    low, high = corners.min(0), corners.max(0)
    near = np.flatnonzero(((positions >= low) & (positions <= high)).all(1))
    x, y = positions[near].astype(np.float64).T
    odd = np.zeros(len(near), np.bool_)
    for (x1, y1), (x2, y2) in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        if y1 != y2:
            odd ^= ((y1 > y) != (y2 > y)) & (x < (x2 - x1) * (y - y1) / (y2 - y1) + x1)
    found[near] = odd
    return found


def mean_of(collection: Collection, places: Places, space: Space) -> Recipe:
    """Return the mean of the latents at `places`, in their most frequent class.

    It is nearer to the centre than they are: what they have in common, as typical as possible. Raises ZscapeError if there are
    none, or their latents are not known.
    """
    rows = _latents(collection, places)
    labels = None if collection.classes is None else int(np.bincount(collection.classes[places]).argmax())
    return point_of(collection, rows.mean(0, dtype=np.float64).tolist(), labels, space)


def direction_of(collection: Collection, places: Places, name: str) -> Direction:
    """Return the direction from the mean of the other pictures to that of those at `places`.

    1 is a standard deviation of the prior. Raises ZscapeError if their latents are not known, there are none or no others, or
    both have the same mean.
    """
    chosen = _latents(collection, places)
    others = np.ones(len(collection), np.bool_)
    others[places] = False
    assert collection.latents is not None
    rest = collection.latents[others]
    if not len(rest):
        raise ZscapeError("All pictures are chosen: a direction leads from the others to the chosen ones.")
    way = chosen.mean(0, dtype=np.float64) - rest.mean(0, dtype=np.float64)
    length = float(np.linalg.norm(way))
    if length < 1e-6:
        raise ZscapeError("The chosen pictures and the others have the same mean: there is no direction between them.")
    about = {"chosen": len(chosen), "others": len(rest), "length": length}
    return Direction(name, collection.finds, tuple((way / length).tolist()), method=METHOD, provenance=about)


def shuffled(places: Places, seed: int) -> list[int]:
    """Return places in random order, the same for the same seed."""
    mixed: list[int] = np.random.default_rng(seed).permutation(places).tolist()
    return mixed


def _latents(collection: Collection, places: Places) -> NDArray[np.float32]:
    if not len(places):
        raise ZscapeError("No pictures are chosen: draw a lasso round some, or choose a range of an attribute.")
    if collection.latents is None:
        raise ZscapeError("The points of these pictures are not known yet, or there is no encoder that finds them.")
    return collection.latents[places]
