"""The docks at the sides of the window, one a panel; those of inputs are there where the open model has such an input."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow, QWidget

from zscape.app.panels import FIRST_KINDS, PANELS
from zscape.app.window.actions import Actions, ActionSpec
from zscape.app.window.dock import Dock
from zscape.models.inputs.space import Space

if TYPE_CHECKING:
    from zscape.app.work.context import Context

SIDES = {"left": Qt.DockWidgetArea.LeftDockWidgetArea, "right": Qt.DockWidgetArea.RightDockWidgetArea}


class Docks(dict[str, Dock]):
    """The docks by the names of their panels. panels: those that are built."""

    def __init__(self, window: QMainWindow, actions: Actions) -> None:
        super().__init__()
        self.panels: dict[str, QWidget] = {}
        for name, entry in PANELS.items():
            dock = self[name] = Dock(name, entry.title, entry.tip, entry.side, window)
            window.addDockWidget(SIDES[entry.side], dock)
            action = dock.toggleViewAction()
            action.setText(f"{entry.title} panel")
            actions.adopt(ActionSpec(f"panel {name}", action.text(), entry.tip, "", "View"), action)
            if entry.kind is not None and name not in FIRST_KINDS:
                dock.hide()

    def build(self, name: str, context: Context) -> None:
        """Build the panel called `name`."""
        self.panels[name] = PANELS[name].build(context)
        self[name].fill(self.panels[name])

    def suit(self, space: Space) -> None:
        """Have a panel for each kind of input of `space`."""
        for name, entry in PANELS.items():
            if entry.kind is not None:
                self[name].setVisible(bool(space.every(entry.kind)))
