"""A button with a menu of what the views can do with one tile."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from zscape.app.widgets.controls.menu_button import MenuButton
from zscape.app.widgets.greyed import grey
from zscape.app.work.tile_actions import OF_ANY_VIEW, TILE_ACTIONS, TileAction
from zscape.models.inputs.space import Space


class UseButton(MenuButton):
    """run(action): runs the action on the tile. what: the tile in words, if it is not the one pointed at."""

    def __init__(self, run: Callable[[TileAction], None], what: str = "this tile", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.say("Use in a view")
        self.setProperty("role", "framed")
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setToolTip(f"Take {what} to another view: to sweep to, to paint on, to calculate with, to compare")
        self.setAccessibleName(f"Use {what} in a view")
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        self.choices: dict[str, QAction] = {}
        for name, action in TILE_ACTIONS.items():
            if name not in OF_ANY_VIEW:
                self.choices[name] = menu.addAction(action.text, partial(run, action))
                self.choices[name].setToolTip(action.tip)
        self.setMenu(menu)

    def suit(self, space: Space) -> None:
        """Offer the actions that a model of `space` allows, and say why the others are not possible."""
        for name, entry in self.choices.items():
            reason = TILE_ACTIONS[name].lacks(space)
            grey(entry, reason)
