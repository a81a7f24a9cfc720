"""The choice of the shelf to show, and a menu to make, rename and remove shelves."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from zscape.app.state.scene import Scene
from zscape.app.state.session import Session
from zscape.app.state.shelf_state import ShelfState, checked, renamed, shelves, with_shelf, without_shelf
from zscape.app.widgets.asking import ask_words
from zscape.app.widgets.controls.menu_button import MenuButton
from zscape.app.widgets.controls.menu_words import menu_words
from zscape.models.errors import ZscapeError

MOST = 96
"""The maximum width of the button."""


class ShelfChooser(MenuButton):
    """Shows the name of the current shelf; its menu lists the others."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.setProperty("role", "framed")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setMaximumWidth(MOST)
        self.setAccessibleName("Shelf that is shown")
        self.choices = QMenu(self)
        self.choices.setToolTipsVisible(True)
        self.choices.aboutToShow.connect(self.fill)
        self.setMenu(self.choices)

    def refresh(self) -> None:
        """Show the name of the current shelf."""
        state = self._session.scene.view(ShelfState)
        self.say(self.fontMetrics().elidedText(state.name, Qt.TextElideMode.ElideRight, MOST - 40))
        count = len(state.names)
        more = f"one of {count} shelves" if count > 1 else "make others for other purposes"
        self.setToolTip(f"{state.name}: {more}")

    def fill(self) -> None:
        """Fill the menu."""
        self.choices.clear()
        scene = self._session.scene
        for name, points in shelves(scene):
            entry = self.choices.addAction(menu_words(self.choices, f"{name} ({len(points)})"), partial(self.choose, name))
            entry.setCheckable(True)
            entry.setChecked(name == scene.view(ShelfState).name)
            entry.setToolTip("Show this shelf; K keeps points on it")
        self.choices.addSeparator()
        for words, tip, run in (
            ("New shelf…", "Make another shelf, empty, and show it", self._ask_new),
            ("Rename this shelf…", "Give the shelf another name", self._ask_name),
            ("Remove this shelf", "Its points go with it; undo brings it back", self.remove),
        ):
            self.choices.addAction(words, run).setToolTip(tip)

    def choose(self, name: str) -> None:
        """Show the shelf called `name`."""
        self._session.edit("show another shelf", with_shelf(self._session.scene, name))

    def make(self, name: str) -> None:
        """Make a shelf called `name` and show it."""
        self._attempt("make a shelf", lambda: with_shelf(self._session.scene, self._new(name)))

    def rename(self, name: str) -> None:
        """Rename the current shelf."""
        self._attempt("rename the shelf", lambda: renamed(self._session.scene, name))

    def remove(self) -> None:
        """Remove the current shelf."""
        self._session.edit("remove the shelf", without_shelf(self._session.scene))

    def _new(self, name: str) -> str:
        name = checked(name)
        if name in self._session.scene.view(ShelfState).names:
            raise ZscapeError(f"There is a shelf called {name!r} already: choose another name.")
        return name

    def _attempt(self, label: str, make: Callable[[], Scene]) -> None:
        try:
            self._session.edit(label, make())
        except ZscapeError as error:
            self._session.message.emit(str(error), True)

    def _ask_new(self) -> None:
        name = ask_words(self, "New shelf", "What the shelf is called:", "Make")
        if name is not None:
            self.make(name)

    def _ask_name(self) -> None:
        before = self._session.scene.view(ShelfState).name
        name = ask_words(self, "Rename shelf", "What the shelf is called:", "Rename", before)
        if name is not None:
            self.rename(name)
