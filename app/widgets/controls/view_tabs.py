"""Tabs that move closer if there is little space; those that do not fit are in a menu after the last one."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRect, QSize, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu, QTabBar, QWidget

from zscape.app.widgets.controls.menu_button import MenuButton

WIDE, NARROW = 14, 4
"""The space at each side of a tab's text."""
HEIGHT = 32
MORE = 72
"""The width of the menu's button."""
LEAST = 96
"""The space for one tab beside that button."""


class ViewTabs(QTabBar):
    """Tabs as wide as their text plus WIDE at each side; with less space this shrinks to NARROW before any tab is hidden.

    If that is not enough, tabs move to the menu of `more`: first disabled ones, then the last ones, never the current one.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setExpanding(False)
        self.setDrawBase(False)
        self.setUsesScrollButtons(False)
        self.setElideMode(Qt.TextElideMode.ElideRight)
        self.setAccessibleName("Views")
        self.more = MenuButton(self)
        self.more.say("More")
        self.more.setProperty("role", "dim")
        self.more.setToolTip("The other views")
        self.more.setAccessibleName("More views")
        self.others = QMenu(self.more)
        self.others.setToolTipsVisible(True)
        self.others.aboutToShow.connect(self.fill)
        self.more.setMenu(self.others)
        self.more.hide()
        self._space = WIDE
        self._later = QTimer(self)  # several tabs are added or disabled one after the other
        self._later.setSingleShot(True)
        self._later.timeout.connect(self.arrange)

    def tabSizeHint(self, index: int) -> QSize:
        return QSize(self._words(index) + 2 * self._space, HEIGHT)

    def minimumTabSizeHint(self, index: int) -> QSize:
        return QSize(24, HEIGHT)

    def sizeHint(self) -> QSize:
        return QSize(sum(self._words(index) + 2 * WIDE for index in range(self.count())), HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(LEAST + MORE, HEIGHT)

    def space(self) -> int:
        """The pixels at each side of the visible tabs' text."""
        return self._space

    @property
    def hidden(self) -> list[int]:
        """The tabs in the menu."""
        return [index for index in range(self.count()) if not self.isTabVisible(index)]

    def setCurrentIndex(self, index: int) -> None:
        """Select a tab; one in the menu replaces a visible one."""
        if 0 <= index < self.count() and not self.isTabVisible(index):
            self.setTabVisible(index, True)
        super().setCurrentIndex(index)
        self.arrange()

    def setTabEnabled(self, index: int, enabled: bool) -> None:
        """Enable or disable a tab."""
        if enabled != self.isTabEnabled(index):
            super().setTabEnabled(index, enabled)
            self._later.start(0)

    def tabInserted(self, index: int) -> None:
        super().tabInserted(index)
        self._later.start(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.arrange()
        super().resizeEvent(event)

    def arrange(self) -> None:
        """Choose the visible tabs, and their spacing."""
        self._later.stop()
        every = list(range(self.count()))
        words = {index: self._words(index) for index in every}
        shown = every
        if sum(words.values()) + 2 * NARROW * len(every) > self.width():
            shown, left = [], self.width() - MORE
            current = self.currentIndex()
            for index in sorted(every, key=lambda each: (each != current, not self.isTabEnabled(each), each)):
                if words[index] + 2 * NARROW > left and shown:
                    break
                shown.append(index)
                left -= words[index] + 2 * NARROW
        crowded = len(shown) < len(every)
        room = self.width() - (MORE if crowded else 0) - sum(words[index] for index in shown)
        space = min(max(room // (2 * max(len(shown), 1)), NARROW), WIDE)
        changed = space != self._space
        self._space = space
        for index in every:
            if self.isTabVisible(index) != (index in shown):
                self.setTabVisible(index, index in shown)
        if changed:
            self.setIconSize(self.iconSize() + QSize(0, 1))  # this makes Qt measure all tabs again
            self.setIconSize(self.iconSize() - QSize(0, 1))
        self.more.setVisible(crowded)
        ends = max((self.tabRect(index).right() + 1 for index in shown), default=0)
        self.more.setGeometry(QRect(min(ends, self.width() - MORE), 0, MORE, HEIGHT - 2))

    def fill(self) -> None:
        """List the hidden tabs."""
        self.others.clear()
        for index in self.hidden:
            entry = self.others.addAction(self.tabText(index), partial(self.setCurrentIndex, index))
            entry.setToolTip(self.tabToolTip(index))
            entry.setEnabled(self.isTabEnabled(index))

    def _words(self, index: int) -> int:
        return self.fontMetrics().horizontalAdvance(self.tabText(index)) + 2
