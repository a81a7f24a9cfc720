"""The style mixing view's state, and the actions it offers for tiles of any sheet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Self

from zscape.app.state.session import Session
from zscape.app.state.view_state import ViewState, fits
from zscape.app.work.tile_actions import Tile, TileAction
from zscape.models.inputs.kinds.styles import ZONES
from zscape.models.inputs.recipe import Recipe
from zscape.models.inputs.space import Space

LACKS = "The open model has no styles to mix: it is of another family than StyleGAN2"
SOURCES = tuple(Recipe.seed(seed) for seed in (1, 2, 3))
DONORS = tuple(Recipe.seed(seed) for seed in (11, 12, 13, 14, 15))


@dataclass(frozen=True)
class StyleMixingState(ViewState):
    """sources: the points of the first column below the current point. donors: those of the first row.

    zone: the zone of layers that is taken from the donors. layers: layer numbers chosen by hand instead of a zone, () for none.
    """

    sources: tuple[Recipe, ...] = SOURCES
    donors: tuple[Recipe, ...] = DONORS
    zone: str = ZONES[0]
    layers: tuple[int, ...] = ()

    view = "style-mixing"

    def __post_init__(self) -> None:
        if self.zone not in ZONES or not self.sources or not self.donors or any(layer < 0 for layer in self.layers):
            raise ValueError("no table of style mixing")

    def fit(self, space: Space, same_classes: bool) -> Self:
        count = space.styles.layers if space.styles else 0

        def fitted(points: tuple[Recipe, ...], usual: tuple[Recipe, ...]) -> tuple[Recipe, ...]:
            return points if all(fits(each, space, same_classes) for each in points) else usual

        layers = self.layers if all(layer < count for layer in self.layers) else ()
        return replace(self, sources=fitted(self.sources, SOURCES), donors=fitted(self.donors, DONORS), layers=layers)


def _put(name: str, words: str) -> Callable[[Session, Tile], None]:
    def put(session: Session, tile: Tile) -> None:
        state = session.scene.view(StyleMixingState)
        before = getattr(state, name)
        after = (tile.recipe, *(each for each in before if each != tile.recipe))[: len(before)]
        changes: dict[str, Any] = {name: after}
        session.edit_view(words, replace(state, **changes))
        session.message.emit(f"It is the first {words.removeprefix('use as ')} of style mixing now.", False)

    return put


def lacks(space: Space) -> str:
    """Why there is nothing to mix in a model of `space`, "" if there is."""
    return "" if space.styles else LACKS


ACTIONS = (
    TileAction(
        "mix-row",
        "Use as row in Style mixing",
        "Make this a row of style mixing",
        "table-row",
        _put("sources", "use as row"),
        lacks,
    ),
    TileAction(
        "mix-column",
        "Use as column in Style mixing",
        "Let this give layers in style mixing",
        "table-column",
        _put("donors", "use as column"),
        lacks,
    ),
)
