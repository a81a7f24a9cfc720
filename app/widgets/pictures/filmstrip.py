"""A strip of pictures along a scale; a click on a picture chooses its value."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from zscape.app.widgets.pictures.pixels import paint_thumbnail
from zscape.app.widgets.pictures.pointed import Pointed

LINE = 16
"""The height of the line of numbers below the pictures."""
MOST = 56
"""The maximum side of a picture."""
GAP = 2


class Filmstrip(Pointed):
    """chosen(value): a click on a picture, or Enter. Left and Right, Home and End move from picture to picture.

    The picture nearest to the current value has a border.
    """

    chosen = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.values: Sequence[float] = ()
        self.value = 0.0
        self._pictures: Sequence[QImage] = ()
        self._place = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizePolicy(policy)
        self.setAccessibleName("Filmstrip")

    def show_pictures(self, values: Sequence[float], pictures: Sequence[QImage]) -> None:
        """Set a picture for each value, from left to right; no pictures: they are being drawn."""
        if len(values) != len(self.values):
            self._place = len(values) // 2
        self.values, self._pictures = values, pictures
        self.update()

    def show_value(self, value: float) -> None:
        """Set the current value."""
        if value != self.value:
            self.value = value
            self.update()

    @property
    def drawn(self) -> bool:
        """Whether there are pictures."""
        return bool(self._pictures)

    def picture(self, place: int) -> QImage:
        """One of the pictures."""
        return self._pictures[place]

    def sizeHint(self) -> QSize:
        return QSize(7 * 34, 34 + LINE)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, 34 + LINE)

    def rect_of(self, place: int) -> QRectF:
        """The rectangle of the picture at index `place`."""
        count = max(1, len(self.values))
        wide = self.width() / count
        side = max(4.0, min(wide - GAP, self.height() - LINE, MOST))
        return QRectF(round(place * wide + (wide - side) / 2), round((self.height() - LINE - side) / 2), round(side), round(side))

    def place_at(self, position: QPointF) -> int:
        """The index of the picture, or its number, at `position`; -1 for none."""
        if not self.values or not self.rect().contains(position.toPoint()):
            return -1
        return min(int(position.x() / self.width() * len(self.values)), len(self.values) - 1)

    def _nearest(self) -> int:
        """The index of the picture nearest to the current value, -1 if it is more than half a step away."""
        if len(self.values) < 2:
            return -1
        step = abs(self.values[1] - self.values[0])
        place = min(range(len(self.values)), key=lambda each: abs(self.values[each] - self.value))
        return place if abs(self.values[place] - self.value) <= step / 2 else -1

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.point_at(self.place_at(event.position()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self.place_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and place >= 0:
            self._place = place
            self.chosen.emit(float(self.values[place]))
        else:
            super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        last = len(self.values) - 1
        places = {
            Qt.Key.Key_Left: self._place - 1,
            Qt.Key.Key_Right: self._place + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        key = Qt.Key(event.key())
        if not self.values:
            super().keyPressEvent(event)
        elif key in places:
            self._place = min(max(places[key], 0), last)
            self.setAccessibleDescription(f"{self.values[self._place]:+g}")
            self.update()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.chosen.emit(float(self.values[self._place]))
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._place = max(0, self._nearest())
        self.update()

    def tip_at(self, position: QPointF) -> str:
        place = self.place_at(position)
        return f"{self.values[place]:+g}: click to go there" if place >= 0 else self.toolTip()

    def paintEvent(self, event: QPaintEvent) -> None:
        role, palette = QPalette.ColorRole, self.palette()
        near = self._nearest()
        font = self.font()
        font.setPointSizeF(font.pointSizeF() * 8 / 9)
        with QPainter(self) as painter:
            painter.setFont(font)
            for place, value in enumerate(self.values):
                rect = self.rect_of(place)
                painter.fillRect(rect, palette.color(role.Mid))
                if place < len(self._pictures):
                    paint_thumbnail(painter, self._pictures[place], rect)
                focus = self.hasFocus() and place == self._place
                if focus or place in (near, self.pointed):
                    painter.setPen(QPen(palette.color(role.Highlight), 2 if focus or place == near else 1))
                    painter.drawRect(rect.adjusted(0.5, 0.5, -0.5, -0.5))
                painter.setPen(palette.color(role.WindowText if place == near else role.PlaceholderText))
                line = QRectF(rect.left() - GAP, self.height() - LINE, rect.width() + 2 * GAP, LINE)
                painter.drawText(line, Qt.AlignmentFlag.AlignCenter, f"{value:+g}" if value else "0")
