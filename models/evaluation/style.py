"""Measures how well the style of a picture is kept when it is drawn in other classes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
FEWEST = 5
"""Minimum number of inputs of a class for a meaningful rank correlation."""


def ranks(values: Floats) -> Floats:
    """Return the ranks of values [N] from 1; equal values share the mean of theirs."""
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    shared: Floats = (last - (counts - 1) / 2)[inverse.ravel()]
    return shared


def spearman(a: Floats, b: Floats) -> float:
    """Return the rank correlation of a [N] and b [N], from -1 to 1; 0 if one of them is constant.

    C. Spearman, "The proof and measurement of association between two things" (1904): Pearson's correlation of the ranks.
    """
    x, y = ranks(a), ranks(b)
    x, y = x - x.mean(), y - y.mean()
    scale = np.sqrt((x @ x) * (y @ y))
    return float(x @ y / scale) if scale > 0 else 0.0


def style_correlation(given: Floats, labels: NDArray[np.int64], drawn: Floats) -> float | None:
    """Return how well an attribute of inputs is kept in the other classes: the rank correlation averaged over pairs of classes.

    given: the attribute of the inputs [M], of classes labels [M]; drawn [M, K]: that of each input's style drawn in each class.
    For each class and each other class, input and drawing are correlated over the inputs of the first class: within one class, so
    that style is compared and not the shape of the class. None if no class has five inputs.
    """
    values = [
        spearman(given[members], drawn[members, other])
        for label in np.unique(labels)
        if len(members := np.flatnonzero(labels == label)) >= FEWEST
        for other in range(drawn.shape[1])
        if other != label
    ]
    return float(np.mean(values)) if values else None
