"""The map view's state: how its map is made, not the map itself."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, Self

from zscape.app.state.view_state import ViewState
from zscape.models.inputs.space import Space

Source = Literal["usual", "data", "generated"]
Method = Literal["pca", "tsne", "umap-like"]
Likeness = Literal["pixels", "latent", "features", "discriminator"]
MOST_CORNERS = 1000


@dataclass(frozen=True)
class MapState(ViewState):
    """How the map is made and shown.

    source: "usual" (the model's own data if available here), "data" (the pictures of `data`) or "generated" (`count` random
    points of `seed`). file: a saved map instead of all that, "" for none. method, likeness: see models/maps. colour: "class",
    "distance" from the current point, or an attribute. pictures: whether thumbnails cover the points. contours: whether lines of
    equal density are drawn over them. compare: the likeness for neighbours. middle, zoom: the visible part, None for all.
    brushes: ranges of attributes, (name, low, high). lasso: the corners of a region.
    """

    source: Source = "usual"
    data: str = ""
    count: int = 5_000
    seed: int = 0
    file: str = ""
    method: Method = "pca"
    likeness: Likeness = "pixels"
    colour: str = "class"
    pictures: bool = False
    contours: bool = False
    compare: Likeness = "pixels"
    middle: tuple[float, float] | None = None
    zoom: float = 1.0
    brushes: tuple[tuple[str, float, float], ...] = ()
    lasso: tuple[tuple[float, float], ...] = ()

    view = "map"

    def __post_init__(self) -> None:
        numbers = [self.zoom, *(self.middle or ()), *(end for _, *ends in self.brushes for end in ends), *sum(self.lasso, ())]
        if not all(map(math.isfinite, numbers)):
            raise ValueError("a number of the map is not finite")
        if not 1 <= self.count <= 200_000 or len(self.lasso) > MOST_CORNERS or not 0 < self.zoom <= 1e6:
            raise ValueError("a number of the map is out of range")

    def fit(self, space: Space, same_classes: bool) -> Self:
        return self if same_classes else type(self)()

    def to_hand_on(self) -> Self:
        private = self.file or (self.source == "data" and Path(self.data).is_absolute())
        return replace(self, source="usual", data="", file="", lasso=(), middle=None, zoom=1.0) if private else self

    @property
    def made(self) -> tuple[object, ...]:
        """What the map itself depends on."""
        return (self.file,) if self.file else (self.source, self.data, self.count, self.seed, self.method, self.likeness)

    def with_brush(self, name: str, ends: tuple[float, float] | None) -> Self:
        """The same with a range of one attribute, None for no range."""
        others = tuple(each for each in self.brushes if each[0] != name)
        return replace(self, brushes=others if ends is None else tuple(sorted((*others, (name, *ends)))))

    def brush(self, name: str) -> tuple[float, float] | None:
        """The range of an attribute, None if there is none."""
        return next(((low, high) for each, low, high in self.brushes if each == name), None)

    def elsewhere(self, **changes: object) -> Self:
        """The same with a map made in another way: positions on the last one are dropped."""
        return replace(self, middle=None, zoom=1.0, lasso=(), **changes)  # type: ignore[arg-type]
