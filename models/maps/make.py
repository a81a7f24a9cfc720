"""Makes a map: a first one at once, then one with everything that can be found out about its pictures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from zscape.models.files.checkpoint import Model
from zscape.models.inference.runner import GeneratorRunner
from zscape.models.maps import gather
from zscape.models.maps.collection import Collection, Likeness, Origin
from zscape.models.maps.likeness import check_comparable, with_values
from zscape.models.maps.map import Map, Method
from zscape.models.maps.reduction.align import aligned
from zscape.models.maps.reduction.neighbours import Neighbours
from zscape.models.maps.reduction.principal import principal
from zscape.models.maps.reduction.tsne import check_installed, tsne
from zscape.models.maps.settings import MapSettings
from zscape.models.progress import Progress, Work

USUAL = MapSettings()
SHOWN = 5
"""Every SHOWN-th intermediate result of t-SNE is shown."""


def making(
    model: Model,
    origin: Origin,
    settings: MapSettings = USUAL,
    tell: Callable[[Map], None] = lambda _: None,
) -> Work[Map]:
    """Make the map of the pictures of `origin`.

    tell(map): called with each map that can be shown before the end: the principal components of the pictures as soon as they are
    read, and intermediate results of t-SNE. What the model cannot provide (latents without an encoder) is left out, unless the
    map is to be made of it. Raises ZscapeError in that case, for data that cannot be read, and if openTSNE is needed and missing.
    """
    shown = yield from begun(model, origin, settings, tell)
    return (yield from completed(shown, model, settings, tell))


def begun(
    model: Model,
    origin: Origin,
    settings: MapSettings = USUAL,
    tell: Callable[[Map], None] = lambda _: None,
) -> Work[Map]:
    """Make the first, incomplete map, by principal components of the pixels of the pictures available at once.

    Raises ZscapeError if no map with these settings can follow. See `making`.
    """
    if settings.method != "pca":
        check_installed()
    check_comparable(model, settings.likeness, origin.source)
    yield Progress(0, 0, "Reading the pictures")
    first = None
    if origin.source == "data":
        collection = yield from gather.reading(model, origin)
        first = yield from placed(collection, "pca", "pixels")
        tell(replace(first, complete=False))
    else:
        runner = GeneratorRunner(model, settings.device)
        collection = yield from gather.generating(runner, origin, gather.points_of(runner, origin))
    return (yield from _first_of(collection, model, first))


def completed(
    shown: Map,
    model: Model,
    settings: MapSettings = USUAL,
    tell: Callable[[Map], None] = lambda _: None,
) -> Work[Map]:
    """Complete the map of which `shown` is the first version. See `making`."""
    tell(shown)
    collection, origin = shown.collection, shown.collection.origin
    if origin.source == "generated" and len(collection) < origin.count:
        runner = GeneratorRunner(model, settings.device)
        points = gather.points_of(runner, origin)
        while len(collection) < points.count:
            collection = yield from gather.generating(runner, origin, points, collection)
            shown = yield from _first_of(collection, model, shown)
            collection = shown.collection
            tell(shown)
    finds = origin.source == "data" and model.encoder is not None
    collection = yield from with_values(collection, model, settings.likeness, settings.device)
    found = yield from arranged(collection, settings.method, settings.likeness, tell, shown)
    if settings.likeness != "latent" and finds:
        tell(replace(found, complete=False))
        found = replace(found, collection=(yield from gather.with_latents(collection, model, settings.device)))
    return found


def _first_of(collection: Collection, model: Model, before: Map | None = None) -> Work[Map]:
    """Make an incomplete map of the pictures so far, with what can be measured on them. before: a map of these, or of fewer."""
    collection = yield from gather.with_attributes(collection, model.spec)
    shown = yield from placed(collection, "pca", "pixels", before)
    return (yield from ready(replace(shown, complete=False)))


def gathered(model: Model, origin: Origin, likeness: Likeness = "pixels", device: str = "auto") -> Work[Collection]:
    """Return the pictures of `origin` with the values of `likeness`, and no more. Raises ZscapeError as `making` does."""
    check_comparable(model, likeness, origin.source)
    if origin.source == "data":
        collection = yield from gather.reading(model, origin)
    else:
        runner = GeneratorRunner(model, device)
        points = gather.points_of(runner, origin)
        collection = yield from gather.generating(runner, origin, points)
        while len(collection) < points.count:
            collection = yield from gather.generating(runner, origin, points, collection)
    return (yield from with_values(collection, model, likeness, device))


def arranged(
    collection: Collection,
    method: Method,
    likeness: Likeness,
    tell: Callable[[Map], None] = lambda _: None,
    before: Map | None = None,
) -> Work[Map]:
    """Make the map of pictures whose values are known; methods other than "pca" start from its result. See `making`.

    before: another map of the same pictures, whose neighbour search is reused and whose axes are kept.
    """
    first = yield from placed(collection, "pca", likeness, before)
    first = replace(first, indices={} if before is None else dict(before.indices))
    if method == "pca":
        return (yield from ready(first, likeness))
    tell(replace(first, complete=False))
    steps = 0

    def show(places: NDArray[np.float32]) -> None:
        nonlocal steps
        steps += 1
        if steps % SHOWN == 0:
            tell(replace(first, positions=places.copy(), method=method, axes=None, complete=False))

    places = yield from tsne(collection.rows(likeness), method == "umap-like", collection.origin.seed, show)
    return (yield from ready(replace(first, positions=places, method=method, axes=None), likeness))


def placed(collection: Collection, method: Method, likeness: Likeness, before: Map | None = None) -> Work[Map]:
    """Make the map by principal components.

    before: a map of these pictures, or of the first, which keeps its orientation; if it was made of the same, it is the result.
    """
    made = before if before is not None and before.collection.images is collection.images else None
    if made is not None and made.axes is not None and made.likeness == likeness:
        return Map(collection, made.positions, method, likeness, made.axes)
    rows = collection.rows(likeness)
    yield Progress(0, 0, "Finding principal components")
    axes = principal(rows, 2)
    places = yield from axes.projecting(rows, "Finding principal components")
    if places.shape[1] < 2:  # a single picture, or a single column: on a line
        places = np.concatenate([places, np.zeros_like(places)], 1)[:, :2]
        return Map(collection, places, method, likeness)
    axes, places = aligned(axes, places, None if before is None else before.positions)
    return Map(collection, places, method, likeness, axes)


def ready(found: Map, likeness: Likeness = "pixels") -> Work[Map]:
    """Return the map with its neighbour search for `likeness` prepared."""
    if found.knows_neighbours(likeness):
        return found
    prepared = yield from Neighbours.prepare(found.collection.rows(likeness))
    found.keep_neighbours(likeness, prepared)
    return found
