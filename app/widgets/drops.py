"""How a widget answers what is dragged over it and dropped on it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QDropEvent


def answer(event: QDropEvent, wanted: bool) -> None:
    """Take what `event` brings, or refuse it. It is always taken as a copy, whatever the source proposes: a file manager may
    propose to move the file, and would delete it. Where the source gives no copies it is refused.

    event: as it comes in, as it moves (those events are drop events too), or as it is let go.
    """
    if wanted and event.possibleActions() & Qt.DropAction.CopyAction:
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
    else:
        event.ignore()
