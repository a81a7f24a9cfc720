"""Where the keyboard goes when what has it is hidden, greyed or deleted: to the pictures, and not to the first menu, as in Qt."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget


class LostFocus(QObject):
    """Watches one window. home(): gives the keyboard to its pictures."""

    def __init__(self, window: QWidget, home: Callable[[], None]) -> None:
        super().__init__(window)
        self._window, self._home = window, home
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._follow)

    def take_over(self) -> bool:
        """Qt looks for what comes next: whether it does so because what has the keyboard was hidden or greyed.

        Then the pictures have it now.
        """
        focus = QApplication.focusWidget()
        if focus is None or focus is self._window or (focus.isVisible() and focus.isEnabled()):
            return False
        self._home()
        return QApplication.focusWidget() is not focus

    def _follow(self, before: QWidget | None, now: QWidget | None) -> None:
        if now is None:
            QTimer.singleShot(0, self, self._look)  # when another window comes, this one is not active any more

    def _look(self) -> None:
        if self._window.isActiveWindow() and QApplication.focusWidget() is None:
            self._home()
