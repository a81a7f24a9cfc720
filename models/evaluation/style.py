"""How well the style of a picture is kept when it is drawn as other classes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
FEWEST = 5
"""Inputs of a class below which a rank correlation says nothing."""


def ranks(values: Floats) -> Floats:
    """The ranks of values [N] from 1; equal values share the mean of theirs."""
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    shared: Floats = (last - (counts - 1) / 2)[inverse.ravel()]
    return shared


def spearman(a: Floats, b: Floats) -> float:
    """The rank correlation of a [N] and b [N], from -1 to 1; 0 where one of them is constant.

    C. Spearman, "The proof and measurement of association between two things" (1904): Pearson's correlation of the ranks.
    """
    x, y = ranks(a), ranks(b)
    x, y = x - x.mean(), y - y.mean()
    scale = np.sqrt((x @ x) * (y @ y))
    return float(x @ y / scale) if scale > 0 else 0.0


def style_correlation(given: Floats, labels: NDArray[np.int64], drawn: Floats) -> float | None:
    """How well an attribute of inputs is kept in the other classes: the mean rank correlation over all pairs of classes.

    given: the attribute of the inputs [M], of classes labels [M]; drawn [M, K]: that of each input's style drawn as each class.
    For each class and each other class the correlation of input and drawing over the inputs of the first: within one class, so
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
