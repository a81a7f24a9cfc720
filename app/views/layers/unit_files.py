"""Edits of units in files, asked for and told about."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from zscape.app.work.context import Context
from zscape.models.errors import ZscapeError
from zscape.models.inputs.units import UNIT_EDITS, UNITS

KINDS = "Unit edits (*.json)"


class UnitFiles:
    """Opens and saves the unit edits of the current point. What goes wrong is a line, and changes nothing."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        self.context, self.session, self._parent = context, context.session, parent

    def ask_open(self) -> None:
        """Ask for a file."""
        name, _ = QFileDialog.getOpenFileName(self._parent, "Open unit edits", str(self.context.settings.last_folder()), KINDS)
        if name:
            self.open(Path(name))

    def open(self, path: Path) -> None:
        """Take the edits in a file in place of those of the current point."""
        from zscape.models.files.units_file import load_units

        model, session = self.session.model, self.session
        if model is None:
            return
        try:
            value = load_units(path, model.spec)
        except ZscapeError as error:
            session.message.emit(str(error), True)
            return
        self.context.settings.keep_folder(path)
        session.edit_point("open unit edits", session.point.with_value(UNIT_EDITS, value))

    def ask_save(self) -> None:
        """Ask where to save them."""
        from zscape.models.files.units_file import SUFFIX

        model = self.session.model
        if model is None:
            return
        proposed = self.context.settings.last_folder() / f"{model.spec.name.replace('/', '-')}{SUFFIX}"
        name, _ = QFileDialog.getSaveFileName(self._parent, "Save unit edits", str(proposed), KINDS)
        if name:
            self.save(Path(name if name.endswith(".json") else f"{name}{SUFFIX}"))

    def save(self, path: Path) -> None:
        """Write the edits of the current point."""
        from zscape.models.files.units_file import save_units

        model = self.session.model
        assert model is not None
        try:
            save_units(path, model.spec, UNITS.said(self.session.point))
        except ZscapeError as error:
            self.session.message.emit(str(error), True)
            return
        self.context.settings.keep_folder(path)
        self.session.message.emit(f"Saved {path.name}: it opens here with the same model, and with zscape sample --units.", False)
