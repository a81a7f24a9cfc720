"""What a map shows: many pictures, real or generated, and what is known of each."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from zscape.models.errors import ZscapeError
from zscape.models.files.spec import Spec
from zscape.models.inputs.kinds.classes import Classes
from zscape.models.inputs.kinds.latent import LatentValue
from zscape.models.inputs.recipe import Recipe
from zscape.models.inputs.sampling import sample
from zscape.models.inputs.space import Space
from zscape.models.inputs.value import check_truncation
from zscape.models.short_repr import ShortRepr

Source = Literal["data", "generated"]
Likeness = Literal["pixels", "latent", "features", "discriminator"]
"""What the similarity of two pictures is measured on.

Their pixels, their latents, their features in a reference classifier, or those in the model's discriminator.
"""
LIKENESSES: tuple[Likeness, ...] = get_args(Likeness)
ROWS_OF: dict[Likeness, str] = {
    "pixels": "pixels",
    "latent": "latents",
    "features": "features",
    "discriminator": "discriminator's features",
}
"""What similarity is measured on, in words."""
ERROR = "error of reconstruction"
"""Attribute for the error of the encoder's reconstruction of a real picture: mean squared error, pixels from 0 to 1."""
MOST = 200_000
"""Maximum number of pictures in a collection."""


@dataclass(frozen=True)
class Origin:
    """Where the pictures come from, in plain values: the same origin gives the same collection.

    source: "data", the pictures of the data set `data` (a name, a folder or a file), whose latents the encoder finds; or
    "generated", `count` random points of the model. count: maximum number of pictures; of a larger data set a random part is
    used. seed: of the points, or of that part. truncation: of the points. Raises ZscapeError for a count or a truncation out of
    range.
    """

    source: Source = "data"
    data: str = ""
    count: int = 70_000
    seed: int = 0
    truncation: float = 1.0

    def __post_init__(self) -> None:
        if not 1 <= self.count <= MOST:
            raise ZscapeError(f"A map has 1 to {MOST:,} pictures, not {self.count:,}.")
        check_truncation(self.truncation)


def check_likeness(likeness: str) -> None:
    """Raise ZscapeError if `likeness` is not something that pictures can be compared by."""
    if likeness not in LIKENESSES:
        raise ZscapeError(f"Pictures are not compared by {likeness!r}: choose from {', '.join(LIKENESSES)}.")


@dataclass(frozen=True, eq=False, repr=False)
class Collection(ShortRepr):
    """N pictures.

    model, sha256: name and hash of the model they belong to. origin: where they come from. images: uint8 [N, H, W, C]. labels:
    int64 [N], indices into class_names, from the data or as drawn. attributes: known numbers of each picture, float64 [N] by
    name. finds: the input that the latents are for. latents: float32 [N, Z]; None if they have not been found, or there is no
    encoder. classes: int64 [N], the model's class in which each is drawn with its latent; None if the model has none. features,
    judged: float32 [N, F] of a reference classifier, and of the discriminator; None if they have not been computed.
    """

    model: str
    sha256: str
    origin: Origin
    images: NDArray[np.uint8]
    labels: NDArray[np.int64]
    class_names: tuple[str, ...]
    finds: str = ""
    attributes: Mapping[str, NDArray[np.float64]] = field(default_factory=dict)
    latents: NDArray[np.float32] | None = None
    classes: NDArray[np.int64] | None = None
    features: NDArray[np.float32] | None = None
    judged: NDArray[np.float32] | None = None

    def __len__(self) -> int:
        return len(self.images)

    @property
    def image_shape(self) -> tuple[int, int, int]:
        """(channels, height, width) of every picture."""
        _, height, width, channels = self.images.shape
        return channels, height, width

    def has(self, likeness: Likeness) -> bool:
        """Whether the values that this similarity is measured on are known."""
        return likeness == "pixels" or self._numbers(likeness) is not None

    def rows(self, likeness: Likeness) -> NDArray[np.uint8] | NDArray[np.float32]:
        """Return the values that similarity is measured on, [N, D]: pixels uint8, otherwise float32.

        Raises ZscapeError if not known.
        """
        if likeness == "pixels":
            return self.images.reshape(len(self), -1)
        found = self._numbers(likeness)
        if found is None:
            raise ZscapeError(f"The {ROWS_OF[likeness]} of these pictures are not known.")
        return found

    def _numbers(self, likeness: Likeness) -> NDArray[np.float32] | None:
        return {"latent": self.latents, "features": self.features, "discriminator": self.judged}.get(likeness)

    def with_attribute(self, name: str, values: NDArray[np.float64]) -> Collection:
        """Return the collection with one more attribute [N]."""
        return replace(self, attributes={**self.attributes, name: values})

    def part(self, where: Sequence[int] | NDArray[np.int64]) -> Collection:
        """Return some of the pictures."""
        chosen = np.asarray(where, np.int64)

        def of(rows: NDArray[np.float32] | None) -> NDArray[np.float32] | None:
            return None if rows is None else rows[chosen]

        return replace(
            self,
            images=self.images[chosen],
            labels=self.labels[chosen],
            attributes={name: values[chosen] for name, values in self.attributes.items()},
            latents=of(self.latents),
            classes=None if self.classes is None else self.classes[chosen],
            features=of(self.features),
            judged=of(self.judged),
        )

    def label(self, place: int) -> str:
        """Return the name of the class of one picture."""
        return self.class_names[int(self.labels[place])]

    def digest(self) -> str:
        """Return the SHA-256 of the pictures and their classes, which identifies a collection."""
        found = hashlib.sha256(np.ascontiguousarray(self.images).data)
        found.update(np.ascontiguousarray(self.labels).data)
        return found.hexdigest()


def recipes_of(collection: Collection, space: Space) -> Callable[[int], Recipe]:
    """Return a function that gives the point of each picture. Raises ZscapeError if their latents are not known."""
    latents, classes, origin = collection.latents, collection.classes, collection.origin
    if latents is None:
        raise ZscapeError("The points of these pictures are not known: the open model has no encoder that finds them.")
    if origin.source == "generated" and len(space.inputs) > 1 + bool(space.first(Classes)):  # points with further inputs
        return sample(space, origin.count, origin.seed, (), origin.truncation).recipes.__getitem__
    return lambda place: point_of(collection, latents[place].tolist(), None if classes is None else int(classes[place]), space)


def recipe_of(collection: Collection, place: int, space: Space) -> Recipe:
    """Return the point of one picture, see `recipes_of`."""
    return recipes_of(collection, space)(place)


def point_of(collection: Collection, numbers: Sequence[float], label: int | None, space: Space) -> Recipe:
    """Return the point of a latent of the collection, in the model's class `label`."""
    recipe = Recipe({collection.finds: LatentValue(seeds=(), numbers=tuple(numbers))})
    classes = space.first(Classes)
    return recipe if classes is None or label is None else recipe.with_value(classes.name, classes.only(label))


def check_belongs(collection: Collection, spec: Spec) -> None:
    """Raise ZscapeError if the collection belongs to another model."""
    check_same(collection.model, collection.sha256, spec)


def check_same(model: str, sha256: str, spec: Spec) -> None:
    """Raise ZscapeError if a model with that name and hash is not the model of `spec`."""
    same = sha256 == spec.sha256 if sha256 and spec.sha256 else model == spec.name
    if not same:
        raise ZscapeError(f"This map is of the model {model}, not of {spec.name}: open that one, or make a new map.")
