"""Tabs that come closer where there is little room, so that all of them are seen and none needs to be scrolled to."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QTabBar, QWidget

WIDE, NARROW = 14, 4
"""Space beside the words of a tab, at each side."""
HEIGHT = 32


class ViewTabs(QTabBar):
    """As wide as its words and WIDE beside them; with less room the space shrinks to NARROW before any word is cut."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setExpanding(False)
        self.setDrawBase(False)
        self.setUsesScrollButtons(False)
        self.setElideMode(Qt.TextElideMode.ElideRight)
        self.setAccessibleName("Views")
        self._room = 0

    def tabSizeHint(self, index: int) -> QSize:
        return QSize(self._words(index) + 2 * self.space(), HEIGHT)

    def minimumTabSizeHint(self, index: int) -> QSize:
        return QSize(24, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(24 * self.count(), HEIGHT)

    def space(self) -> int:
        """Pixels beside the words of each tab, at each side."""
        words = sum(self._words(index) for index in range(self.count()))
        return min(max((self.width() - words) // (2 * max(self.count(), 1)), NARROW), WIDE)

    def _words(self, index: int) -> int:
        return self.fontMetrics().horizontalAdvance(self.tabText(index)) + 2

    def resizeEvent(self, event: QResizeEvent) -> None:
        if self.space() != self._room:
            self._room = self.space()
            self.setIconSize(self.iconSize() + QSize(0, 1))  # the way to have all tabs measured again
            self.setIconSize(self.iconSize() - QSize(0, 1))
        super().resizeEvent(event)
