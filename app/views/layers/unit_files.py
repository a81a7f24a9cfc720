"""File dialogs for unit edits."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from zscape.app.widgets.named_file import ending_in
from zscape.app.work.context import Context
from zscape.app.work.unit_files import keep_units, open_units
from zscape.models.errors import ZscapeError

KINDS = "Unit edits (*.json)"


class UnitFiles:
    """Opens and saves the unit edits of the current point. An error gives a message and changes nothing."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        self.context, self.session, self._parent = context, context.session, parent

    def ask_open(self) -> None:
        """Ask for a file."""
        name, _ = QFileDialog.getOpenFileName(self._parent, "Open unit edits", str(self.context.settings.last_folder()), KINDS)
        if name:
            self.open(Path(name))

    def open(self, path: Path) -> None:
        """Replace the edits of the current point by those in a file."""
        self._attempt(lambda: open_units(self.context, path))

    def ask_save(self) -> None:
        """Ask for a file to save to."""
        from zscape.models.files.units_file import SUFFIX

        model = self.session.model
        stem = model.spec.name.replace("/", "-") if model is not None else "mine"
        proposed = self.context.settings.last_folder() / f"{stem}{SUFFIX}"
        name, _ = QFileDialog.getSaveFileName(self._parent, "Save unit edits", str(proposed), KINDS)
        if name:
            self.save(ending_in(SUFFIX, name))

    def save(self, path: Path) -> None:
        """Write the edits of the current point to a file."""
        self._attempt(lambda: keep_units(self.context, path))

    def _attempt(self, action: Callable[[], None]) -> None:
        try:
            action()
        except ZscapeError as error:
            self.session.message.emit(str(error), True)
