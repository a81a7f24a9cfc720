"""Asking for the file of a picture."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from zscape.app.state.settings import Settings
from zscape.app.widgets.picture_source import PICTURES


def asked_picture(settings: Settings, parent: QWidget) -> Path | None:
    """The file of a picture that a person chooses over `parent`, None for none."""
    endings = " ".join(f"*{ending}" for ending in sorted(PICTURES))
    kinds = f"Pictures ({endings});;All files (*)"
    name, _ = QFileDialog.getOpenFileName(parent, "Open a picture", str(settings.last_folder()), kinds)
    return Path(name) if name else None
