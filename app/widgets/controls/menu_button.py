"""A button that opens its menu at once."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication, QMenu, QToolButton, QWidget

ARROW = "  ▾"
"""The end of the text of a button with a menu; menus of the menu bar have none."""


class MenuButton(QToolButton):
    """Is highlighted only while the mouse is over it; Qt's own button stays highlighted if its menu has opened a dialog."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)

    def say(self, words: str) -> None:
        """Set the text, with the arrow of a menu."""
        self.setText(words + ARROW)

    def setMenu(self, menu: QMenu) -> None:
        """Set the menu that it opens."""
        super().setMenu(menu)
        menu.aboutToHide.connect(lambda: QTimer.singleShot(0, self, self._look))

    def _look(self) -> None:
        """While the menu was open, the button was not told that the mouse had left it."""
        if self.underMouse() and not self.rect().contains(self.mapFromGlobal(QCursor.pos())):
            QApplication.sendEvent(self, QEvent(QEvent.Type.Leave))
            self.update()
