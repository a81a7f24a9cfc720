"""Whether a model has what a similarity is measured on, and computing it for the pictures of a map."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from zscape.models.data.model_classes import other_classes
from zscape.models.errors import ZscapeError
from zscape.models.files.checkpoint import Model
from zscape.models.files.spec import Spec
from zscape.models.inference.inside.judge import judged_features, none_in
from zscape.models.maps.collection import Collection, Likeness, Origin, Source, check_likeness
from zscape.models.maps.gather import NO_CLASSIFIER, classifier_of, features_of, with_features, with_latents
from zscape.models.progress import Work, finish


def lacking(model: Model, likeness: Likeness, source: Source = "data", class_names: tuple[str, ...] | None = None) -> str:
    """Return in one line why pictures cannot be compared by `likeness` with this model; "" if they can.

    source: where they come from; the latents of generated ones are known. class_names: those of the pictures, None if not known
    yet; a reference classifier is for certain classes.
    """
    if likeness == "latent" and source == "data" and model.encoder is None:
        return f"{model.spec.name} has no encoder, so the latents of pictures are not known: compare them by pixels."
    if likeness == "features" and class_names is not None and classifier_of(class_names, model.spec.image_shape) is None:
        return NO_CLASSIFIER
    return none_in(model.spec.name) if likeness == "discriminator" and model.discriminator is None else ""


def other_pictures(collection: Collection, spec: Spec) -> str:
    """Return a sentence saying that the pictures have none of the model's classes; "" if they do, or it is not known."""
    if collection.origin.source != "data":
        return ""
    return other_classes(collection.class_names, spec.class_names, Path(collection.origin.data).name, spec.name)


def stand_ins(spec: Spec, origin: Origin, generated: int) -> str:
    """Return a sentence if random points stand in for missing data, otherwise "". generated: the number that was asked for."""
    if origin.source == "data" or generated:
        return ""
    return f"The data of {spec.name} are not here: the nearest of {origin.count:,} random points of the model are shown."


def check_comparable(model: Model, likeness: Likeness, source: Source = "data") -> None:
    """Raise ZscapeError if pictures cannot be compared by `likeness` with this model."""
    check_likeness(likeness)
    if line := lacking(model, likeness, source):
        raise ZscapeError(line)


def with_values(collection: Collection, model: Model, likeness: Likeness, device: str = "auto") -> Work[Collection]:
    """Return the collection with the values of `likeness`, computed if necessary. Raises ZscapeError if that is not possible."""
    if collection.has(likeness):
        return collection
    check_comparable(model, likeness, collection.origin.source)
    if likeness == "latent":
        return (yield from with_latents(collection, model, device))
    if likeness == "features":
        return (yield from with_features(collection))
    return replace(collection, judged=(yield from judged_features(model, collection.images, device)))


def row_of(
    collection: Collection,
    model: Model,
    likeness: Likeness,
    image: NDArray[np.uint8],
    points: Mapping[str, NDArray[np.float32]],
    device: str = "auto",
) -> NDArray[np.uint8] | NDArray[np.float32] | None:
    """Return the row [D] by which a picture [H, W, C] is compared; `model` drew it at the first of points [N, ...].

    The row is like those of `collection.rows(likeness)`; None if the picture cannot be compared.
    """
    if image.shape != collection.images.shape[1:]:
        return None
    if likeness == "pixels":
        return image.reshape(-1)
    if likeness == "latent":
        row: NDArray[np.float32] | None = points[collection.finds][0] if collection.finds in points else None
        return row
    if not collection.has(likeness) or lacking(model, likeness, collection.origin.source, collection.class_names):
        return None
    seen: NDArray[np.float32] = seen_in(collection, model, likeness, image[None], device)[0]
    return seen


def seen_in(
    collection: Collection, model: Model, likeness: Likeness, images: NDArray[np.uint8], device: str = "auto"
) -> NDArray[np.float32]:
    """Return the features float32 [M, F] of pictures by `likeness` (not "latent"), for comparison with the collection's.

    Raises ZscapeError if there is no network for it.
    """
    return features_of(collection, images) if likeness == "features" else finish(judged_features(model, images, device))
