"""A picture that is painted on, pixel by pixel, with brushes that say what is wanted there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPaintEvent, QPalette, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from zscape.app.widgets.drawing.pen_pad import PenPad

if TYPE_CHECKING:
    from zscape.models.media.wishes import Wishes

PICK = "pick"
"""The tool that picks a colour from the picture; the others are the brushes of Wishes, by name."""
WIDTH = 0.08
"""The initial width of the brush, as a fraction of the picture's width."""
CELL = 5
"""The side in pixels of the chequers that mark free areas."""
STRIPE = 8
"""The distance in pixels between stripes where a colour is excluded."""
REFUSED = QColor("#e5484d")
"""The colour of the lines across an excluded colour: visible on black, on white and on most colours."""


class PaintPad(PenPad):
    """Shows `picture` with paint over it: wanted colours as they are, excluded ones as crossed-out stripes, free areas as
    chequers. The right button and the pen's other end remove paint.

    words: shown over a picture without paint. while_blank: shown until there is a picture.
    tool: a brush of Wishes or PICK. ink: the colour. width: of the brush, as a fraction of the picture's width.
    inked(Wishes): a stroke continues. drawn(Wishes): it has ended. picked(QColor): a colour of the picture, by PICK.
    The pad keeps no history: its owner keeps the paint and restores it with `show_paint`.
    """

    inked = Signal(object)
    drawn = Signal(object)
    picked = Signal(QColor)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(QSizeF(28, 28), parent)
        self.tool = "must"
        self.ink = QColor(Qt.GlobalColor.white)
        self.width_share = WIDTH
        self.words = self.while_blank = ""
        self._picture = QImage()
        self._wishes: Wishes | None = None
        self._layer: tuple[object, object, QPixmap] | None = None
        self._pen: QPointF | None = None
        self.setAccessibleName("Painting pad")

    @property
    def painting(self) -> bool:
        """Whether a stroke is in progress."""
        return self._pen is not None

    @property
    def blank(self) -> bool:
        """Whether there is no picture yet."""
        return self._picture.isNull()

    def show_picture(self, picture: QImage) -> None:
        """Set the picture to paint on; the paint has its size."""
        if QSizeF(picture.size()) != self.extent:
            self.extent = QSizeF(picture.size())
            self._cross = QPointF(picture.width() / 2, picture.height() / 2)
        self._picture = picture
        self.update()

    def show_paint(self, wishes: Wishes) -> None:
        """Show other paint, of the picture's size; a stroke in progress is dropped."""
        self._pen = None
        if self._wishes is None or not wishes.same(self._wishes):  # otherwise its layer, which takes some ms, is used again
            self._wishes = wishes
            self.update()

    # Strokes.

    def begin(self, at: QPointF, pressure: float, erase: bool) -> None:
        if self._wishes is None or self._picture.isNull():
            return
        if self.tool == PICK and not erase:
            x, y = int(at.x()), int(at.y())
            if self._picture.valid(x, y):
                self.picked.emit(self._picture.pixelColor(x, y))
            return
        self._pen = at
        self.go_on(at, pressure, erase)

    def begin_at(self, at: QPointF) -> None:
        if self.tool != PICK and self._wishes is not None:
            self._pen = at

    def go_on(self, to: QPointF, pressure: float, erase: bool) -> None:
        if self._pen is None or self._wishes is None:
            return
        grey = self._wishes.colours.shape[2] == 1
        colour = (self.ink.lightness(),) if grey else (self.ink.red(), self.ink.green(), self.ink.blue())
        radius = max(0.5, self.width_share * self.extent.width() * (0.4 + pressure) / 2)
        way = [(self._pen.x(), self._pen.y()), (to.x(), to.y())]
        self._wishes = self._wishes.stroke(way, radius, "keep" if erase else self.tool, colour)
        self._pen = to
        self.update()
        self.inked.emit(self._wishes)

    def end(self) -> None:
        if self._pen is not None:
            self._pen = None
            self.drawn.emit(self._wishes)

    # Painting.

    def paintEvent(self, event: QPaintEvent) -> None:
        square = self.square()
        with QPainter(self) as painter:
            if self._picture.isNull():
                painter.fillRect(square, self.palette().color(QPalette.ColorRole.Mid))
            else:
                painter.drawImage(square, self._picture)
            if self._wishes is not None and not self._wishes.empty:
                painter.drawPixmap(square.topLeft(), self._painted(square))
            elif words := self.while_blank if self.blank else self.words:
                self._write(painter, square, words)
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Midlight), 1))
            painter.drawRect(square.adjusted(0.5, 0.5, -0.5, -0.5))
            self.paint_focus(painter)

    def _write(self, painter: QPainter, square: QRectF, words: str) -> None:
        """Draw the text on a background of its own, because the picture may have any colours."""
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        room = square.adjusted(16, 16, -16, -16)
        place = painter.boundingRect(room, flags, words).adjusted(-8, -6, 8, 6)
        plate = QColor(self.palette().color(QPalette.ColorRole.Window))
        plate.setAlpha(215)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(plate)
        painter.drawRoundedRect(place, 4, 4)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        painter.drawText(room, flags, words)

    def _painted(self, square: QRectF) -> QPixmap:
        """The paint at the size at which it is shown."""
        ratio = self.devicePixelRatioF()
        size = (square.size() * ratio).toSize()
        if self._layer is None or self._layer[0] is not self._wishes or self._layer[1] != size:
            assert self._wishes is not None
            self._layer = self._wishes, size, _layer(self._wishes, size.width(), size.height(), ratio)
            self._layer[2].setDevicePixelRatio(ratio)
        return self._layer[2]


