"""The type view's state."""

from __future__ import annotations

from dataclasses import dataclass

from zscape.app.state.session import Session
from zscape.app.state.view_state import ViewState
from zscape.app.work.tile_actions import Tile, TileAction
from zscape.models.inputs.space import Space

LONGEST = 60


@dataclass(frozen=True)
class TypeState(ViewState):
    """text: what is set; "" for all letters of the model."""

    text: str = ""

    view = "type"

    def __post_init__(self) -> None:
        if len(self.text) > LONGEST:
            raise ValueError(f"more than {LONGEST} characters")


def lacks_letters(space: Space) -> str:
    """Why a model of `space` cannot set type, "" if it can."""
    single = len(space.labels) > 1 and all(len(label) == 1 and label.isprintable() for label in space.labels)
    return "" if single else "The open model's classes are neither letters nor digits"


def _set_type(session: Session, tile: Tile) -> None:
    session.edit_point("set type in a tile's style", tile.recipe)
    session.view_requested.emit("type")


ACTIONS = (
    TileAction("type", "Set type in its style", "A line of text in the style of this", "format-text", _set_type, lacks_letters),
)
