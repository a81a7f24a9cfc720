"""Asks the user for a picture file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from zscape.app.state.settings import Settings
from zscape.app.widgets.pictures.picture_source import PICTURES


def asked_picture(settings: Settings, parent: QWidget) -> Path | None:
    """The picture file that the user chooses in a dialog over `parent`, None if cancelled."""
    endings = " ".join(f"*{ending}" for ending in sorted(PICTURES))
    kinds = f"Pictures ({endings});;All files (*)"
    name, _ = QFileDialog.getOpenFileName(parent, "Open a picture", str(settings.last_folder()), kinds)
    return Path(name) if name else None
