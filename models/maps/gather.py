"""Gathers what a map shows: pictures, their latents, attributes and features."""

from __future__ import annotations

import time
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from zscape.models.data.attributes import CHUNK, measure
from zscape.models.data.data_of_model import data_here
from zscape.models.data.dataset import Dataset
from zscape.models.data.given_pictures import reading_inputs
from zscape.models.data.model_classes import other_classes, with_classes_of
from zscape.models.data.sources import loading
from zscape.models.errors import ZscapeError
from zscape.models.evaluation.reference_classifier import ReferenceClassifier, classifier_for
from zscape.models.files.checkpoint import Model
from zscape.models.files.spec import Spec
from zscape.models.inference.drawn import drawn
from zscape.models.inference.runner import GeneratorRunner
from zscape.models.inputs.kinds.classes import Classes
from zscape.models.inputs.kinds.latent import Latent
from zscape.models.inputs.points import Points
from zscape.models.inputs.sampling import sample
from zscape.models.maps.collection import ERROR, Collection, Origin
from zscape.models.maps.encodings import found_points
from zscape.models.progress import Progress, Work, finish

IN_COLOUR = ("brightness",)
"""Measured attributes that are meaningful for pictures that do not show strokes."""
FIRST_SECONDS, FIRST = 1.0, 100
"""Seconds for which pictures are drawn before the first map is shown, and their minimum number."""
MORE = 3
"""Factor by which each further map has more pictures, until all are drawn."""
USUAL_COUNT = 5_000
"""Default number of random points on a map."""
NO_CLASSIFIER = "There is no reference classifier of such pictures: compare them by pixels, or by their latents."


def usual_origin(spec: Spec, data: str = "", count: int = 70_000, seed: int = 0) -> Origin:
    """Return the pictures of `data`, or the model's own data if these are on this machine, otherwise random points."""
    data = data or data_here(spec)
    return Origin("data", data, count, seed) if data else Origin("generated", "", min(count, USUAL_COUNT), seed)


def origin_of(spec: Spec, data: str, generated: int, count: int, seed: int) -> Origin:
    """Return the origin asked for: the pictures of `data`, or `generated` random points, or the default.

    Raises ZscapeError if both are given, and for counts out of range.
    """
    if data and generated:
        raise ZscapeError("A map is of data or of generated pictures: give one of the two.")
    return Origin("generated", "", generated, seed) if generated else usual_origin(spec, data, count, seed)


def reading(model: Model, origin: Origin) -> Work[Collection]:
    """Read the pictures of a data set, prepared for the model, with the attributes in the data.

    Raises ZscapeError for data that are missing or cannot be read.
    """
    spec = model.spec
    try:
        data = yield from loading(origin.data)
    except ZscapeError:
        data = None  # a single picture or a file of pictures, which the encoder can take
    if data is not None and data.image_shape == spec.image_shape:
        images, labels, names = data.images, data.labels, data.class_names
        attributes = dict(data.attributes)
    else:
        given = yield from reading_inputs(origin.data, spec.image_shape, spec.subject, spec.layout)
        images, names = given.images, given.class_names or ("all",)
        labels = np.zeros(len(images), np.int64) if given.labels is None else given.labels
        if given.labels is not None and not given.class_names:
            names = tuple(map(str, range(int(labels.max()) + 1)))
        attributes = dict(data.attributes) if data is not None and len(data) == len(images) else {}
    if line := other_classes(names, spec.class_names, Path(origin.data).name, spec.name):
        yield Progress(0, 0, "Reading the data", notice=line)
    chosen = Dataset(origin.data, images, labels, names, attributes=attributes)
    if len(chosen) > origin.count:
        kept = np.random.default_rng(origin.seed).choice(len(chosen), origin.count, replace=False)
        chosen = chosen.subset(np.sort(kept))
    return Collection(spec.name, spec.sha256, origin, chosen.images, chosen.labels, names, "", chosen.attributes)


def points_of(runner: GeneratorRunner, origin: Origin) -> Points:
    """Return the random points of a generated collection, with the classes in turn."""
    return runner.with_styles(sample(runner.model.space, origin.count, origin.seed, (), origin.truncation))


