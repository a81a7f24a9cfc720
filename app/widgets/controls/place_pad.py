"""Nine places in a frame, one of which is chosen by a click or the arrow keys."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QWidget

from zscape.models.timeline.marks import PLACES, Place

WIDTH, HEIGHT = 44, 28


class PlacePad(QWidget):
    """chosen(place): by the user."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._place: Place = "bottom"
        self.setFixedSize(WIDTH, HEIGHT)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Place")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.show_place("bottom")

    @property
    def place(self) -> Place:
        """The chosen place."""
        return self._place

    def show_place(self, place: Place) -> None:
        """Set the chosen place."""
        self._place = place
        self.setAccessibleDescription(place)
        self.setToolTip(f"Where in the frame it stands: {place}. Click another place, or use the arrow keys")
        self.update()

    def spot(self, place: Place) -> QPointF:
        """The middle of a place."""
        row, column = divmod(PLACES.index(place), 3)
        return QPointF((column + 0.5) * WIDTH / 3, (row + 0.5) * HEIGHT / 3)

    def _choose(self, row: int, column: int) -> None:
        place = PLACES[3 * min(max(row, 0), 2) + min(max(column, 0), 2)]
        if place != self._place:
            self.show_place(place)
            self.chosen.emit(place)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._choose(int(event.position().y() * 3 / HEIGHT), int(event.position().x() * 3 / WIDTH))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row, column = divmod(PLACES.index(self._place), 3)
        steps = {
            Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1), Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0),
        }  # fmt: skip
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self._choose(row + step[0], column + step[1])

    def paintEvent(self, event: QPaintEvent) -> None:
        palette, role = self.palette(), QPalette.ColorRole
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(palette.color(role.Highlight if self.hasFocus() else role.Midlight), 1))
            painter.setBrush(palette.color(role.Base))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
            painter.setPen(Qt.PenStyle.NoPen)
            for place in PLACES:
                there = place == self._place
                painter.setBrush(palette.color(role.Highlight if there else role.PlaceholderText))
                side = QPointF(4.5, 2.5) if there else QPointF(1.25, 1.25)
                at = self.spot(place)
                painter.drawRoundedRect(QRectF(at - side, at + side), 1, 1)

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, HEIGHT)
