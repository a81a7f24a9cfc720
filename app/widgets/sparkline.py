"""A curve without axes, for a number that decreases."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget


class Sparkline(QWidget):
    """The values from left to right, with the largest at the top and zero at the bottom. It shrinks if there is little space."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.values: tuple[float, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)

    def show_values(self, values: Sequence[float]) -> None:
        """Set the values."""
        self.values = tuple(values)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, 32)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, 12)

    def paintEvent(self, event: QPaintEvent) -> None:
        if len(self.values) < 2:
            return
        width, height, top = self.width() - 2.0, self.height() - 2.0, max(self.values) or 1.0
        last = len(self.values) - 1
        line = QPolygonF([QPointF(1 + width * k / last, 1 + height * (1 - value / top)) for k, value in enumerate(self.values)])
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Highlight), 1.5))
            painter.drawPolyline(line)
