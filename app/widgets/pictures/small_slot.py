"""A slot for one point that fits into a strip of controls."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen

from zscape.app.widgets.pictures.pixels import paint_thumbnail
from zscape.app.widgets.pictures.recipe_slot import RecipeSlot

SIDE = 28
"""One screen pixel for each pixel of a digit."""


class SmallSlot(RecipeSlot):
    """Only the thumbnail, with its letter as tooltip and name."""

    def sizeHint(self) -> QSize:
        return QSize(SIDE + 4, SIDE + 4)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def heightForWidth(self, width: int) -> int:
        return SIDE + 4

    def paintEvent(self, event: QPaintEvent) -> None:
        box = QRectF(2, 2, SIDE, SIDE)
        accent = self.palette().color(QPalette.ColorRole.Highlight)
        with QPainter(self) as painter:
            painter.fillRect(box, self.palette().color(QPalette.ColorRole.Mid))
            if not self._picture.isNull():
                paint_thumbnail(painter, self._picture, box)
            if self._over or self.hasFocus() or self.underMouse():
                painter.setPen(QPen(accent, 2 if self._over or self.hasFocus() else 1))
                painter.drawRect(box.adjusted(-0.5, -0.5, 0.5, 0.5))
