"""Finds the nearest neighbours of one row among many, exactly, in a few milliseconds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zscape.models.errors import ZscapeError
from zscape.models.maps.reduction.principal import Rows, principal
from zscape.models.progress import Progress, Work, finish

WIDE = 160
"""Number of columns up to which all rows are compared directly."""
KEPT = 48
"""Number of principal components by which rows with more columns are compared first."""
FIRST = 64
"""Minimum number of rows that are compared in full."""
SLACK, SLACK_SHORT = 1e-3, 1e-5
"""As a fraction of the largest squared distance: rounding error of a lower bound, for shortened and for full rows."""


@dataclass(frozen=True, eq=False)
class Nearest:
    """The K nearest rows.

    places: int64 [K], the nearest first. distances: float64 [K], Euclidean; for pixels with values from 0 to 1.
    """

    places: NDArray[np.int64]
    distances: NDArray[np.float64]


class Neighbours:
    """Finds neighbours among rows [N, D], uint8 (pixels, taken as 0 to 1) or float32.

    Long rows are first compared by their principal components, and by the length of the rest. The distance of two such shortened
    rows is never above that of the rows themselves (the triangle inequality), so rows that are too far by it can be skipped: the
    result is the same as comparing everything.
    """

    def __init__(self, rows: Rows) -> None:
        finish(self._preparing(rows))

    @classmethod
    def prepare(cls, rows: Rows) -> Work[Neighbours]:
        """Create the same with progress reports."""
        made = cls.__new__(cls)
        yield from made._preparing(rows)
        return made

    def _preparing(self, rows: Rows) -> Work[None]:
        self.rows = rows
        self._scale = 255.0 if rows.dtype == np.uint8 else 1.0
        label = "Getting ready to compare"
        yield Progress(0, len(rows), label)
        self._axes = principal(rows, KEPT) if rows.shape[1] > WIDE else None
        if self._axes is None:
            self._short = np.ascontiguousarray(rows, np.float32)
        else:
            parts = []
            for start in range(0, len(rows), FIRST * 16):
                parts.append(self._shortened(rows[start : start + FIRST * 16]))
                yield Progress(min(start + FIRST * 16, len(rows)), len(rows), label)
            self._short = np.concatenate(parts)
        self._middle = self._short.mean(0)
        self._short = self._short - self._middle  # far from 0, subtracting large squares would lose the small distances
        self._lengths = np.einsum("nd,nd->n", self._short, self._short)

    def __len__(self) -> int:
        return len(self.rows)

    def _shortened(self, rows: Rows) -> NDArray[np.float32]:
        """Convert rows [N, D] to [N, KEPT + 1]: components along the axes, and the length of the rest."""
        assert self._axes is not None
        x = rows.astype(np.float32) - self._axes.middle
        along = x @ self._axes.ways.T
        rest = np.einsum("nd,nd->n", x, x) - np.einsum("nd,nd->n", along, along)
        return np.concatenate([along, np.sqrt(np.maximum(rest, 0))[:, None]], 1)

    def distances(self, row: NDArray[np.float32] | NDArray[np.uint8]) -> NDArray[np.float32]:
        """Return the distance of every row from `row` [D]: float32 [N]; for long rows a lower bound (see above)."""
        found: NDArray[np.float32] = (np.sqrt(self._squared(row)) / self._scale).astype(np.float32)
        return found

    def _squared(self, row: NDArray[np.float32] | NDArray[np.uint8]) -> NDArray[np.float32]:
        if row.shape != self.rows.shape[1:] or not np.isfinite(row).all():
            raise ZscapeError(f"What is compared must be {self.rows.shape[1]} finite numbers, not {list(row.shape)}.")
        short = row[None].astype(np.float32) if self._axes is None else self._shortened(row[None])
        near = short[0] - self._middle
        found = self._lengths + np.float32(near @ near) - 2 * (self._short @ near)
        result: NDArray[np.float32] = np.maximum(found, 0)
        return result

    def nearest(self, row: NDArray[np.float32] | NDArray[np.uint8], count: int, leave: int = -1) -> Nearest:
        """Return the `count` nearest rows to `row` [D]; ties in order of place. leave: a place that is left out, -1 for none.

        Raises ZscapeError for a row of another length, or with a number that is not finite.
        """
        bounds = self._squared(row)
        if leave >= 0:
            bounds[leave] = np.inf
        count = max(1, min(count, len(bounds) - (leave >= 0)))
        slack = (SLACK_SHORT if self._axes is None else SLACK) * float(bounds.max(initial=0.0, where=np.isfinite(bounds)))
        first = np.argpartition(bounds, min(len(bounds) - 1, FIRST + count))[: FIRST + count]
        first = first[np.isfinite(bounds[first])]
        exact = self._exact(row, first)
        reach = np.partition(exact, count - 1)[count - 1]
        places = np.flatnonzero(bounds <= reach + slack)
        if leave >= 0:
            places = places[places != leave]
        exact = self._exact(row, places)
        order = np.lexsort((places, exact))[:count]
        return Nearest(places[order], np.sqrt(exact[order]) / self._scale)

    def _exact(self, row: NDArray[np.float32] | NDArray[np.uint8], places: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return the exact squared distances of some rows."""
        apart = self.rows[places].astype(np.float32) - row.astype(np.float32)
        found: NDArray[np.float64] = np.einsum("nd,nd->n", apart, apart, dtype=np.float64)
        return found
