"""Data with the classes of a model."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from zscape.models.data.dataset import Dataset
from zscape.models.errors import ZscapeError


def with_classes_of(data: Dataset, names: tuple[str, ...], model: str) -> Dataset:
    """`data` with the classes `names` of the model called `model`, by name; numbers without names are its first classes.

    Data for a model without classes stays as it is. Raises ZscapeError where the data has a class the model does not draw.
    """
    if len(names) <= 1 or data.class_names == names:
        return data
    numbers = classes_of(data.class_names, names, data.name, model)
    return replace(data, labels=numbers[data.labels], class_names=names)


def classes_of(said: tuple[str, ...], names: tuple[str, ...], data: str, model: str) -> NDArray[np.int64]:
    """The number of each class `said` in `data` among the classes `names` of the model called `model`: int64 [len(said)].

    By name, or in order where the classes of the data are called 0, 1, 2, ... Raises ZscapeError for classes the model has not.
    """
    if len(names) <= 1:
        return np.zeros(len(said), np.int64)
    if set(said) <= set(names):
        return np.array([names.index(name) for name in said], np.int64)
    if said == tuple(map(str, range(len(said)))) and len(said) <= len(names):
        return np.arange(len(said), dtype=np.int64)
    raise ZscapeError(f"{model} draws {_few(names)}; {data} has {_few(said)}: choose data of the model's classes.")


def _few(names: tuple[str, ...]) -> str:
    return f"{', '.join(names[:10])}{' ...' * (len(names) > 10)}"
