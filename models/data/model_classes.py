"""Data with the classes of a model."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from zscape.models.data.dataset import Dataset
from zscape.models.errors import ZscapeError


def with_classes_of(data: Dataset, names: tuple[str, ...], model: str) -> Dataset:
    """`data` with the classes `names` of the model called `model`, by name; numbers without names are its first classes.

    Data for a model without classes stays as it is. Raises ZscapeError where the data has a class the model does not draw.
    """
    if len(names) <= 1 or data.class_names == names:
        return data
    if set(data.class_names) <= set(names):
        numbers = np.array([names.index(name) for name in data.class_names], np.int64)
    elif data.class_names == tuple(map(str, range(len(data.class_names)))) and len(data.class_names) <= len(names):
        numbers = np.arange(len(data.class_names), dtype=np.int64)
    else:
        raise ZscapeError(
            f"{model} draws {_few(names)}; {data.name} has {_few(data.class_names)}: choose data of the model's classes."
        )
    return replace(data, labels=numbers[data.labels], class_names=names)


def _few(names: tuple[str, ...]) -> str:
    return f"{', '.join(names[:10])}{' ...' * (len(names) > 10)}"
