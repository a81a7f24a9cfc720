"""Makes a group of buttons one tab stop."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}


class OneStop(QObject):
    """Tab reaches the button that had the focus last, at first the first one; arrows, Home and End move between them."""

    def __init__(self, buttons: Sequence[QAbstractButton], parent: QObject) -> None:
        super().__init__(parent)
        self._buttons = tuple(buttons)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._follow)
        self._choose(0)

    def _choose(self, place: int) -> None:
        for number, button in enumerate(self._buttons):
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if number == place else Qt.FocusPolicy.ClickFocus)

    def refresh(self) -> None:
        """Some buttons were hidden or shown: make a visible one the tab stop."""
        there = [place for place, button in enumerate(self._buttons) if not button.isHidden()]
        stop = next((place for place in there if self._buttons[place].focusPolicy() == Qt.FocusPolicy.StrongFocus), None)
        if there and stop is None:
            self._choose(there[0])

    def _follow(self, before: QWidget | None, now: QWidget | None) -> None:
        """Filter the keys of a button only once it has the focus, not all events during its lifetime."""
        if isinstance(now, QAbstractButton) and now in self._buttons:
            now.removeEventFilter(self)
            now.installEventFilter(self)
            self._choose(self._buttons.index(now))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and watched in self._buttons:
            there = [button for button in self._buttons if not button.isHidden()]
            place, last = there.index(watched), len(there) - 1
            ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: last}
            key = Qt.Key(event.key())
            if key in STEPS or key in ends:
                to = ends[key] if key in ends else min(max(place + STEPS[key], 0), last)
                there[to].setFocus(Qt.FocusReason.OtherFocusReason)
                return True
        return False
