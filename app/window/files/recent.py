"""The menu of recently opened files and kept sessions."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QMenu, QWidget

from zscape.app.state.kept_sessions import KeptSession, closed_sessions, model_of
from zscape.app.state.settings import Settings
from zscape.app.widgets.controls.menu_words import menu_words
from zscape.app.widgets.greyed import grey
from zscape.app.window.commands.actions import Actions, ActionSpec
from zscape.app.window.commands.palette import Command
from zscape.app.window.session.keeper import when

SPEC = ActionSpec("recent", "Open recent", "What was open lately, and sessions that Zscape has kept", "", "File")
KEPT = 8
"""The number of kept sessions in the menu."""


class RecentMenu(QMenu):
    """A submenu of the File menu of `actions`, filled when it opens. chosen(path): a file. folder: the kept sessions."""

    chosen = Signal(object)

    def __init__(self, settings: Settings, folder: Path, actions: Actions, parent: QWidget) -> None:
        super().__init__("Open recent", parent)
        self._settings, self._folder = settings, folder
        self.setToolTipsVisible(True)
        self.aboutToShow.connect(self.fill)
        actions.adopt(SPEC, self.menuAction(), after="open_session")
        self.menuAction().triggered.connect(lambda: self.popup(parent.mapToGlobal(QPoint(8, 40))))  # found by the search

    def fill(self) -> None:
        """List the current files; missing ones are left out."""
        self.clear()
        files = [path for path in self._settings.recent() if path.is_file()]
        names = [path.name for path in files]
        for path in files:
            words = path.name if names.count(path.name) == 1 and path.stem != "model" else f"{path.parent.name}/{path.name}"
            self._add(words, path)
        kept = closed_sessions(self._folder)[:KEPT]
        if files and kept:
            self.addSeparator()
        times = [KeptSession(path).seconds for path in kept]
        minutes = [when(each) for each in times]
        for path, seconds, minute in zip(kept, times, minutes, strict=True):
            model = model_of(path)
            then = when(seconds, exactly=minutes.count(minute) > 1)
            self._add(f"Session kept {then}{f', {model}' * bool(model)}", path)
        if not files and not kept:
            grey(self.addAction("Nothing has been opened yet"), "What you open and save is listed here")

    def commands(self) -> list[Command]:
        """The same entries for the search."""
        self.fill()
        return [Command(f"Recent: {each.data()}", each.trigger) for each in self.actions() if each.data()]

    def _add(self, words: str, path: Path) -> None:
        action = self.addAction(menu_words(self, words))
        action.setData(words)
        action.setToolTip(str(path))
        action.triggered.connect(lambda: self.chosen.emit(path))
