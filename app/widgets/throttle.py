"""Limits how often fast changes are shown."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

INTERVAL_MS = 50


class Throttle(QObject):
    """Runs `action` at once after a pause, otherwise at most every INTERVAL_MS, and always once after the last `throttle()`."""

    def __init__(self, action: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._action, self._wanted = action, False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(INTERVAL_MS)
        self._timer.timeout.connect(self._run_if_wanted)

    def throttle(self) -> None:
        """Run the action now, or soon."""
        if self._timer.isActive():
            self._wanted = True
        else:
            self._run()

    def _run_if_wanted(self) -> None:
        if self._wanted:
            self._run()

    def _run(self) -> None:
        self._wanted = False
        self._timer.start()  # before the action: if it fails, or calls throttle(), it still waits
        self._action()


def throttled(action: Callable[[], None], parent: QObject) -> Throttle:
    """Create a throttle for what accompanies the picture (figures, tiles, marks): during a slider drag, painting them would
    otherwise take the renderer a third of a core.
    """
    return Throttle(action, parent)
