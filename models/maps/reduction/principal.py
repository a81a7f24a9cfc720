"""Computes principal components of many rows quickly."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zscape.models.progress import Progress, Work
from zscape.models.short_repr import ShortRepr

Rows = NDArray[np.uint8] | NDArray[np.float32]
SAMPLED = 5_000
"""Maximum number of rows used: those of a random sample look the same."""
NARROW = 1_024
"""Number of columns up to which the covariance is decomposed; for more, a random projection finds the components."""
FEW = 4
"""Rows that are fewer than a FEWth of the columns are decomposed themselves: that takes a fifth of the time or less."""
ROUNDS, MORE = 4, 8
CHUNK = 2_000


@dataclass(frozen=True, eq=False, repr=False)
class Axes(ShortRepr):
    """Principal components. middle: float32 [D]. ways: float32 [P, D], orthonormal, those of the largest variance first."""

    middle: NDArray[np.float32]
    ways: NDArray[np.float32]

    def project(self, rows: Rows) -> NDArray[np.float32]:
        """Project rows [N, D] onto the axes: float32 [N, P]."""
        found = np.empty((len(rows), len(self.ways)), np.float32)
        offset = self.ways @ self.middle
        for start in range(0, len(rows), CHUNK):
            part = slice(start, start + CHUNK)
            found[part] = rows[part].astype(np.float32) @ self.ways.T - offset
        return found

    def projecting(self, rows: Rows, label: str) -> Work[NDArray[np.float32]]:
        """Project with progress reports."""
        parts = []
        for start in range(0, len(rows), CHUNK):
            parts.append(self.project(rows[start : start + CHUNK]))
            yield Progress(min(start + CHUNK, len(rows)), len(rows), label)
        return np.concatenate(parts)


def principal(rows: Rows, count: int, seed: int = 0) -> Axes:
    """Return the first `count` principal components of rows [N, D] (fewer if D or N - 1 is smaller); deterministic per seed.

    For many columns, by a randomized range finder (N. Halko, P.-G. Martinsson, J. Tropp, "Finding Structure with Randomness",
    2011, algorithm 4.4). The entry of largest absolute value of each is positive: the sign is arbitrary, but must be the same
    everywhere.
    """
    random = np.random.default_rng(seed)
    if len(rows) > SAMPLED:
        rows = rows[np.sort(random.choice(len(rows), SAMPLED, replace=False))]
    x = rows.astype(np.float32)
    middle = x.mean(0, dtype=np.float64).astype(np.float32)
    x -= middle
    columns = x.shape[1]
    count = max(1, min(count, columns, len(x) - 1))
    if columns <= NARROW and FEW * len(x) <= columns:
        ways = np.linalg.svd(x.astype(np.float64), full_matrices=False)[2][:count]
    elif columns <= NARROW:
        values, vectors = np.linalg.eigh((x.T @ x).astype(np.float64))
        ways = vectors[:, np.argsort(-values)[:count]].T
    else:
        tried = min(count + MORE, len(x), columns)
        basis = np.linalg.qr(x @ random.standard_normal((columns, tried)).astype(np.float32))[0]
        for _ in range(ROUNDS):
            basis = np.linalg.qr(x @ np.linalg.qr(x.T @ basis)[0])[0]
        ways = np.linalg.svd(basis.T @ x, full_matrices=False)[2][:count]
    largest = ways[np.arange(len(ways)), np.abs(ways).argmax(1)]
    return Axes(middle, np.ascontiguousarray(ways * np.where(largest < 0, -1.0, 1.0)[:, None], np.float32))
