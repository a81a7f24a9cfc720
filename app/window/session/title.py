"""The window's title: session, model, Zscape, with a mark if the session is not saved."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from zscape.app.state.session import Session
from zscape.app.state.session_file import SUFFIX
from zscape.app.window.session.keeper import Keeper

UNNAMED = "Unnamed session"


class Title(QObject):
    """Keeps the title of `window` up to date."""

    def __init__(self, window: QWidget, session: Session, keeper: Keeper) -> None:
        super().__init__(window)
        self._window, self._session, self._keeper = window, session, keeper
        session.model_changed.connect(self.show)
        keeper.file_changed.connect(self.show)
        self.show()

    def show(self) -> None:
        """Update it."""
        file, model = self._keeper.file, self._session.model
        name = file.name.removesuffix(SUFFIX) if file is not None else UNNAMED
        parts = [name, model.spec.name, "Zscape"] if model is not None else [name, "Zscape"]
        parts = [part.replace("[*]", "[*][*]") for part in parts]  # "[*]" is Qt's place for the mark; two are text
        parts[0] += "[*]"
        self._window.setWindowTitle(" \u2013 ".join(parts))
        self._window.setWindowModified(self._keeper.modified)
