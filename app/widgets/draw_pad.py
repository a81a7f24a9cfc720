"""A square of paper for one picture: drawn with mouse, pen or arrow keys, or filled by a dropped or pasted picture."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QPointingDevice,
    QRadialGradient,
    QTabletEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from zscape.app.widgets.drops import answer
from zscape.app.widgets.filling import filled, recoloured
from zscape.app.widgets.picture_source import has_source, source_of

SIDE = 280
"""Pixels a side of the paper: ten for each of the 28 a digit has, so that the brush is smooth."""
BRUSH = 24
"""Width of the brush in pixels of the paper to start with: about that of MNIST's pens."""
NUDGE = 4.0
"""Pixels of the paper an arrow key moves the pen."""
SOFT, CRISP = 0.45, 0.08
"""The share of the brush's radius that is its soft rim: as of ink on paper, and where areas are filled."""
PEN, FILL, ERASER = "pen", "fill", "eraser"
"""The tools."""

_ARROWS = {
    Qt.Key.Key_Left: QPointF(-NUDGE, 0),
    Qt.Key.Key_Right: QPointF(NUDGE, 0),
    Qt.Key.Key_Up: QPointF(0, -NUDGE),
    Qt.Key.Key_Down: QPointF(0, NUDGE),
}


class DrawPad(QWidget):
    """Ink on paper with a soft round brush, at first white on black; the right button or the pen's other end takes ink away.

    soft: the share of the brush that is its rim. tool: PEN, FILL (a click gives what lies together in one colour that of the ink)
    or ERASER.

    inked(): a stroke goes on. drawn(): a stroke has ended. given(source): a picture was dropped or pasted, a Path or the bytes of
    an image file.
    Keys: arrows move the pen, with Shift they draw, with Ctrl+Shift they erase; Enter does what a click would at that place.
    The pad keeps no history: whoever listens keeps `paper()` and puts it back by `show_paper`.
    """

    inked = Signal()
    drawn = Signal()
    given = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.brush = BRUSH
        self.words = ""
        self.ink, self.ground = QColor(Qt.GlobalColor.white), QColor(Qt.GlobalColor.black)
        self.tool = PEN
        self.soft = SOFT
        self._paper = blank(self.ground)
        self._photo: QImage | None = None  # shown instead of the paper
        self._pen: QPointF | None = None  # where the stroke has got to, None between strokes
        self._cross = QPointF(SIDE / 2, SIDE / 2)  # the pen of the arrow keys
        self._inked_by_keys = False
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(84, 84)
        self.setAccessibleName("Drawing pad")

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

        photo: what the paper was made of; it is shown in its place until the person begins to draw.
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

    def paste(self, data: QMimeData | None = None) -> bool:
        """Take the picture in `data` (the clipboard's if None); False where there is none."""
        source = source_of(data or QGuiApplication.clipboard().mimeData())
        if source is not None:
            self.given.emit(source)
        return source is not None

    def sizeHint(self) -> QSize:
        return QSize(224, 224)

    def square(self) -> QRectF:
        """Where the paper lies in the widget."""
        side = min(self.width(), self.height())
        return QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)

    def _to_paper(self, position: QPointF) -> QPointF:
        square = self.square()
        return (position - square.topLeft()) * (SIDE / square.width())

    # Strokes.

    def _begin(self, at: QPointF, pressure: float, erase: bool) -> None:
        self._pen = at
        if self.tool == FILL and not erase:
            self._photo = None
            self._paper = filled(self._paper, int(at.x()), int(at.y()), self.ink)
        else:
            self._dab(at, pressure, erase)
        self.update()
        self.inked.emit()

    def _go_on(self, to: QPointF, pressure: float, erase: bool) -> None:
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

    def _end(self) -> None:
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

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton):
            self._begin(self._to_paper(event.position()), 0.6, event.button() == Qt.MouseButton.RightButton)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._go_on(self._to_paper(event.position()), 0.6, bool(event.buttons() & Qt.MouseButton.RightButton))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._end()

    def tabletEvent(self, event: QTabletEvent) -> None:
        at, erase = self._to_paper(event.position()), event.pointerType() == QPointingDevice.PointerType.Eraser
        if event.type() == QTabletEvent.Type.TabletPress:
            self._begin(at, event.pressure(), erase)
        elif event.type() == QTabletEvent.Type.TabletMove:
            self._go_on(at, event.pressure(), erase)
        else:
            self._end()
        event.accept()  # or Qt would send the same as mouse events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ARROWS:
            self._move_cross(_ARROWS[Qt.Key(event.key())], event.modifiers())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._begin(self._cross, 0.6, False)
            self._end()
        else:
            super().keyPressEvent(event)

    def _move_cross(self, step: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        to = self._cross + step
        to = QPointF(min(max(to.x(), 0.0), SIDE), min(max(to.y(), 0.0), SIDE))
        if modifiers & Qt.KeyboardModifier.ShiftModifier:
            self._pen = self._cross
            self._go_on(to, 0.6, bool(modifiers & Qt.KeyboardModifier.ControlModifier))
            self._inked_by_keys = True
        self._cross = to
        self.update()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Shift and self._inked_by_keys:
            self._inked_by_keys = False
            self._end()
        else:
            super().keyReleaseEvent(event)

    # Pictures from elsewhere.

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        answer(event, has_source(event.mimeData()))

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        answer(event, True)  # it was asked as the drag came in

    def dropEvent(self, event: QDropEvent) -> None:
        answer(event, self.paste(event.mimeData()))

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
            if self.hasFocus():
                accent = self.palette().color(QPalette.ColorRole.Highlight)
                painter.setPen(QPen(accent, 2))
                painter.drawRect(square.adjusted(1, 1, -1, -1))
                at = square.topLeft() + self._cross * (square.width() / SIDE)
                painter.drawLine(at - QPointF(5, 0), at + QPointF(5, 0))
                painter.drawLine(at - QPointF(0, 5), at + QPointF(0, 5))


def blank(ground: QColor) -> QImage:
    """Paper without ink."""
    paper = QImage(SIDE, SIDE, QImage.Format.Format_RGB32)
    paper.fill(ground)
    return paper


def contrasting(ground: QColor) -> QColor:
    """Black or white, which is to be read on `ground`."""
    return QColor(Qt.GlobalColor.black if ground.lightness() > 127 else Qt.GlobalColor.white)
