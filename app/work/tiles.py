"""What can be done with a tile of any sheet: the same everywhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from zscape.app.state.clipboard import mime_of, recipe_json
from zscape.app.state.session import Session
from zscape.app.widgets.sheet import Sheet
from zscape.app.window.theme import set_icon
from zscape.models.inputs.recipe import Recipe


@dataclass(frozen=True, eq=False)
class Tile:
    """One picture and where it lies. caption: what it is, in a line."""

    recipe: Recipe
    image: QImage
    caption: str


@dataclass(frozen=True)
class TileAction:
    """One thing to do with a tile. name: for code. text: in menus. tip: what it does."""

    name: str
    text: str
    tip: str
    icon: str
    run: Callable[[Session, Tile], None]


def _keep(session: Session, tile: Tile) -> None:
    session.keep(tile.recipe)


def _copy_picture(session: Session, tile: Tile) -> None:
    QGuiApplication.clipboard().setMimeData(mime_of(tile.recipe, tile.image))
    session.message.emit("Copied the picture with its recipe.", False)


def _copy_recipe(session: Session, tile: Tile) -> None:
    QGuiApplication.clipboard().setText(recipe_json(tile.recipe))
    session.message.emit("Copied the recipe as JSON.", False)


def _operand(name: str) -> Callable[[Session, Tile], None]:
    def use(session: Session, tile: Tile) -> None:
        changes: dict[str, Any] = {name: tile.recipe}
        session.edit(f"use as {name.upper()}", **changes)

    return use


TILE_ACTIONS = {action.name: action for action in (
    TileAction("go", "Go there", "Make this the current point; every view starts from it", "mdi6.crosshairs-gps",
               lambda session, tile: session.edit_point("go to tile", tile.recipe)),
    TileAction("keep", "Keep", "Keep this point on the shelf", "mdi6.bookmark-outline", _keep),
    TileAction("copy", "Copy picture", "Copy the picture; pasted here it is a point again", "mdi6.content-copy", _copy_picture),
    TileAction("copy-recipe", "Copy recipe", "Copy the recipe as JSON, for scripts and messages", "mdi6.code-json", _copy_recipe),
    TileAction("target", "Use as target", "Let the style sweep end here", "mdi6.flag-outline",
               lambda session, tile: session.edit("use as target", target=tile.recipe)),
    TileAction("a", "Use as A", "Make this the A of A - B + C", "mdi6.alpha-a", _operand("a")),
    TileAction("b", "Use as B", "Make this the B of A - B + C", "mdi6.alpha-b", _operand("b")),
    TileAction("c", "Use as C", "Make this the C of A - B + C", "mdi6.alpha-c", _operand("c")),
)}  # fmt: skip
"""Everything a tile offers, in its context menu and in the panel about it, by name."""


def tile_of(sheet: Sheet, index: int) -> Tile:
    """Tile `index` of `sheet`."""
    return Tile(sheet.recipe(index), sheet.tile_image(index), sheet.caption(index))


def tool_for(action: TileAction, run: Callable[[], None], what: str = "") -> QToolButton:
    """A button for `action` of one tile, which `run` does; what: the tile in words, where it is not the one pointed at."""
    tool = QToolButton()
    if action.icon.startswith("mdi6.alpha-"):
        tool.setText(action.text[-1])  # the letters of the icons are too small to read
    else:
        set_icon(tool, action.icon)
    tool.setFixedHeight(28)
    tool.setMinimumWidth(32)
    tool.setToolTip(f"{action.tip}: {what}" if what else f"{action.text}: {action.tip[0].lower()}{action.tip[1:]}")
    tool.setAccessibleName(f"{action.text}: {what}" if what else action.text)
    tool.clicked.connect(run)
    return tool


def show_menu(session: Session, tile: Tile, place: QPoint, parent: QWidget) -> None:
    """The context menu of a tile at the global position `place`."""
    menu = QMenu(parent)
    menu.setToolTipsVisible(True)
    for action in TILE_ACTIONS.values():
        entry = menu.addAction(action.text, partial(action.run, session, tile))
        entry.setToolTip(action.tip)
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(place)


def connect_sheet(session: Session, sheet: Sheet) -> None:
    """Give every tile of `sheet` its behaviour: hover tells the panel, a click goes there, a double click opens it large."""

    def open_large(index: int) -> None:
        session.edit_point("go to tile", sheet.recipe(index))
        session.view_requested.emit("image")

    def point(index: int) -> None:
        session.tile_pointed.emit(tile_of(sheet, index) if index >= 0 else None)

    sheet.hovered.connect(point)
    sheet.clicked.connect(lambda index: session.edit_point("go to tile", sheet.recipe(index)))
    sheet.opened.connect(open_large)
    sheet.copy_asked.connect(lambda index: _copy_picture(session, tile_of(sheet, index)))
    sheet.menu_asked.connect(lambda index, place: show_menu(session, tile_of(sheet, index), place, sheet))
