"""A picture that is painted on in its own pixels, with brushes that say what is to be there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPaintEvent, QPalette, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from zscape.app.widgets.drawing.pen_pad import PenPad

if TYPE_CHECKING:
    from zscape.models.media.wishes import Wishes

PICK = "pick"
"""The tool that takes a colour from the picture; the others are the brushes of Wishes, by name."""
WIDTH = 0.08
"""Of the brush to start with, as a share of the picture's width."""
CELL = 5
"""Pixels a side of the squares that stand for what is free."""
STRIPE = 8
"""Pixels from one stripe to the next where a colour must not be."""
REFUSED = QColor("#e5484d")
"""Of the lines through a colour that must not be: seen on black, on white and on most colours."""


class PaintPad(PenPad):
    """Shows `picture` with paint over it: what must be in its colour, what must not be in stripes of it crossed out, what is
    free as a chequerboard. The right button and the pen's other end take paint away.

    words: over a picture without paint. while_blank: in its place until there is one.
    tool: a brush of Wishes or PICK. ink: the colour. width: of the brush, a share of the picture's width.
    inked(Wishes): a stroke goes on. drawn(Wishes): it has ended. picked(QColor): a colour of the picture, by PICK.
    The pad keeps no history: whoever listens keeps the paint and puts it back by `show_paint`.
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
        """Whether a stroke goes on."""
        return self._pen is not None

    @property
    def blank(self) -> bool:
        """Whether there is no picture yet."""
        return self._picture.isNull()

    def show_picture(self, picture: QImage) -> None:
        """Paint on `picture` from now on; its size is that of the paint."""
        if QSizeF(picture.size()) != self.extent:
            self.extent = QSizeF(picture.size())
            self._cross = QPointF(picture.width() / 2, picture.height() / 2)
        self._picture = picture
        self.update()

    def show_paint(self, wishes: Wishes) -> None:
        """Show other paint, of the picture's size; a stroke that goes on is given up."""
        self._pen = None
        if self._wishes is None or not wishes.same(self._wishes):  # else its layer, which takes some ms, serves again
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
        """The words, on a plate of their own: the picture may have any colours."""
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
        """The paint as large as it is shown."""
        ratio = self.devicePixelRatioF()
        size = (square.size() * ratio).toSize()
        if self._layer is None or self._layer[0] is not self._wishes or self._layer[1] != size:
            assert self._wishes is not None
            self._layer = self._wishes, size, _layer(self._wishes, size.width(), size.height(), ratio)
            self._layer[2].setDevicePixelRatio(ratio)
        return self._layer[2]


def _layer(wishes: Wishes, width: int, height: int, ratio: float) -> QPixmap:
    """The paint as a picture of width x height pixels of the screen."""
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
    """One brush's paint in its own pixels, None where there is none."""
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
    """Every other half of STRIPE, slanting."""
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
    """Two greys, as programs show what is clear."""
    cell = round(CELL * ratio)
    tile = QPixmap(2 * cell, 2 * cell)
    tile.fill(QColor("#8a8d93"))
    with QPainter(tile) as painter:
        painter.fillRect(0, 0, cell, cell, QColor("#b9bcc2"))
        painter.fillRect(cell, cell, cell, cell, QColor("#b9bcc2"))
    return QBrush(tile)
