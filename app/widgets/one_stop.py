"""Many buttons that are one stop of the Tab key."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton

STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}


class OneStop(QObject):
    """Tab comes to the button that had the keyboard last, at first to the first; arrows, Home and End go from one to another."""

    def __init__(self, buttons: Sequence[QAbstractButton], parent: QObject) -> None:
        super().__init__(parent)
        self._buttons = tuple(buttons)
        for button in self._buttons:
            button.installEventFilter(self)
        self._choose(0)

    def _choose(self, place: int) -> None:
        for number, button in enumerate(self._buttons):
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if number == place else Qt.FocusPolicy.ClickFocus)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn and watched in self._buttons:
            self._choose(self._buttons.index(watched))
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and watched in self._buttons:
            place, last = self._buttons.index(watched), len(self._buttons) - 1
            ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: last}
            key = Qt.Key(event.key())
            if key in STEPS or key in ends:
                to = ends[key] if key in ends else min(max(place + STEPS[key], 0), last)
                self._buttons[to].setFocus(Qt.FocusReason.OtherFocusReason)
                return True
        return False