def _layer(wishes: Wishes, width: int, height: int, ratio: float) -> QPixmap:
    """The paint as a picture of width x height screen pixels."""
    layer = QPixmap(width, height)
    layer.fill(Qt.GlobalColor.transparent)
    whole = QRectF(0, 0, width, height)
    must, must_not, free = (_plane(wishes, place) for place in range(3))
    with QPainter(layer) as painter:
        if must is not None:
            painter.drawImage(whole, must)
        if must_not is not None:
            painter.drawPixmap(0, 0, _within(must_not, whole, _stripes(ratio), whole=False))
            painter.drawPixmap(0, 0, _within(must_not, whole, _lines(ratio), whole=True))
        if free is not None:
            painter.drawPixmap(0, 0, _within(free, whole, _chequers(ratio), whole=True))
    return layer


def _within(plane: QImage, place: QRectF, pattern: QBrush, whole: bool) -> QPixmap:
    """`pattern` where `plane` is, or with `whole` false `plane` where `pattern` is."""
    made = QPixmap(place.size().toSize())
    made.fill(Qt.GlobalColor.transparent)
    with QPainter(made) as painter:
        if whole:
            painter.fillRect(place, pattern)
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_DestinationIn)
            painter.drawImage(place, plane)
        else:
            painter.drawImage(place, plane)
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_DestinationIn)
            painter.fillRect(place, pattern)
    return made


def _plane(wishes: Wishes, place: int) -> QImage | None:
    """The paint of one brush in its own pixels, None if there is none."""
    import numpy as np

    if not wishes.weights[..., place].any():
        return None
    height, width = wishes.weights.shape[:2]
    colours = np.broadcast_to(wishes.colours[..., ::-1], (height, width, 3))
    pixels = np.concatenate([colours, wishes.weights[..., place, None]], 2)
    return QImage(pixels.tobytes(), width, height, 4 * width, QImage.Format.Format_ARGB32).copy()


def _tile(side: int) -> QPixmap:
    tile = QPixmap(side, side)
    tile.fill(Qt.GlobalColor.transparent)
    return tile


def _stripes(ratio: float) -> QBrush:
    """Diagonal stripes: every other half of STRIPE."""
    side = round(STRIPE * ratio)
    tile = _tile(side)
    with QPainter(tile) as painter:
        painter.setPen(QPen(QColor(Qt.GlobalColor.black), side * 0.36))
        for shift in (-side, 0, side):
            painter.drawLine(QPointF(shift - side, side * 2), QPointF(shift + side * 2, -side))
    return QBrush(tile)


def _lines(ratio: float) -> QBrush:
    """Thin lines between the stripes."""
    side = round(STRIPE * ratio)
    tile = _tile(side)
    with QPainter(tile) as painter:
        painter.setPen(QPen(REFUSED, max(1.0, 1.2 * ratio)))
        for shift in (-side, 0, side):
            painter.drawLine(QPointF(shift - side + side / 2, side * 2), QPointF(shift + side * 2 + side / 2, -side))
    return QBrush(tile)


def _chequers(ratio: float) -> QBrush:
    """Two greys, the usual sign of transparency."""
    cell = round(CELL * ratio)
    tile = QPixmap(2 * cell, 2 * cell)
    tile.fill(QColor("#8a8d93"))
    with QPainter(tile) as painter:
        painter.fillRect(0, 0, cell, cell, QColor("#b9bcc2"))
        painter.fillRect(cell, cell, cell, cell, QColor("#b9bcc2"))
    return QBrush(tile)
