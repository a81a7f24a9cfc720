"""A button for the points kept for models of other kinds: their number, and a way back to each model."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from zscape.app.state.model_of_kind import model_of, words_of
from zscape.app.state.session import Session
from zscape.app.widgets.controls.menu_button import MenuButton
from zscape.app.widgets.controls.menu_words import menu_words
from zscape.app.widgets.greyed import grey


class ElsewhereButton(MenuButton):
    """Visible only if there are such points; its menu opens the models they were made with, with their shelves."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.setProperty("role", "framed")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Kept with other models")
        self.setToolTip("Each kept point stays with its kind of model: choose one to open it with its shelf")
        self.choices = QMenu(self)
        self.choices.setToolTipsVisible(True)
        self.choices.aboutToShow.connect(self.fill)
        self.setMenu(self.choices)
        self.refresh()

    def refresh(self) -> None:
        """Update the number."""
        count = sum(each.count for each in self._session.kept_elsewhere)
        self.say(f"{count} kept with other models")
        self.setVisible(count > 0)

    def fill(self) -> None:
        """Fill the menu."""
        self.choices.clear()
        for kept in self._session.kept_elsewhere:
            opened = kept.opened or model_of(kept.kind)
            name = words_of(kept.kind, opened)
            words = menu_words(self.choices, f"{name} ({kept.count})")
            if opened is None:  # kept in an earlier session, for a model that no longer exists
                entry = self.choices.addAction(words)
                grey(entry, "Open a model of this kind to see them")
            else:
                entry = self.choices.addAction(words, partial(self._session.model_wanted.emit, opened))
                entry.setToolTip(f"Open {name} again, with its shelf")