def generating(runner: GeneratorRunner, origin: Origin, points: Points, first: Collection | None = None) -> Work[Collection]:
    """Draw pictures at random points: for FIRST_SECONDS, or, with `first`, until there are MORE times as many."""
    spec, space = runner.model.spec, runner.model.space
    parts = [] if first is None else [first.images]
    end, began = sum(map(len, parts)), time.perf_counter()
    most = points.count if first is None else min(points.count, MORE * len(first))
    while end < most and (first is not None or end < FIRST or time.perf_counter() - began < FIRST_SECONDS):
        some = slice(end, min(end + FIRST, most))
        parts.append((yield from drawn(runner, points.part(some), "Drawing pictures")))
        end = some.stop
        yield Progress(end, points.count, "Drawing pictures")
    images = np.concatenate(parts)
    latent, classes = space.first(Latent), space.first(Classes)
    labels: NDArray[np.int64] = points[classes.name][:end].argmax(1) if classes else np.zeros(end, np.int64)
    return Collection(
        spec.name,
        spec.sha256,
        origin,
        images,
        labels,
        classes.labels if classes else ("all",),
        latent.name if latent else "",
        {},
        np.array(points[latent.name][:end]) if latent else None,
        labels if classes else None,
    )


def with_attributes(collection: Collection, spec: Spec) -> Work[Collection]:
    """Add the attributes measured on the pictures to those known."""
    parts: list[dict[str, NDArray[np.float64]]] = []
    for start in range(0, len(collection), CHUNK):
        parts.append(measure(collection.images[start : start + CHUNK]))
        yield Progress(min(start + CHUNK, len(collection)), len(collection), "Measuring attributes")
    found = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    strokes = spec.subject == "glyph" and spec.image_shape[0] == 1
    found = {name: values for name, values in found.items() if strokes or name in IN_COLOUR}
    return replace(collection, attributes={**found, **collection.attributes})


def with_latents(collection: Collection, model: Model, device: str = "auto") -> Work[Collection]:
    """Add the latents that the encoder finds and the errors of its reconstructions. Raises ZscapeError without an encoder.

    The classes are those of the data if all of them are the model's; otherwise they are found too.
    """
    names, labels = model.spec.class_names, None
    if len(names) > 1:
        data = Dataset(collection.origin.data, collection.images, collection.labels, collection.class_names)
        try:
            known_labels = with_classes_of(data, names, model.spec.name)
            labels = known_labels.labels if collection.class_names != ("all",) else None
        except ZscapeError:
            labels = None
    found = yield from found_points(model, collection, labels, device)
    classes = model.space.first(Classes)
    assert model.encoder is not None
    shown = replace(collection, finds=model.encoder.finds, latents=found.z, classes=found.labels if classes else None)
    if collection.class_names == ("all",) and classes:
        shown = replace(shown, labels=found.labels, class_names=classes.labels)
    return shown.with_attribute(ERROR, found.mse)


def with_features(collection: Collection) -> Work[Collection]:
    """Add the features of the reference classifier for such pictures. Raises ZscapeError if there is none."""
    classifier = classifier_of(collection.class_names, collection.image_shape)
    if classifier is None:
        raise ZscapeError(NO_CLASSIFIER)
    found = yield from classifier.classify(collection.images, "Looking at the pictures")
    return replace(collection, features=found.features.numpy().astype(np.float32))


@lru_cache(maxsize=4)
def classifier_of(class_names: tuple[str, ...], image_shape: tuple[int, int, int]) -> ReferenceClassifier | None:
    """Return the reference classifier for such pictures, loaded once."""
    channels, height, width = image_shape
    one = np.zeros((1, height, width, channels), np.uint8)
    return classifier_for(Dataset("pictures", one, np.zeros(1, np.int64), class_names))


def features_of(collection: Collection, images: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Return the features float32 [M, F] of pictures uint8 [M, H, W, C], for comparison with the collection's.

    By the reference classifier for its classes. Raises ZscapeError if there is none.
    """
    classifier = classifier_of(collection.class_names, collection.image_shape)
    if classifier is None:
        raise ZscapeError(NO_CLASSIFIER)
    return finish(classifier.classify(images)).features.numpy().astype(np.float32)
