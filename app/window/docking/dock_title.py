"""The title of a dock: a click on it folds or unfolds the panel."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QWidget


class DockTitle(QWidget):
    """`title` at the left, `more` at the right. clicked(): the user has clicked on it without dragging.

    Mouse presses are passed on to the dock, which is dragged by its title.
    """

    clicked = Signal()

    def __init__(self, title: str, tip: str, more: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("dock-title")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setToolTip(tip)
        self.label = QLabel(title.upper())
        self.label.setProperty("role", "title")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 0, 8, 0)
        self._row.addWidget(self.label, 1)
        self._row.addWidget(more)
        self._pressed: QPoint | None = None
        self._shared = False
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def add(self, control: QWidget) -> None:
        """Add `control` beside the title; from then on only the title text can be clicked, as a click may miss the control."""
        self._shared = True
        self.unsetCursor()
        self.label.setCursor(Qt.CursorShape.PointingHandCursor)
        self._row.setStretch(0, 0)
        self._row.insertSpacing(1, 2)
        self._row.insertWidget(2, control)
        self._row.insertStretch(3, 1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        meant = not self._shared or self.label.geometry().contains(place)
        self._pressed = place if event.button() == Qt.MouseButton.LeftButton and meant else None
        event.ignore()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, self._pressed = self._pressed, None
        event.ignore()
        near = QApplication.startDragDistance()
        if pressed is not None and (event.position().toPoint() - pressed).manhattanLength() < near:
            self.clicked.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Ignored, because its first click was handled."""
        event.accept()
