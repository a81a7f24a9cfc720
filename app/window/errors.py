"""Errors in the window: a bar with one line, and the way on."""

from __future__ import annotations

import logging
import sys
import threading
from types import TracebackType
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QWidget

from zscape.app.widgets.theme import set_icon
from zscape.models.errors import ZscapeError

log = logging.getLogger(__name__)


class MessageBar(QFrame):
    """Lies over the top of its parent while there is an error to read, and goes when it is closed or something else works."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self.setObjectName("message")
        self.setAccessibleName("Message")
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 8, 8)
        self.label = QLabel()
        self.label.setWordWrap(True)
        self.label.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.close_button = QToolButton()
        self.close_button.setToolTip("Close this message")
        self.close_button.setAccessibleName("Close message")
        self.close_button.clicked.connect(self.hide)
        row.addWidget(self.label, 1)
        row.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        parent.installEventFilter(self)
        self.hide()

    def tell(self, line: str) -> None:
        """Show `line`."""
        set_icon(self.close_button, "mdi6.close", 16)
        self.label.setText(line)
        self.show()
        self._place()
        self.raise_()

    def _place(self) -> None:
        parent = self._over
        width = min(parent.width() - 32, 720)
        self.setGeometry((parent.width() - width) // 2, 16, width, self._row.heightForWidth(width))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)


class Catcher(QObject):
    """Turns exceptions nobody caught, of any thread, into `caught(line)` and a line in the log; the program goes on."""

    caught = Signal(str)

    def install(self) -> None:
        """From now on."""
        self._before = sys.excepthook, threading.excepthook
        sys.excepthook = self._on_exception
        threading.excepthook = lambda given: self._on_exception(given.exc_type, given.exc_value, given.exc_traceback)

    def remove(self) -> None:
        """As it was."""
        sys.excepthook, threading.excepthook = self._before

    def _on_exception(self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> Any:
        if issubclass(kind, KeyboardInterrupt):
            self._before[0](kind, error or kind(), trace)
            return
        if issubclass(kind, ZscapeError):
            self.caught.emit(str(error))
            return
        log.error("unexpected error", exc_info=(kind, error or kind(), trace))
        self.caught.emit(f"Something went wrong: {error or kind.__name__}. The window goes on; details are in the log.")
