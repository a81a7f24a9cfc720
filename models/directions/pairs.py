"""A direction from B to A, each a point or the mean of several."""

from __future__ import annotations

import numpy as np

from zscape.models.directions.samples import Floats
from zscape.models.errors import ZscapeError
from zscape.models.inputs.directions import Direction

PAIRS = "difference of means"


def difference(a: Floats, b: Floats, name: str, target: str, covariance: Floats | None = None) -> Direction:
    """Return the direction from the mean of b [M, S] to that of a [N, S]: 1 is a standard deviation along it.

    covariance [S, S]: that of the latent or style, None for that of N(0, I). Raises ZscapeError if the two means are the same.
    """
    way = np.asarray(a, np.float64).mean(0) - np.asarray(b, np.float64).mean(0)
    length = float(np.linalg.norm(way))
    if not length >= 1e-6:
        raise ZscapeError("A and B have the same latent: there is no direction from one to the other.")
    way /= length
    step = way if covariance is None else way * np.sqrt(way @ covariance @ way)
    found = {"length": length / float(np.linalg.norm(step)), "a": len(a), "b": len(b)}
    return Direction(name, target, tuple(step.tolist()), method=PAIRS, provenance=found)
