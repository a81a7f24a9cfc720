"""The actions of a tile in any sheet: the same everywhere. Views add their own (app/views/__init__.py)."""

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
    """One picture and its point. caption: a one-line description."""

    recipe: Recipe
    image: QImage
    caption: str


@dataclass(frozen=True)
class TileAction:
    """One action on a tile. name: in code. text: in menus. tip: what it does. short: a word for a narrow button.

    lacks: why it is not possible for a model of a given space, "" if it is.
    """

    name: str
    text: str
    tip: str
    icon: str
    run: Callable[[Session, Tile], None]
    lacks: Callable[[Space], str] = lambda _: ""
    short: str = ""


def _go(session: Session, tile: Tile) -> None:
    """Views that show something else than the point, such as a given picture, look the same afterwards: a message says so."""
    there = session.point == tile.recipe
    session.edit_point("go to tile", tile.recipe)
    if session.point == tile.recipe:  # not refused
        session.message.emit(f"Every view starts from this point {'already' if there else 'now'}.", False)


def _copy_picture(session: Session, tile: Tile) -> None:
    QGuiApplication.clipboard().setMimeData(mime_of(tile.recipe, tile.image))
    session.message.emit("Copied the picture with its recipe.", False)


def copy_recipe(session: Session, recipe: Recipe) -> None:
    """Copy a point to the clipboard as text."""
    QGuiApplication.clipboard().setText(recipe_json(recipe))
    session.message.emit("Copied the recipe as JSON.", False)


TILE_ACTIONS: dict[str, TileAction] = {}
"""All actions of a tile, in its context menu and in the panel about it, by name."""
OF_ANY_VIEW = ("go", "keep", "copy", "copy-recipe")
"""The actions that belong to no view: they have buttons; those that views add are in a menu."""


def offer(actions: Iterable[TileAction]) -> None:
    """Add actions to tiles."""
    TILE_ACTIONS.update({action.name: action for action in actions})


offer(
    (
        TileAction("go", "Go there", "Make this the current point; every view starts from it", "crosshairs-gps",
                   _go, short="Go"),
        TileAction("keep", "Keep", "Keep this point on the shelf", "bookmark-outline",
                   lambda session, tile: session.keep(tile.recipe), short="Keep"),
        TileAction("copy", "Copy picture", "Copy the picture; pasted here it is a point again", "content-copy",
                   _copy_picture, short="Copy"),
        TileAction("copy-recipe", "Copy recipe", "Copy the recipe as JSON, for scripts and messages", "code-json",
                   lambda session, tile: copy_recipe(session, tile.recipe), short="Recipe"),
    )
)  # fmt: skip
