"""Aligns the axes of a map with those before: the sign and order of components are arbitrary, and a map must not flip."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from zscape.models.maps.reduction.principal import Axes


def aligned(axes: Axes, places: NDArray[np.float32], before: NDArray[np.float32] | None) -> tuple[Axes, NDArray[np.float32]]:
    """Put two axes, and places [N, 2] along them, in the order and with the signs that agree best with the places before.

    before: float32 [M, 2], of the first M points (or of the first N of them); None if there was no map.
    """
    count = 0 if before is None else min(len(places), len(before))
    if before is None or count < 3:
        return axes, places
    old, new = (each[:count].astype(np.float64) - each[:count].mean(0, dtype=np.float64) for each in (before, places))
    scale = np.outer(np.linalg.norm(old, axis=0), np.linalg.norm(new, axis=0))
    alike = old.T @ new / np.maximum(scale, 1e-12)  # [old axis, new axis], correlations
    same, swapped = abs(alike[0, 0]) + abs(alike[1, 1]), abs(alike[0, 1]) + abs(alike[1, 0])
    order = np.array([1, 0] if swapped > same else [0, 1])
    signs = np.where(alike[[0, 1], order] < 0, -1, 1).astype(np.float32)
    return replace(axes, ways=axes.ways[order] * signs[:, None]), np.ascontiguousarray(places[:, order] * signs)
