"""The tiles of a sheet and their actions: menus, buttons, clicks."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from zscape.app.state.session import Session
from zscape.app.widgets.controls.passing_menu import pop_up
from zscape.app.widgets.greyed import grey
from zscape.app.widgets.pictures.sheet import Sheet
from zscape.app.widgets.theme import set_icon
from zscape.app.work.tile_actions import OF_ANY_VIEW, TILE_ACTIONS, Tile, TileAction

if TYPE_CHECKING:
    from zscape.models.files.checkpoint import Model


def tile_of(sheet: Sheet, index: int) -> Tile:
    """Tile `index` of `sheet`."""
    return Tile(sheet.recipe(index), sheet.tile_image(index), sheet.caption(index))


def same_weights(model: Model | None, other: Model | None) -> bool:
    """Whether both draw the same pictures, even if one has more directions than the other."""
    return model is not None and other is not None and model.generator is other.generator


def tool_for(action: TileAction, run: Callable[[], None], what: str = "") -> QToolButton:
    """A button that runs `action` on a tile by calling `run`. what: the tile in words, if it is not the one pointed at."""
    tool = QToolButton()
    set_icon(tool, action.icon)
    tool.setFixedHeight(28)
    tool.setMinimumWidth(32)
    tool.setToolTip(f"{action.tip}: {what}" if what else f"{action.text}: {action.tip[0].lower()}{action.tip[1:]}")
    tool.setAccessibleName(f"{action.text}: {what}" if what else action.text)
    tool.clicked.connect(run)
    return tool


def show_menu(session: Session, tile: Tile, place: QPoint, parent: QWidget, more: Callable[[QMenu], None] | None = None) -> None:
    """The context menu of a tile at the global position `place`. more(menu): adds actions that exist only here."""
    menu = QMenu(parent)
    menu.setToolTipsVisible(True)
    of_views = False
    for name, action in TILE_ACTIONS.items():
        if (name not in OF_ANY_VIEW) != of_views:  # a separator before the actions that open a view
            menu.addSeparator()
            of_views = not of_views
        entry = menu.addAction(action.text, partial(action.run, session, tile))
        reason = action.lacks(session.space) if session.space else ""
        entry.setToolTip(action.tip)
        grey(entry, reason)
    if more is not None:
        menu.addSeparator()
        more(menu)
    pop_up(menu, place)


def connect_sheet(
    session: Session,
    sheet: Sheet,
    drawn_by: Callable[[], Model | None] | None = None,
    go_to: Callable[[int], None] | None = None,
) -> None:
    """Give every tile of `sheet` its behaviour: hovering informs the panel, a click goes there, a double click enlarges it.

    drawn_by(): the model whose pictures it shows, if not the open one. go_to(tile): what a click does, if that is more than going
    there.
    """
    drawer = drawn_by or (lambda: session.model)

    def open_large(index: int) -> None:
        session.edit_point("go to tile", sheet.recipe(index))
        session.view_requested.emit("image")

    def point(index: int) -> None:
        session.tile_pointed.emit(tile_of(sheet, index) if index >= 0 and sheet.live() else None)

    sheet.live = lambda: sheet.frame is not None and same_weights(sheet.frame.model, drawer())
    sheet.hovered.connect(point)
    sheet.clicked.connect(go_to or (lambda index: session.edit_point("go to tile", sheet.recipe(index))))
    sheet.opened.connect(open_large)
    sheet.copy_asked.connect(lambda index: TILE_ACTIONS["copy"].run(session, tile_of(sheet, index)))
    sheet.menu_asked.connect(lambda index, place: show_menu(session, tile_of(sheet, index), place, sheet))
