"""A pad for a small picture in given colours: a label map, or a sketch."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from zscape.app.widgets.drops import answer
from zscape.app.widgets.pictures.picture_source import has_source, source_of
from zscape.app.widgets.pictures.pixels import image_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SWATCH = 20
"""The side of a colour swatch below the paper."""
GAP = 8
INK = ((0, 0, 0), (255, 255, 255))
"""The colours if the input names none."""


class PalettePad(QWidget):
    """Paper of width x height pixels with its colours below; the pen is a tenth of the paper wide.

    pressed(), drawn() after each move of the pen, released(); given(source): a picture was dropped, as a Path or as bytes.
    Number keys choose a colour.
    """

    pressed = Signal()
    drawn = Signal()
    released = Signal()
    given = Signal(object)

    def __init__(
        self, width: int, height: int, channels: int, palette: Sequence[tuple[int, int, int]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._size, self._channels = (width, height), channels
        self.colours = tuple(palette) or INK
        self.chosen = len(self.colours) - 1
        self.pen = max(1, min(width, height) // 10)
        self._paper = QImage(width, height, QImage.Format.Format_RGB32)
        self._paper.fill(QColor(*self.colours[0]))
        self._last: QPointF | None = None
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def minimumSizeHint(self) -> QSize:
        return QSize(96, 96 + GAP + SWATCH)

    def sizeHint(self) -> QSize:
        return QSize(192, 192 + GAP + SWATCH)

    def image(self) -> NDArray[np.uint8]:
        """The paper: uint8 [height, width, channels]."""
        import numpy as np

        width, height = self._size
        flat = np.frombuffer(self._paper.constBits(), np.uint8).reshape(height, width, 4)
        return flat[..., 2::-1].copy() if self._channels == 3 else flat[..., 1:2].copy()

    def show_image(self, image: NDArray[np.uint8]) -> None:
        """Set the paper to uint8 [height, width, channels]."""
        self._paper = image_of(image[None], 1).convertToFormat(QImage.Format.Format_RGB32)
        self.update()

    def choose(self, colour: int) -> None:
        """Draw with a colour of the palette."""
        self.chosen = colour
        self.update()

    def paper_rect(self) -> QRectF:
        """The rectangle of the paper."""
        width, height = self._size
        room = QRectF(0, 0, self.width(), self.height() - GAP - SWATCH)
        zoom = min(room.width() / width, room.height() / height)
        return QRectF((room.width() - zoom * width) / 2, 0, zoom * width, zoom * height)

    def swatch_rect(self, colour: int) -> QRectF:
        """The rectangle of a swatch."""
        top = self.paper_rect().bottom() + GAP
        step = min(SWATCH + 4.0, (self.width() - 2) / len(self.colours))
        return QRectF(1 + colour * step, top, step - 4, SWATCH - 2)

    def take(self, data: QMimeData) -> bool:
        """Use the picture in `data`; returns False if there is none."""
        source = source_of(data)
        if source is not None:
            self.given.emit(source)
        return source is not None

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.drawImage(self.paper_rect(), self._paper)
            painter.setPen(self.palette().color(QPalette.ColorRole.Mid))
            painter.drawRect(self.paper_rect())
            for number, colour in enumerate(self.colours):
                where = self.swatch_rect(number)
                painter.fillRect(where, QColor(*colour))
                role = QPalette.ColorRole.Highlight if number == self.chosen else QPalette.ColorRole.Mid
                painter.setPen(self.palette().color(role))
                painter.drawRect(where.adjusted(-1, -1, 1, 1) if number == self.chosen else where)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        place = event.position()
        swatch = next((k for k in range(len(self.colours)) if self.swatch_rect(k).contains(place)), None)
        if swatch is not None:
            self.choose(swatch)
        elif self.paper_rect().contains(place):
            self.pressed.emit()
            self._last = place
            self._dab(place)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._last is not None:
            self._dab(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._last is not None:
            self._last = None
            self.released.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        number = event.key() - Qt.Key.Key_1.value
        if 0 <= number < len(self.colours):
            self.choose(number)
        else:
            super().keyPressEvent(event)

    def _dab(self, place: QPointF) -> None:
        """Draw a line from the last pen position to `place`."""
        assert self._last is not None
        paper = self.paper_rect()
        zoom = paper.width() / self._size[0]
        start, end = ((each - paper.topLeft()) / zoom for each in (self._last, place))
        steps = max(1, round(2 * max(abs(end.x() - start.x()), abs(end.y() - start.y()))))
        with QPainter(self._paper) as painter:
            for step in range(steps + 1):
                at = start + (end - start) * (step / steps)
                left, top = round(at.x() - self.pen / 2), round(at.y() - self.pen / 2)
                painter.fillRect(left, top, self.pen, self.pen, QColor(*self.colours[self.chosen]))
        self._last = place
        self.update()
        self.drawn.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        answer(event, has_source(event.mimeData()))

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        answer(event, True)  # it was checked when the drag entered

    def dropEvent(self, event: QDropEvent) -> None:
        answer(event, self.take(event.mimeData()))
