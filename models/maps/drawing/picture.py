"""Draws a map as a picture."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from zscape.models.errors import ZscapeError
from zscape.models.maps.collection import Collection
from zscape.models.maps.drawing.colours import Colours, class_colours, rgb, shades
from zscape.models.maps.drawing.raster import draw_points
from zscape.models.maps.map import Map

CLASS = "class"
SIDE, MARGIN = 1200, 24
GROUND = 0xFFFFFFFF
MANY, SMALL, LARGE = 20_000, 3, 6


def colours_of(collection: Collection, by: str = CLASS) -> Colours:
    """Return a colour for each picture, uint32 [N]: of its class, or of the attribute called `by`.

    Raises ZscapeError, listing the attributes, for one that is not known.
    """
    if by == CLASS:
        return class_colours(len(collection.class_names))[collection.labels]
    values = collection.attributes.get(by)
    if values is None:
        names = ", ".join([CLASS, *collection.attributes])
        raise ZscapeError(f"These pictures have no attribute {by!r}; there are: {names}.")
    return shades(values)


def shuffled(count: int) -> NDArray[np.int64]:
    """Return a drawing order in which no class hides another, the same each time."""
    return np.random.default_rng(0).permutation(count)


def place_in(given: Map, positions: NDArray[np.float32], side: int) -> NDArray[np.float32]:
    """Return the places of positions [N, 2] of a map in its picture of `side`: (x, y) in pixels, y down, float32 [N, 2]."""
    low, high = given.positions.min(0), given.positions.max(0)
    scale = (side - 2 * MARGIN) / max(float((high - low).max()), 1e-12)
    place = (positions - (low + high) / 2) * scale
    return np.stack([place[:, 0] + side / 2, side / 2 - place[:, 1]], 1).astype(np.float32)


def picture_of(given: Map, by: str = CLASS, side: int = SIDE) -> NDArray[np.uint8]:
    """Draw the points on white, uint8 [side, side, 3], coloured by `by`; see `colours_of`."""
    pixels = np.full((side, side), GROUND, np.uint32)
    order = shuffled(len(given))
    x, y = place_in(given, given.positions[order], side).T
    draw_points(pixels, x, y, colours_of(given.collection, by)[order], SMALL if len(given) > MANY else LARGE)
    return rgb(pixels)
