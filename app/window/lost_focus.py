"""Moves the focus to the pictures when its widget is hidden, disabled or deleted; Qt would move it to the first menu."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget


class LostFocus(QObject):
    """Watches one window. home(): gives the focus to its pictures."""

    def __init__(self, window: QWidget, home: Callable[[], None]) -> None:
        super().__init__(window)
        self._window, self._home = window, home
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._follow)

    def take_over(self) -> bool:
        """Whether Qt looks for the next widget because the one with the focus was hidden or disabled.

        If so, the pictures now have the focus.
        """
        focus = QApplication.focusWidget()
        if focus is None or focus is self._window or (focus.isVisible() and focus.isEnabled()):
            return False
        self._home()
        return QApplication.focusWidget() is not focus

    def _follow(self, before: QWidget | None, now: QWidget | None) -> None:
        if now is None:
            QTimer.singleShot(0, self, self._look)  # if another window opens, this one is no longer active by then

    def _look(self) -> None:
        if self._window.isActiveWindow() and QApplication.focusWidget() is None:
            self._home()
