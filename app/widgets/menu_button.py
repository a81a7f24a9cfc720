"""A button that opens its menu at once."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication, QMenu, QToolButton, QWidget

ARROW = "  ▾"
"""What the words of a button end in that opens a menu; a menu of the menu bar has none, as everywhere."""


class MenuButton(QToolButton):
    """Looks as if the mouse were over it only while it is: Qt's own stays so once its menu has opened a dialog."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)

    def say(self, words: str) -> None:
        """Show `words`, and that there is a menu."""
        self.setText(words + ARROW)

    def setMenu(self, menu: QMenu) -> None:
        """Open `menu` from now on."""
        super().setMenu(menu)
        menu.aboutToHide.connect(lambda: QTimer.singleShot(0, self, self._look))

    def _look(self) -> None:
        """The leaving of the mouse while the menu was open was not told."""
        if self.underMouse() and not self.rect().contains(self.mapFromGlobal(QCursor.pos())):
            QApplication.sendEvent(self, QEvent(QEvent.Type.Leave))
            self.update()
