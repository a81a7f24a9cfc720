"""The nearest pictures in rows: each can be pointed at, clicked and dragged."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from zscape.app.widgets.pictures.pixels import paint_thumbnail
from zscape.app.widgets.pictures.pointed import Pointed

SIDE, GAP = 45, 4
"""Four in a line are as wide as the controls above and below them beside a map."""


class NearGrid(Pointed):
    """Pictures in rows of `columns`, or `words` if there are none.

    clicked(index), hovered(index or -1), dragged(index), menu_asked(index, global position). Keys: arrows; Enter clicks.
    """

    clicked = Signal(int)
    dragged = Signal(int)
    menu_asked = Signal(int, QPoint)

    def __init__(self, columns: int, rows: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._columns, self._rows = columns, rows
        self.words = ""
        self.images: Sequence[QImage] = ()
        self.captions: Sequence[str] = ()
        self._focus = 0
        self._pressed: QPointF | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Nearest pictures")

    @property
    def most(self) -> int:
        """How many pictures fit."""
        return self._columns * self._rows

    def sizeHint(self) -> QSize:
        return QSize(self._columns * (SIDE + GAP) - GAP, self._rows * (SIDE + GAP) - GAP)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def show_pictures(self, images: Sequence[QImage], captions: Sequence[str], words: str = "") -> None:
        """Set pictures and their captions; if there are none, `words` says why."""
        self.images, self.captions, self.words = images, captions, words
        self.pointed = min(self.pointed, len(images) - 1)
        self._focus = max(0, min(self._focus, len(images) - 1))
        self.update()

    def rect_of(self, index: int) -> QRectF:
        """The rectangle of a picture."""
        row, column = divmod(index, self._columns)
        return QRectF(column * (SIDE + GAP), row * (SIDE + GAP), SIDE, SIDE)

    def index_at(self, position: QPointF) -> int:
        """The index of the picture at `position`, -1 if there is none."""
        return next((index for index in range(len(self.images)) if self.rect_of(index).contains(position)), -1)

    def paintEvent(self, event: QPaintEvent) -> None:
        palette = self.palette()
        with QPainter(self) as painter:
            if not self.images:
                painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
                flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
                painter.drawText(self.rect(), flags, self.words)
            for index, image in enumerate(self.images):
                rect = self.rect_of(index)
                painter.fillRect(rect, palette.color(QPalette.ColorRole.Mid))
                paint_thumbnail(painter, image, rect)
                if index == self.pointed or (self.hasFocus() and index == self._focus):
                    painter.setPen(QPen(palette.color(QPalette.ColorRole.Highlight), 2))
                    painter.drawRect(rect.adjusted(1, 1, -1, -1))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.index_at(event.position()) >= 0:
            self._pressed = event.position()
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None:
            self.point_at(self.index_at(event.position()))
        elif (event.position() - self._pressed).manhattanLength() >= QApplication.startDragDistance():
            index, self._pressed = self.index_at(self._pressed), None
            if index >= 0:
                self.dragged.emit(index)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, self._pressed = self._pressed, None
        if pressed is not None and (index := self.index_at(event.position())) >= 0:
            self.clicked.emit(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        steps = {
            Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -self._columns, Qt.Key.Key_Down: self._columns,
        }  # fmt: skip
        if self.images and key in steps:
            self._focus = min(max(self._focus + steps[key], 0), len(self.images) - 1)
            self.setAccessibleDescription(self.captions[self._focus])
            self.hovered.emit(self._focus)
            self.update()
        elif self.images and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.clicked.emit(self._focus)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self._focus if by_key and self.images else self.index_at(QPointF(event.pos()))
        if index >= 0:
            self.menu_asked.emit(index, self.mapToGlobal(self.rect_of(index).center().toPoint()))

    def tip_at(self, position: QPointF) -> str:
        index = self.index_at(position)
        return self.captions[index] if index >= 0 else self.toolTip()
