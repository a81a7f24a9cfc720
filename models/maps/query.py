"""Finds the pictures nearest to given ones: a test that a model has not memorised its data."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zscape.models.errors import ZscapeError
from zscape.models.files.checkpoint import Model
from zscape.models.inference.encoding import encode
from zscape.models.inference.runner import GeneratorRunner
from zscape.models.inputs.points import Points
from zscape.models.maps.collection import Collection, Likeness
from zscape.models.maps.likeness import seen_in
from zscape.models.maps.reduction.neighbours import Neighbours
from zscape.models.progress import Progress, Work
from zscape.models.short_repr import ShortRepr


@dataclass(frozen=True, eq=False, repr=False)
class Found(ShortRepr):
    """For Q pictures, the K nearest of each, the nearest first.

    places: int64 [Q, K], in the collection. distances: float64 [Q, K], Euclidean; for pixels with values from 0 to 1. images:
    uint8 [Q, K, H, W, C]. labels: their classes. asked: uint8 [Q, H, W, C], the pictures that were compared.
    """

    places: NDArray[np.int64]
    distances: NDArray[np.float64]
    images: NDArray[np.uint8]
    labels: tuple[tuple[str, ...], ...]
    asked: NDArray[np.uint8]


def nearest_to(
    collection: Collection,
    model: Model,
    asked: Points | NDArray[np.uint8],
    likeness: Likeness = "pixels",
    count: int = 10,
    device: str = "auto",
) -> Work[Found]:
    """Find the `count` pictures of `collection` that are nearest to each of `asked`.

    asked: points of the model, or pictures uint8 [Q, H, W, C] of its shape. A picture's latent is what the encoder finds. Raises
    ZscapeError if likeness cannot be measured in that way.
    """
    if count < 1:
        raise ZscapeError("Ask for one neighbour or more.")
    if isinstance(asked, Points):
        runner = GeneratorRunner(model, device)
        points = runner.with_styles(asked)
        images = runner.draw(points).images
    else:
        points, images = None, asked
    index = yield from Neighbours.prepare(collection.rows(likeness))
    rows = yield from _rows(collection, model, points, images, likeness, device)
    places, distances = [], []
    for number, row in enumerate(rows, 1):
        near = index.nearest(row, count)
        places.append(near.places)
        distances.append(near.distances)
        yield Progress(number, len(rows), "Finding nearest neighbours")
    found = np.stack(places)
    labels = tuple(tuple(collection.label(place) for place in each) for each in found.tolist())
    return Found(found, np.stack(distances), collection.images[found], labels, images)


def _rows(
    collection: Collection, model: Model, points: Points | None, images: NDArray[np.uint8], likeness: Likeness, device: str
) -> Work[NDArray[np.uint8] | NDArray[np.float32]]:
    if likeness == "pixels":
        return images.reshape(len(images), -1)
    if likeness != "latent":
        return seen_in(collection, model, likeness, images, device)
    if points is not None:
        if collection.finds not in points:
            raise ZscapeError(f"The points hold no {collection.finds!r}: compare them by pixels.")
        return points[collection.finds]
    encoded = yield from encode(model, images, device=device)
    return encoded.z
