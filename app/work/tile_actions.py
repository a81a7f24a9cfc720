"""What can be done with a tile of any sheet: the same everywhere. Views add to it (app/views/__init__.py)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtGui import QGuiApplication, QImage

from zscape.app.state.clipboard import mime_of, recipe_json
from zscape.app.state.session import Session
from zscape.models.inputs.recipe import Recipe
from zscape.models.inputs.space import Space


@dataclass(frozen=True, eq=False)
class Tile:
    """One picture and where it lies. caption: what it is, in a line."""

    recipe: Recipe
    image: QImage
    caption: str


@dataclass(frozen=True)
class TileAction:
    """One thing to do with a tile. name: for code. text: in menus. tip: what it does. short: a word for a narrow button.

    lacks: why it cannot be done with a model of a space, "" where it can.
    """

    name: str
    text: str
    tip: str
    icon: str
    run: Callable[[Session, Tile], None]
    lacks: Callable[[Space], str] = lambda _: ""
    short: str = ""


def _copy_picture(session: Session, tile: Tile) -> None:
    QGuiApplication.clipboard().setMimeData(mime_of(tile.recipe, tile.image))
    session.message.emit("Copied the picture with its recipe.", False)


def copy_recipe(session: Session, recipe: Recipe) -> None:
    """Put a point on the clipboard as text."""
    QGuiApplication.clipboard().setText(recipe_json(recipe))
    session.message.emit("Copied the recipe as JSON.", False)


TILE_ACTIONS: dict[str, TileAction] = {}
"""Everything a tile offers, in its context menu and in the panel about it, by name."""
OF_ANY_VIEW = ("go", "keep", "copy", "copy-recipe")
"""Those that are for no view in particular: they have buttons; what the views add stands in a menu."""


def offer(actions: Iterable[TileAction]) -> None:
    """Add to what tiles offer."""
    TILE_ACTIONS.update({action.name: action for action in actions})


offer(
    (
        TileAction("go", "Go there", "Make this the current point; every view starts from it", "crosshairs-gps",
                   lambda session, tile: session.edit_point("go to tile", tile.recipe), short="Go"),
        TileAction("keep", "Keep", "Keep this point on the shelf", "bookmark-outline",
                   lambda session, tile: session.keep(tile.recipe), short="Keep"),
        TileAction("copy", "Copy picture", "Copy the picture; pasted here it is a point again", "content-copy",
                   _copy_picture, short="Copy"),
        TileAction("copy-recipe", "Copy recipe", "Copy the recipe as JSON, for scripts and messages", "code-json",
                   lambda session, tile: copy_recipe(session, tile.recipe), short="Recipe"),
    )
)  # fmt: skip
