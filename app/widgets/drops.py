"""Accepts or refuses drags and drops."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QDropEvent


def answer(event: QDropEvent, wanted: bool) -> None:
    """Accept what `event` brings, or refuse it. It is always accepted as a copy, whatever the source proposes: a file manager may
    propose to move the file, and would then delete it. If the source does not allow copies, it is refused.

    event: of any kind: enter, move or drop; all are subclasses of QDropEvent.
    """
    if wanted and event.possibleActions() & Qt.DropAction.CopyAction:
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
    else:
        event.ignore()
