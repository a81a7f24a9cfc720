"""Fields of numbers leave Ctrl+Z to the session: a person wants the last change back, not the last keystroke."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractSpinBox


class _LeaveUndo(QObject):
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            keys = QKeySequence.StandardKey
            if event.matches(keys.Undo) or event.matches(keys.Redo):
                event.ignore()
                return True
        return super().eventFilter(watched, event)


def leave_undo(box: QAbstractSpinBox) -> None:
    """Let the window's undo and redo work while `box` has the keyboard."""
    box.installEventFilter(_LeaveUndo(box))
