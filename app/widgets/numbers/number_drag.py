"""Changes the number in a spin box by dragging it sideways, as in design programs."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QDoubleSpinBox, QLineEdit, QSpinBox
from shiboken6 import isValid

FEW = 100
"""In a range with fewer steps than this, each step takes SLOW pixels instead of one, so that a drag is not too fast."""
SLOW = 4


class NumberDrag(QObject):
    """The event filter of one spin box. A drag changes the number, with Shift a tenth as fast, with Ctrl ten times as fast; a
    click starts to edit the text, in which a drag selects as usual; a double click selects all of it.

    A box with the signals sliderPressed and sliderReleased emits them around a drag, as a slider does, so that it is one undo
    step.
    """

    def __init__(self, box: Any) -> None:
        super().__init__(box)
        self._box = box
        self._line: QLineEdit = box.lineEdit()
        self._at: QPoint | None = None
        self._start: float = 0
        self._drags = self._edits = False
        if isinstance(box, QSpinBox | QDoubleSpinBox):
            self._line.installEventFilter(self)
            self.edits(False)

    def edits(self, on: bool) -> None:
        """Set whether its text is being edited: then the mouse selects in it."""
        self._edits = on
        if isValid(self._line):  # a box that is destroyed while it has the focus loses its line first
            self._line.setCursor(Qt.CursorShape.IBeamCursor if on else Qt.CursorShape.SizeHorCursor)

    def take_back(self) -> bool:
        """End a drag and restore the number; returns False if there is none."""
        if not self._drags:
            return False
        self._box.setValue(self._start)
        self._stop()
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QMouseEvent) or self._box.isReadOnly():
            return False
        kind = event.type()
        if kind == QEvent.Type.MouseButtonDblClick:
            self.edits(True)
            self._line.selectAll()
            return True
        if self._edits:
            return False
        if kind == QEvent.Type.MouseButtonPress and event.button() == Qt.MouseButton.LeftButton:
            self._at, self._start = event.globalPosition().toPoint(), self._box.value()
            return True
        if self._at is None:
            return False
        if kind == QEvent.Type.MouseMove:
            self._move(event.globalPosition().toPoint().x() - self._at.x(), event.modifiers())
        elif kind == QEvent.Type.MouseButtonRelease and event.button() == Qt.MouseButton.LeftButton:
            dragged = self._drags
            self._stop()
            if not dragged:
                self.edits(True)
                self._line.setCursorPosition(self._line.cursorPositionAt(event.position().toPoint()))
        return True

    def _stop(self) -> None:
        self._at = None
        if self._drags:
            self._drags = False
            self._tell("sliderReleased")

    def _move(self, pixels: int, modifiers: Qt.KeyboardModifier) -> None:
        if not self._drags and abs(pixels) < QApplication.startDragDistance():
            return
        if not self._drags:
            self._drags = True
            self._line.deselect()
            self._tell("sliderPressed")
        box, step = self._box, float(self._box.singleStep())
        steps = pixels // SLOW if (box.maximum() - box.minimum()) / step <= FEW else pixels
        if modifiers & Qt.KeyboardModifier.ShiftModifier:
            least = 10.0 ** -box.decimals() if isinstance(box, QDoubleSpinBox) else 1.0
            step = max(step / 10, least)
        elif modifiers & Qt.KeyboardModifier.ControlModifier:
            step *= 10
        value = min(max(self._start + steps * step, box.minimum()), box.maximum())
        box.setValue(value if isinstance(box, QDoubleSpinBox) else round(value))

    def _tell(self, signal: str) -> None:
        if hasattr(self._box, signal):
            getattr(self._box, signal).emit()
