"""What the style sweep view keeps, and what it offers for tiles of any sheet."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self

from zscape.app.state.session import Session
from zscape.app.state.view_state import MANY_CLASSES, ViewState, check_columns, fitting
from zscape.app.work.tile_actions import Tile, TileAction
from zscape.models.inputs.base import Way
from zscape.models.inputs.recipe import Recipe
from zscape.models.inputs.space import Space

DEFAULT_TARGET = Recipe.seed(15)
"""Wide handwriting, so that the first style sweep has a way to go."""


@dataclass(frozen=True)
class StyleSweepState(ViewState):
    """target: the point whose style the sweep ends at. columns: tiles on the way where there are few classes. way: how it goes.

    steps: tiles on the way where there are many classes.
    """

    target: Recipe = DEFAULT_TARGET
    columns: int = 10
    way: Way = "slerp"
    steps: int = 4

    view = "style-sweep"

    def __post_init__(self) -> None:
        check_columns(self.columns)
        check_columns(self.steps)

    def tiles_each(self, classes: int) -> int:
        """Tiles on the way, of each class."""
        return self.columns if classes <= MANY_CLASSES else self.steps

    def with_tiles_each(self, classes: int, number: int) -> Self:
        """The same with another number of them."""
        return replace(self, columns=number) if classes <= MANY_CLASSES else replace(self, steps=number)

    def fit(self, space: Space, same_classes: bool) -> Self:
        return replace(self, target=fitting(self.target, space, same_classes, DEFAULT_TARGET))


def _aim(session: Session, tile: Tile) -> None:
    session.edit_view("use as target", replace(session.scene.view(StyleSweepState), target=tile.recipe))


ACTIONS = (TileAction("target", "Use as target", "Let the style sweep end here", "mdi6.flag-outline", _aim),)
