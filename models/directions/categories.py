"""Attributes whose numbers are categories: the third background is not more of a background than the second."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from zscape.models.data.dataset import Dataset

MOST, FEWEST = 12, 20
"""Maximum number of values of a category, and minimum number of pictures with a value."""
IN_ORDER = 0.7
"""Fraction of the variation of the values' mean pictures that must lie on one line, in order, for the numbers to be amounts.

If n values are equally unlike each other, it is 1 / (n - 1).
"""
COARSE = 8


def without_categories(data: Dataset) -> Mapping[str, NDArray[np.float64]]:
    """Return the attributes of `data`, float64 [N] by name; a category becomes one attribute per value, 1 where present, else 0.

    A category "background" with the values 1 to 3 becomes "background 1", "background 2" and "background 3".
    """
    found: dict[str, NDArray[np.float64]] = {}
    for name, values in data.attributes.items():
        if not _is_category(data, values):
            found[name] = values
            continue
        for value in np.unique(values):
            having = values == value
            if having.sum() >= FEWEST:
                found[f"{name} {value:g}"] = having.astype(np.float64)
    return found


def _is_category(data: Dataset, values: NDArray[np.float64]) -> bool:
    known, counts = np.unique(values, return_counts=True)
    if not 3 <= len(known) <= MOST or (known != np.rint(known)).any():
        return False
    step = max(1, data.images.shape[1] // COARSE)
    small = data.images[:, ::step, ::step].reshape(len(values), -1).astype(np.float32)
    means = np.stack([small[values == value].mean(0) for value in known])
    weights = counts / counts.sum()
    means -= weights @ means
    amount = known - weights @ known
    spread = float(weights @ (means**2).sum(1))
    slope = (weights * amount) @ means / (weights @ amount**2)
    in_order = float((weights @ amount**2) * (slope**2).sum())
    return spread > 0 and in_order / spread < IN_ORDER
