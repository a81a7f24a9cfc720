"""The compare view's state, and the actions it offers for tiles of any sheet."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self

from zscape.app.state.session import Session
from zscape.app.state.view_state import ViewState, fitting
from zscape.app.work.tile_actions import Tile, TileAction
from zscape.models.inputs.recipe import Recipe
from zscape.models.inputs.space import Space

SCALES = (1, 4, 16)
"""The factors by which the colours of the heat map can be stretched."""


@dataclass(frozen=True)
class CompareState(ViewState):
    """second: the model to compare with: a name in the library, a model file, or the folder of a run; "" for none. step: the
    checkpoint of the run, -1 for the newest. anchor: the point to compare with, None for the current one. classes: whether the
    point is shown in every class. scale: one of SCALES.
    """

    second: str = ""
    step: int = -1
    anchor: Recipe | None = None
    classes: bool = False
    scale: int = 1

    view = "compare"

    def __post_init__(self) -> None:
        if self.scale not in SCALES or self.step < -1:
            raise ValueError("no comparison")

    def fit(self, space: Space, same_classes: bool) -> Self:
        return replace(self, anchor=fitting(self.anchor, space, same_classes, None))

    def to_hand_on(self) -> Self:
        """Paths on this computer are private and removed; a library name is the same everywhere."""
        private = "/" in self.second or "\\" in self.second
        return replace(self, second="", step=-1) if private else self


def _compare(session: Session, tile: Tile) -> None:
    session.edit_view("compare with a tile", replace(session.scene.view(CompareState), anchor=tile.recipe))
    session.view_requested.emit("compare")


ACTIONS = (TileAction("compare", "Compare with this", "Show the current point beside this one, in Compare", "compare", _compare),)
