"""A map: a collection of pictures with a place in two dimensions for each."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from zscape.models.errors import ZscapeError
from zscape.models.maps.collection import Collection, Likeness
from zscape.models.maps.reduction.neighbours import Neighbours
from zscape.models.maps.reduction.principal import Axes
from zscape.models.short_repr import ShortRepr

Method = Literal["pca", "tsne", "umap-like"]
METHODS: tuple[Method, ...] = get_args(Method)
AMONG = 5
"""Number of neighbours between which a point that is not on the map is placed."""


@dataclass(frozen=True, eq=False, repr=False)
class Map(ShortRepr):
    """A map. positions: float32 [N, 2]. method: how they were computed, from `likeness`. axes: the two components of "pca".

    complete: False for a map shown while more is still being computed. indices: neighbour search by likeness, as far as it has
    been prepared.
    """

    collection: Collection
    positions: NDArray[np.float32]
    method: Method
    likeness: Likeness
    axes: Axes | None = None
    complete: bool = True
    indices: dict[Likeness, Neighbours] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.positions.shape != (len(self.collection), 2) or not np.isfinite(self.positions).all():
            raise ZscapeError("A map needs two finite numbers for each of its pictures.")

    def __len__(self) -> int:
        return len(self.collection)

    def neighbours(self, likeness: Likeness) -> Neighbours:
        """Return the neighbour search for `likeness`, created on first use. Raises ZscapeError if its values are not known."""
        found = self.indices.get(likeness)
        if found is None:
            found = self.indices[likeness] = Neighbours(self.collection.rows(likeness))
        return found

    def keep_neighbours(self, likeness: Likeness, found: Neighbours) -> None:
        """Use `found`, which was prepared elsewhere."""
        self.indices[likeness] = found

    def knows_neighbours(self, likeness: Likeness) -> bool:
        """Whether the neighbour search for `likeness` is ready."""
        return likeness in self.indices

    def place(self, row: NDArray[np.uint8] | NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the place of something with `row` [D] of the map's likeness: float32 [2].

        By its principal components; on other maps between its nearest neighbours, weighted by nearness.
        """
        if self.axes is not None:
            found: NDArray[np.float32] = self.axes.project(row[None])[0]
            return found
        near = self.neighbours(self.likeness).nearest(row, AMONG)
        weights = 1 / (near.distances**2 + 1e-9)
        placed: NDArray[np.float32] = (weights @ self.positions[near.places] / weights.sum()).astype(np.float32)
        return placed
