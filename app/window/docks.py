"""The docks at the sides of the window, one a panel: there where the open model has such an input and the view uses the panel."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow, QWidget

from zscape.app.panels import FIRST_KINDS, PANELS
from zscape.app.views import VIEWS
from zscape.app.window.actions import Actions, ActionSpec
from zscape.app.window.dock import Dock
from zscape.models.inputs.space import Space

if TYPE_CHECKING:
    from zscape.app.work.context import Context

SIDES = {"left": Qt.DockWidgetArea.LeftDockWidgetArea, "right": Qt.DockWidgetArea.RightDockWidgetArea}


class Docks(dict[str, Dock]):
    """The docks by the names of their panels. panels: those that are built. folded, closed: by a person, wherever they are used.

    A panel that the shown view does not use is folded; a side of which it uses none goes as a whole. A person who unfolds or
    shows such a panel has it in this view from then on.
    """

    def __init__(self, window: QMainWindow, actions: Actions) -> None:
        super().__init__()
        self.panels: dict[str, QWidget] = {}
        self.folded: set[str] = set()
        self.closed: set[str] = set()
        self._window = window
        self._lacking = {
            name for name, entry in PANELS.items() if (entry.kind is not None or entry.needs) and name not in FIRST_KINDS
        }
        self._view = ""
        self._wanted: dict[str, set[str]] = {}  # view -> what it does not use and a person has asked for
        for name, entry in PANELS.items():
            dock = self[name] = Dock(name, entry.title, entry.tip, entry.side, window)
            window.addDockWidget(SIDES[entry.side], dock)
            action = dock.toggleViewAction()
            action.setText(f"{entry.title} panel")
            actions.adopt(ActionSpec(f"panel {name}", action.text(), entry.tip, "", "View"), action)
            action.triggered.connect(lambda shown, name=name: self._close(name, not shown))
            dock.fold_asked.connect(lambda folded, name=name: self._fold(name, folded))
        self.arrange()

    def build(self, name: str, context: Context) -> None:
        """Build the panel called `name`."""
        self.panels[name] = PANELS[name].build(context)
        self[name].fill(self.panels[name])

    def suit(self, space: Space) -> None:
        """Have a panel for each kind of input of `space`."""
        self._lacking = {name for name, entry in PANELS.items() if not entry.suits(space)}
        self.arrange()

    def suit_view(self, view: str) -> None:
        """Have the panels that the view called `view` uses."""
        self._view = view
        self.arrange()

    def there(self, name: str) -> bool:
        """Whether there would be the panel called `name` in a view that uses all."""
        return name not in self._lacking and name not in self.closed

    def _used(self) -> Collection[str]:
        entry = VIEWS.get(self._view)
        used = PANELS if entry is None or entry.panels is None else entry.panels
        return {*used, *self._wanted.get(self._view, ())}

    def arrange(self) -> None:
        """Show and fold every panel as view, model and person have it."""
        used = self._used()
        for name, dock in self.items():
            side = [each for each, entry in PANELS.items() if entry.side == PANELS[name].side and self.there(each)]
            dock.show_folded(name in self.folded or name not in used)
            dock.setVisible(self.there(name) and any(each in used for each in side))

    def _fold(self, name: str, folded: bool) -> None:
        if name not in self._used():
            self._wanted.setdefault(self._view, set()).add(name)
            self.folded.discard(name)
        elif folded:
            self.folded.add(name)
        else:
            self.folded.discard(name)
        self.arrange()

    def _close(self, name: str, closed: bool) -> None:
        """A person has hidden a panel, or shown it, by the View menu."""
        if closed:
            self.closed.add(name)
            self._wanted.get(self._view, set()).discard(name)
        else:
            self.closed.discard(name)
            if name not in self._used():
                self._wanted.setdefault(self._view, set()).add(name)
            self.folded.discard(name)
        self.arrange()
