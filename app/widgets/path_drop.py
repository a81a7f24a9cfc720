"""Drops of files and folders."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget

from zscape.app.widgets.drops import answer

TAKES_PATHS = "takesPaths"
"""The property of a field that accepts drops of files and folders."""


class PathDrop(QObject):
    """Handles drops on `places` of the wanted paths: dropped(Path), the first such path. The file is never moved."""

    dropped = Signal(object)

    def __init__(self, parent: QObject, wanted: Callable[[Path], bool], *places: QWidget) -> None:
        super().__init__(parent)
        self._wanted = wanted
        for place in places:
            place.setAcceptDrops(True)
            place.setProperty(TAKES_PATHS, True)
            place.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QDropEvent):  # all events of a drag except leaving
            return super().eventFilter(watched, event)
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        path = next((path for path in paths if self._wanted(path)), None)
        answer(event, path is not None)
        if event.type() == QEvent.Type.Drop and event.isAccepted():
            self.dropped.emit(path)
        return True
