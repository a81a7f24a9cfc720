"""Data sets that are dropped."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from zscape.app.views.train.data_box import is_data


class DataDrop(QObject):
    """Takes a folder or an npz that is dropped on one of `places`: dropped(Path). It is never moved away."""

    dropped = Signal(object)

    def __init__(self, parent: QObject, *places: QWidget) -> None:
        super().__init__(parent)
        for place in places:
            place.setAcceptDrops(True)
            place.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QDropEvent):  # all of them but leaving
            return super().eventFilter(watched, event)
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        data = next((path for path in paths if is_data(path)), None)
        if data is None:
            event.ignore()
            return isinstance(event, QDragEnterEvent)
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if event.type() == QEvent.Type.Drop:
            self.dropped.emit(data)
        return True
