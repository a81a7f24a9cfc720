"""What the mouse points at, told once it rests: on its way to something else it crosses much that nobody asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QPoint, QTimer
from PySide6.QtGui import QCursor

REST_MS = 120
"""Between two looks at the mouse: it rests if it has not moved meanwhile."""
STILL = 3
"""Pixels that a hand which holds still may move the mouse between two looks."""


class RestingPointer(QObject):
    """Hands `tell` what was pointed at when the mouse rests on it.

    What comes while the mouse stays there is told at once: another picture under it, or a tile that the keyboard is on.
    """

    def __init__(self, tell: Callable[[Any], object], parent: QObject) -> None:
        super().__init__(parent)
        self._tell = tell
        self._waiting: Any = None
        self._seen: QPoint | None = None  # where the mouse was at the last look
        self._rested: QPoint | None = None  # where it was when something was told
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(REST_MS)
        self._timer.timeout.connect(self._look)

    def point(self, what: Any) -> None:
        """The mouse or the keyboard is on `what`; None for nothing, after which the one before is no longer waited for."""
        if what is None:
            self.forget()
        elif self._rested is not None and _near(self._rested, QCursor.pos()):
            self.tell_now(what)
        else:
            self._waiting = what
            if not self._timer.isActive():
                self._seen = QCursor.pos()
                self._timer.start()

    def tell_now(self, what: Any) -> None:
        """Tell `what` wherever the mouse is on its way to."""
        self.forget()
        self._rested = QCursor.pos()
        self._tell(what)

    def forget(self) -> None:
        """Tell nothing that was pointed at before."""
        self._waiting = None
        self._timer.stop()

    def _look(self) -> None:
        now = QCursor.pos()
        if self._seen is not None and _near(self._seen, now):
            self.tell_now(self._waiting)
        else:
            self._seen = now
            self._timer.start()


def _near(one: QPoint, other: QPoint) -> bool:
    return (one - other).manhattanLength() <= STILL
