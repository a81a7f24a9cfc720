"""Labelled pictures in memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zscape.models.errors import ZscapeError
from zscape.models.files.utf8 import check_utf8
from zscape.models.media.resize import fit_image

SAMPLED = 200
"""Maximum number of pictures examined for colours."""
TINT = 24
"""Difference between the channels of a pixel, 0 to 255: a smaller one is noise of a grey picture stored as JPEG."""


@dataclass(frozen=True)
class Resized:
    """How pictures of different sizes were resized to one.

    smallest, largest: (height, width) in the files. margins: whether some had another aspect ratio and got a margin.
    """

    smallest: tuple[int, int]
    largest: tuple[int, int]
    margins: bool


@dataclass(frozen=True, eq=False)
class Dataset:
    """Pictures and the class of each.

    images: uint8 [N, H, W, C], N >= 1, C 1 (grey) or 3 (RGB). labels: int64 [N], each an index into class_names. name: for
    display. licence: the terms of the data, "" if not known. attributes: known numbers of every picture, float64 [N] by name, on
    which attribute coordinates can be trained, besides those measured on pictures. warnings: sentences about what was left out or
    is missing in the files. resized: how pictures of other sizes in the files were resized. groups: int64 [N], None if not known:
    pictures of one style in several classes (the letters of one font, the expressions of one person) have the same number, 0 or
    above. families: int64 [N], numbers of a coarser kind that `split` keeps together (the fonts of one type family are nearly the
    same); each group is of one family.
    """

    name: str
    images: NDArray[np.uint8]
    labels: NDArray[np.int64]
    class_names: tuple[str, ...]
    licence: str = ""
    attributes: Mapping[str, NDArray[np.float64]] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    resized: Resized | None = None
    groups: NDArray[np.int64] | None = None
    families: NDArray[np.int64] | None = None

    def __post_init__(self) -> None:
        check_utf8(self.name, *self.class_names, *self.attributes)
        images, labels = self.images, self.labels
        if images.ndim != 4 or images.dtype != np.uint8 or images.shape[3] not in (1, 3) or 0 in images.shape:
            raise ZscapeError(
                f"{self.name}: pictures must be uint8 [N, H, W, 1 or 3] and at least one, not {images.dtype} {list(images.shape)}"
            )
        if labels.shape != (len(images),) or labels.dtype != np.int64:
            raise ZscapeError(
                f"{self.name}: {len(images)} pictures need as many int64 labels, not {labels.dtype} {list(labels.shape)}"
            )
        if not 0 <= labels.min() <= labels.max() < len(self.class_names):
            raise ZscapeError(
                f"{self.name}: labels run from {labels.min()} to {labels.max()}, but there are {len(self.class_names)} classes"
            )

        for name, values in self.attributes.items():
            if values.shape != (len(images),) or values.dtype != np.float64 or not np.isfinite(values).all():
                raise ZscapeError(f"{self.name}: attribute {name!r} must be {len(images)} finite numbers, one for each picture")
        for what, numbers in (("groups", self.groups), ("families", self.families)):
            if numbers is not None and (numbers.shape != (len(images),) or numbers.dtype != np.int64 or numbers.min() < 0):
                raise ZscapeError(f"{self.name}: {what} must be {len(images)} int64 numbers from 0, one for each picture")

    def __len__(self) -> int:
        return len(self.images)

    @property
    def image_shape(self) -> tuple[int, int, int]:
        """(channels, height, width) of every picture."""
        _, height, width, channels = self.images.shape
        return channels, height, width

    @property
    def counts(self) -> tuple[int, ...]:
        """Number of pictures in each class."""
        return tuple(np.bincount(self.labels, minlength=len(self.class_names)).tolist())

    @property
    def colourful(self) -> bool:
        """Whether some of the pictures (a sample) show colours, which grey ones stored in three channels do not."""
        return has_colours(self.images[:: max(1, len(self) // SAMPLED)])

    def subset(self, indices: Sequence[int] | NDArray[Any]) -> Dataset:
        """Return the M pictures at `indices` (whole numbers [M] or a mask [N]), with the same classes."""
        chosen = np.asarray(indices)
        attributes = {name: values[chosen] for name, values in self.attributes.items()}
        groups = None if self.groups is None else self.groups[chosen]
        families = None if self.families is None else self.families[chosen]
        return replace(
            self,
            images=self.images[chosen],
            labels=self.labels[chosen],
            attributes=attributes,
            groups=groups,
            families=families,
        )

    def split(self, count: int, seed: int) -> tuple[Dataset, Dataset]:
        """Return (rest, held out): `count` random pictures held out, stratified by class; the same for the same seed.

        Classes of equal size give equally many (to one picture), and no class is emptied before the others. Both parts keep the
        order of the pictures. If there are groups, whole groups are held out (whole families if there are any), about `count`
        pictures in all: the same style in both parts would make the held-out pictures look easy. Raises ZscapeError unless 0 <
        count < N, and if all pictures are of one group.
        """
        if not 0 < count < len(self):
            raise ZscapeError(f"{self.name}: cannot hold out {count} of {len(self)} pictures; ask for 1 to {len(self) - 1}")
        together = self.families if self.families is not None else self.groups
        if together is not None:
            held = self._whole(together, count, seed)
            return self.subset(~held), self.subset(held)
        order = np.random.default_rng(seed).permutation(len(self))
        shuffled = self.labels[order]
        place = np.empty(len(self))  # position of a picture in its class, as a fraction: 0 first, 1 last
        for label in np.unique(shuffled):
            members = np.flatnonzero(shuffled == label)
            place[members] = (np.arange(len(members)) + 0.5) / len(members)
        held = np.zeros(len(self), bool)
        held[order[np.lexsort((shuffled, place))[:count]]] = True
        return self.subset(~held), self.subset(held)

    def _whole(self, numbers: NDArray[np.int64], count: int, seed: int) -> NDArray[np.bool_]:
        """Return a mask of about `count` pictures, with all or none of each number.

        Numbers are added in random order as long as that brings it closer to `count`.
        """
        _, number, sizes = np.unique(numbers, return_inverse=True, return_counts=True)
        if len(sizes) < 2:
            raise ZscapeError(f"{self.name}: all pictures are of one group, so none can be held out; add pictures of another")
        chosen: list[int] = []
        total = 0
        for each in np.random.default_rng(seed).permutation(len(sizes)).tolist():
            if abs(total + int(sizes[each]) - count) < abs(total - count) and len(chosen) < len(sizes) - 1:
                chosen.append(each)
                total += int(sizes[each])
        return np.isin(number, chosen or [int(sizes.argmin())])

    def fit(self, image_shape: tuple[int, int, int]) -> Dataset:
        """Return the pictures as `image_shape` = (C, H, W): with that many channels, resized by an antialiased Lanczos filter.

        A different aspect ratio is kept, and the picture is centred on a canvas of the median of its border. Returns self if
        nothing changes. Raises ZscapeError unless C is 1 or 3 and both sides are above 0.
        """
        if image_shape == self.image_shape:
            return self
        channels, height, width = image_shape
        if channels not in (1, 3) or min(height, width) < 1:
            raise ZscapeError(f"{self.name}: cannot make pictures of shape {image_shape}; it takes (1 or 3, height, width)")
        fitted = np.empty((len(self), height, width, channels), np.uint8)
        for out, image in zip(fitted, self.images, strict=True):
            out[...] = fit_image(image, channels, height, width)
        return replace(self, images=fitted)


def has_colours(images: NDArray[np.uint8]) -> bool:
    """Whether any of the pictures uint8 [N, H, W, C] shows colours."""
    if images.shape[3] == 1:
        return False
    return bool((images.max(axis=3) - images.min(axis=3) > TINT).any())
