"""A square of paper for one picture: drawn with mouse, pen or arrow keys, or filled by a dropped or pasted picture."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QRadialGradient,
)
from PySide6.QtWidgets import QWidget

from zscape.app.widgets.drawing.filling import filled, recoloured
from zscape.app.widgets.drawing.pen_pad import PenPad

SIDE = 280
"""Pixels a side of the paper: ten for each of the 28 a digit has, so that the brush is smooth."""
BRUSH = 24
"""Width of the brush in pixels of the paper to start with: about that of MNIST's pens."""
SOFT, CRISP = 0.45, 0.08
"""The share of the brush's radius that is its soft rim: as of ink on paper, and where areas are filled."""
PEN, FILL, ERASER = "pen", "fill", "eraser"
"""The tools."""


class DrawPad(PenPad):
    """Ink on paper with a soft round brush, at first white on black; the right button or the pen's other end takes ink away.

    soft: the share of the brush that is its rim. tool: PEN, FILL (a click gives what lies together in one colour that of the ink)
    or ERASER.

    inked(): a stroke goes on. drawn(): a stroke has ended. Keys and dropped pictures are those of every pad for a pen.
    The pad keeps no history: whoever listens keeps `paper()` and puts it back by `show_paper`.
    """

    inked = Signal()
    drawn = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(QSizeF(SIDE, SIDE), parent)
        self.brush = BRUSH
        self.words = ""
        self.ink, self.ground = QColor(Qt.GlobalColor.white), QColor(Qt.GlobalColor.black)
        self.tool = PEN
        self.soft = SOFT
        self._paper = blank(self.ground)
        self._photo: QImage | None = None  # shown instead of the paper
        self._pen: QPointF | None = None  # where the stroke has got to, None between strokes
        self.setAccessibleName("Drawing pad")

    @property
    def drawing(self) -> bool:
        """Whether a stroke goes on."""
        return self._pen is not None

    def set_brush(self, width: int) -> None:
        """Draw with a brush of `width` pixels of the paper from now on."""
        self.brush = width

    def set_ground(self, ground: QColor) -> None:
        """Paper of this colour from now on; what of the present paper has no ink is recoloured. Not a stroke: nothing is told."""
        self._paper = recoloured(self._paper, self.ground, ground)
        self.ground = QColor(ground)
        self.update()

    def paper(self) -> QImage:
        """A copy of what is on the paper, RGB32, SIDE x SIDE."""
        return self._paper.copy()

    def show_paper(self, paper: QImage | None, photo: QImage | None = None) -> None:
        """Put `paper` of any size in place of what is drawn, enlarged without smoothing; None clears the pad.

        photo: what the paper was made of; it is shown in its place until the person begins to draw. A stroke that goes on is
        given up.
        """
        self._pen = None
        self._photo = None
        if photo is not None:
            keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            self._photo = photo.scaled(SIDE, SIDE, keep, smooth)
        if paper is None:
            self._paper = blank(self.ground)
        else:
            self._paper = paper.scaled(SIDE, SIDE).convertToFormat(QImage.Format.Format_RGB32)
        self.update()

    # Strokes.

    def begin(self, at: QPointF, pressure: float, erase: bool) -> None:
        self._pen = at
        if self.tool == FILL and not erase:
            self._photo = None
            self._paper = filled(self._paper, int(at.x()), int(at.y()), self.ink)
        else:
            self._dab(at, pressure, erase)
        self.update()
        self.inked.emit()

    def go_on(self, to: QPointF, pressure: float, erase: bool) -> None:
        if self._pen is None or (self.tool == FILL and not erase):
            return
        way = to - self._pen
        length = (way.x() ** 2 + way.y() ** 2) ** 0.5
        count = max(1, round(length / (self.brush / 6)))
        for step in range(1, count + 1):
            self._dab(self._pen + way * (step / count), pressure, erase)
        self._pen = to
        self.update()
        self.inked.emit()

    def begin_at(self, at: QPointF) -> None:
        self._pen = at

    def end(self) -> None:
        if self._pen is not None:
            self._pen = None
            self.update()
            self.drawn.emit()

    def _dab(self, at: QPointF, pressure: float, erase: bool) -> None:
        """One touch of the brush; `pressure` from 0 to 1 gives half to all of its width."""
        radius = self.brush * (0.5 + 0.5 * pressure) / 2 * 1.3  # its soft rim takes a third
        ink = self.ground if erase or self.tool == ERASER else self.ink
        rim = QColor(ink)
        rim.setAlpha(0)
        gradient = QRadialGradient(at, radius)
        gradient.setColorAt(0.0, ink)
        gradient.setColorAt(1 - self.soft, ink)
        gradient.setColorAt(1.0, rim)
        self._photo = None
        with QPainter(self._paper) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(gradient)
            painter.drawEllipse(at, radius, radius)

    # Painting.

    def paintEvent(self, event: QPaintEvent) -> None:
        square = self.square()
        with QPainter(self) as painter:
            if self._photo is None:
                painter.drawImage(square, self._paper)
            else:
                size = QSizeF(self._photo.size()) * (square.width() / SIDE)
                painter.fillRect(square, self.ground)
                painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
                painter.drawImage(QRectF(square.center() - QPointF(size.width() / 2, size.height() / 2), size), self._photo)
            if self.words:
                painter.setPen(QColor(160, 160, 160) if self.ground.lightness() < 64 else contrasting(self.ground))
                flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
                painter.drawText(square.adjusted(16, 16, -16, -16), flags, self.words)
            if self.ground.lightness() > 127:  # else light paper has no edge on a light window
                painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Midlight), 1))
                painter.drawRect(square.adjusted(0.5, 0.5, -0.5, -0.5))
            self.paint_focus(painter)


def blank(ground: QColor) -> QImage:
    """Paper without ink."""
    paper = QImage(SIDE, SIDE, QImage.Format.Format_RGB32)
    paper.fill(ground)
    return paper


def contrasting(ground: QColor) -> QColor:
    """Black or white, which is to be read on `ground`."""
    return QColor(Qt.GlobalColor.black if ground.lightness() > 127 else Qt.GlobalColor.white)
