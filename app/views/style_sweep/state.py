"""The style sweep view's state, and the actions it offers for tiles of any sheet."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self

from zscape.app.state.session import Session
from zscape.app.state.sweep_columns import SweepColumns
from zscape.app.state.view_state import fitting
from zscape.app.work.tile_actions import Tile, TileAction
from zscape.models.inputs.base import Way
from zscape.models.inputs.recipe import Recipe
from zscape.models.inputs.space import Space

DEFAULT_TARGET = Recipe.seed(15)
"""Wide handwriting, so that the first style sweep shows a clear change."""


@dataclass(frozen=True)
class StyleSweepState(SweepColumns):
    """target: the point whose style the sweep ends at. columns, steps: tiles between the styles. way: the interpolation."""

    target: Recipe = DEFAULT_TARGET
    columns: int = 10
    way: Way = "slerp"
    steps: int = 4

    view = "style-sweep"

    def fit(self, space: Space, same_classes: bool) -> Self:
        return replace(self, target=fitting(self.target, space, same_classes, DEFAULT_TARGET))


def _aim(session: Session, tile: Tile) -> None:
    session.edit_view("use as target", replace(session.scene.view(StyleSweepState), target=tile.recipe))
    session.message.emit("The style sweep ends there now.", False)


ACTIONS = (TileAction("target", "Use as B in Style sweep", "Let the style sweep end here", "flag-outline", _aim),)
