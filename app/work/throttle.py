"""Showing what changes quickly no more often than an eye reads."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

INTERVAL_MS = 50


class Throttle(QObject):
    """Runs `action` at once when called after a rest, else at most every INTERVAL_MS, and always once after the last call.

    For what accompanies the picture (figures, tiles, marks): while a slider is dragged their painting would otherwise take the
    renderer a third of a core.
    """

    def __init__(self, action: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._action, self._again = action, False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(INTERVAL_MS)
        self._timer.timeout.connect(self._rest_is_over)

    def call(self) -> None:
        """Ask for the action."""
        if self._timer.isActive():
            self._again = True
        else:
            self._timer.start()
            self._action()

    def _rest_is_over(self) -> None:
        if self._again:
            self._again = False
            self.call()
