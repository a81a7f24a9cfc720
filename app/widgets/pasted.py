"""Access to the clipboard."""

from __future__ import annotations

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication


def pasted() -> QMimeData:
    """The clipboard's data; empty data if the clipboard is empty, for which Qt returns None."""
    data: QMimeData | None = QGuiApplication.clipboard().mimeData()
    return QMimeData() if data is None else data
