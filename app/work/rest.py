"""Reports what the mouse points at once it rests: on its way it crosses much that the user does not mean."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QPoint, QTimer
from PySide6.QtGui import QCursor

REST_MS = 120
"""Milliseconds between two checks of the mouse: it rests if it has not moved between them."""
STILL = 3
"""The most pixels that a resting hand moves the mouse between two checks."""


class RestingPointer(QObject):
    """Calls `tell` with what the mouse points at once it rests there.

    Changes while the mouse rests are reported at once: another picture under it, or a tile selected by the keyboard.
    """

    def __init__(self, tell: Callable[[Any], object], parent: QObject) -> None:
        super().__init__(parent)
        self._tell = tell
        self._waiting: Any = None
        self._seen: QPoint | None = None  # where the mouse was at the last check
        self._rested: QPoint | None = None  # where it was at the last report
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(REST_MS)
        self._timer.timeout.connect(self._look)

    def point(self, what: Any) -> None:
        """The mouse or the keyboard is on `what`; None for nothing, which cancels a pending report."""
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
        """Report `what` at once, even if the mouse is moving."""
        self.forget()
        self._rested = QCursor.pos()
        self._tell(what)

    def forget(self) -> None:
        """Cancel a pending report."""
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
