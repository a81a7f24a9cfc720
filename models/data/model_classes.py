"""Matches data to the classes of a model."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from zscape.models.data.dataset import Dataset
from zscape.models.data.sources import KNOWN
from zscape.models.errors import ZscapeError

SAID = 3
"""Number of classes in an example."""


def with_classes_of(data: Dataset, names: tuple[str, ...], model: str) -> Dataset:
    """Return `data` with the classes `names` of the model called `model`, matched by name; unnamed numbers are its first classes.

    Data for a model without classes stays as it is. Raises ZscapeError if the data has a class the model does not draw.
    """
    if len(names) <= 1 or data.class_names == names:
        return data
    numbers = classes_of(data.class_names, names, data.name, model)
    return replace(data, labels=numbers[data.labels], class_names=names)


def classes_of(said: tuple[str, ...], names: tuple[str, ...], data: str, model: str) -> NDArray[np.int64]:
    """Return the number of each class `said` in `data` among the classes `names` of the model called `model`: int64 [len(said)].

    By name, or in order if the classes of the data have only numbers (`taken_by_place`). Raises ZscapeError for classes that the
    model does not have.
    """
    if len(names) <= 1:
        return np.zeros(len(said), np.int64)
    if set(said) <= set(names):
        return np.array([names.index(name) for name in said], np.int64)
    if _unnamed(said, data) and len(said) <= len(names):
        return np.arange(len(said), dtype=np.int64)
    others = f"one class, {said[0]}" if len(said) == 1 else _few(said)
    raise ZscapeError(f"{model} draws {_few(names)}; {data} has {others}: choose data of the model's classes.")


def taken_by_place(said: tuple[str, ...], names: tuple[str, ...], data: str, model: str) -> str:
    """Return a sentence about which classes `classes_of` assigns by order because the data has only numbers; "" otherwise."""
    if len(names) <= 1 or set(said) <= set(names) or not _unnamed(said, data) or len(said) > len(names):
        return ""
    pairs = ", ".join(f"{number} for {name}" for number, name in zip(said[:SAID], names, strict=False))
    return f"The classes of {data} have no names: they are taken for {model}'s in order, {pairs}{' ...' * (len(said) > SAID)}."


def other_classes(said: tuple[str, ...], names: tuple[str, ...], data: str, model: str) -> str:
    """Return a sentence saying that the data and the model have no class in common; "" if they have, or it is not known."""
    nobody = len(names) <= 1 or said == ("all",) or _unnamed(said, data)
    if nobody or {each.casefold() for each in said} & {each.casefold() for each in names}:
        return ""
    return f"The classes of {data} ({_few(said, SAID)}) are none of those that {model} draws ({_few(names, SAID)})."


def _unnamed(said: tuple[str, ...], data: str) -> bool:
    """Whether classes have the names that unnamed data get. Known data sets have names, those of digits among them."""
    return said == tuple(map(str, range(len(said)))) and data not in KNOWN


def _few(names: tuple[str, ...], most: int = 10) -> str:
    return f"{', '.join(names[:most])}{' ...' * (len(names) > most)}"
