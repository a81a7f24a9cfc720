"""The real pictures that models are compared with: one fixed split, the same for every model."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from zscape.models.data.dataset import Dataset
from zscape.models.data.sources import load
from zscape.models.errors import ZscapeError
from zscape.models.files.spec import Spec
from zscape.models.training.encoder import HELD_OUT_SEED

HELD_OUT = 10_000
"""Pictures held out at most; of smaller sets a fifth."""
FEWEST = 100
"""On fewer pictures the measures would be noise."""


@dataclass(frozen=True, eq=False)
class Reference:
    """held_out: what everything is compared with. rest: the other real pictures, which reference classifiers are trained on."""

    held_out: Dataset
    rest: Dataset


def reference(data: Dataset) -> Reference:
    """The split of `data`: every class in its share. Raises ZscapeError for fewer than 100 pictures.

    The seed is that of the encoder's training: splits of one seed lie within each other, so that a few held-out pictures
    (`held_out` of a smaller split) were seen neither by an encoder nor by a reference classifier.
    """
    if len(data) < FEWEST:
        raise ZscapeError(f"{data.name} has {len(data)} pictures: measuring takes at least {FEWEST}; choose other data.")
    rest, held_out = data.split(min(HELD_OUT, len(data) // 5), HELD_OUT_SEED)
    return Reference(held_out, rest)


def matched(data: Dataset, spec: Spec) -> Dataset:
    """`data` with the classes of the model of `spec`, by name; numbers without names are the model's first classes.

    Data for a model without classes stays as it is. Raises ZscapeError where the data has a class the model does not draw.
    """
    names = spec.class_names
    if len(names) == 1 or data.class_names == names:
        return data
    if set(data.class_names) <= set(names):
        numbers = np.array([names.index(name) for name in data.class_names], np.int64)
    elif data.class_names == tuple(map(str, range(len(data.class_names)))) and len(data.class_names) <= len(names):
        numbers = np.arange(len(data.class_names), dtype=np.int64)
    else:
        raise ZscapeError(
            f"{spec.name} draws {_few(names)}; {data.name} has {_few(data.class_names)}: choose data of the model's classes."
        )
    return replace(data, labels=numbers[data.labels], class_names=names)


def _few(names: tuple[str, ...]) -> str:
    return f"{', '.join(names[:10])}{' ...' * (len(names) > 10)}"


def default_data(spec: Spec) -> Dataset:
    """What the model of `spec` was trained on where that is here, else the digits that come with Zscape."""
    try:
        return load(spec.data)
    except ZscapeError:
        return load("digits")
