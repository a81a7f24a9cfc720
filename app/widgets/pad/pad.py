"""The pad: a handle that is dragged over a plane, by the mouse or the arrow keys."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from zscape.app.widgets.pad.ground import BOTTOM, LEFT, RIGHT, TOP, Ground
from zscape.app.widgets.pad.square import Square, View
from zscape.app.widgets.pictures.pointed import Pointed

RADIUS = 7.0
NOTCH = 1.25
"""The zoom factor of a wheel notch or a key press."""
STEPS = 40
"""The number of arrow-key presses across the pad."""

ARROWS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, 1), Qt.Key.Key_Down: (0, -1)}
LARGER = (Qt.Key.Key_Plus, Qt.Key.Key_Equal)


class PadWidget(Pointed):
    """A square of a plane with the current point.

    grabbed(), moved(x, y), released(): a drag with the left button; arrow keys emit only moved, with Shift a fifth as far.
    taken_back(): Escape during a drag. reset_asked(): Home. double_clicked(): it comes after a normal press.
    zoomed(view): the wheel, + and -, or a drag with the middle button. hovered(tile): the mouse is on a thumbnail, -1 when it
    leaves. menu_asked(tile, global position): a right click on one. dragged_out(tile): a drag with Shift.
    step: the distance of an arrow key, None for a fraction of the visible part.
    """

    grabbed = Signal()
    moved = Signal(float, float)
    released = Signal()
    taken_back = Signal()
    reset_asked = Signal()
    double_clicked = Signal()
    zoomed = Signal(object)
    hand = False  # a click moves the handle there
    menu_asked = Signal(int, QPoint)
    dragged_out = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ground = Ground()
        self.view: View = (0.0, 0.0, 6.0)
        self.spot: tuple[float, float] | None = None
        self.words = ""
        self.step: float | None = None
        self._held = False
        self._panned: QPointF | None = None
        self._pressed: tuple[QPointF, int] | None = None  # with Shift, on which thumbnail
        self._drawn: QPixmap | None = None  # the background
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("Pad")
        self.setToolTip("Drag, or use the arrow keys: the point follows. The wheel zooms, a double click resets")

    # What is shown.

    def sizeHint(self) -> QSize:
        return QSize(400, 400)

    def minimumSizeHint(self) -> QSize:
        return QSize(188, 188)

    @property
    def square(self) -> Square:
        """The mapping from places to pixels."""
        numbers = any(self.ground.names)
        left, bottom = (LEFT + LINE_OF_NAME, BOTTOM) if numbers else (RIGHT, TOP)
        room = QRectF(self.rect()).adjusted(left, TOP, -RIGHT, -bottom)
        side = max(1.0, float(int(min(room.width(), room.height()))))
        corner = room.center() - QPointF(side / 2, side / 2)
        return Square(self.view, QRectF(round(corner.x()), round(corner.y()), side, side))

    def show_view(self, view: View) -> None:
        """Show another square of the plane."""
        if view != self.view:
            self.view = view
            self.changed()

    def show_spot(self, spot: tuple[float, float] | None) -> None:
        """Set the current point, None if it is not on the plane."""
        if spot == self.spot:
            return
        for each in (self.spot, spot):
            if each is not None:
                self.update(self._handle(each).adjusted(-4, -4, 4, 4).toAlignedRect())
        self.spot = spot
        self.setAccessibleDescription("not on the pad" if spot is None else f"{spot[0]:.2f} across, {spot[1]:.2f} up")

    def say(self, words: str) -> None:
        """Show text instead of the plane; "" shows the plane."""
        if words != self.words:
            self.words = words
            self.changed()

    def changed(self) -> None:
        """The background has changed: draw it again."""
        self._drawn = None
        self.update()

    def _handle(self, spot: tuple[float, float]) -> QRectF:
        centre = self.square.pixel(spot)
        return QRectF(centre.x() - RADIUS, centre.y() - RADIUS, 2 * RADIUS, 2 * RADIUS)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._drawn = None

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.EnabledChange):
            self._drawn = None

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            if self.words:
                painter.fillRect(self.rect(), self.palette().color(QPalette.ColorRole.Mid))
                painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
                flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
                painter.drawText(self.rect().adjusted(24, 24, -24, -24), flags, self.words)
                return
            ratio = self.devicePixelRatioF()
            if self._drawn is None or self._drawn.devicePixelRatioF() != ratio:
                self._drawn = self._ground_drawn(ratio)
            painter.drawPixmap(0, 0, self._drawn)
            if self.spot is not None:
                self._paint_handle(painter)

    def _ground_drawn(self, ratio: float) -> QPixmap:
        drawn = QPixmap(QSize(self.size()) * ratio)
        drawn.setDevicePixelRatio(ratio)
        drawn.fill(self.palette().color(QPalette.ColorRole.Window))
        with QPainter(drawn) as painter:
            painter.setFont(self.font())
            self.ground.paint(painter, self.square, self.palette(), ratio, self.width())
        return drawn

    def _paint_handle(self, painter: QPainter) -> None:
        assert self.spot is not None
        square = self.square
        if not square.sees(self.spot):
            return
        rect = self._handle(self.spot)
        accent = self.palette().color(QPalette.ColorRole.Highlight)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(0, 0, 0, 160), 5))
        painter.setBrush(accent)
        painter.drawEllipse(rect)
        painter.setPen(QPen(Qt.GlobalColor.white, 2.5))
        painter.setBrush(accent.lighter(140) if self._held or self.hasFocus() else accent)
        painter.drawEllipse(rect)

    # Mouse.

    def _go(self, pixel: QPointF) -> None:
        rect = self.square.rect
        x = min(max(pixel.x(), rect.left()), rect.right())
        y = min(max(pixel.y(), rect.top()), rect.bottom())
        self.moved.emit(*self.square.place(QPointF(x, y)))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self.words or not self.square.rect.adjusted(-RADIUS, -RADIUS, RADIUS, RADIUS).contains(event.position()):
            super().mousePressEvent(event)
        elif event.button() == Qt.MouseButton.MiddleButton:
            self._panned = event.position()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        elif event.button() == Qt.MouseButton.LeftButton:
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self._pressed = event.position(), self.tile_at(event.position())
                return
            self._held = True
            self.grabbed.emit()
            self._go(event.position())
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._panned is not None:
            by, self._panned = event.position() - self._panned, event.position()
            self.zoomed.emit(self.square.moved(by))
        elif self._pressed is not None:
            start, tile = self._pressed
            if (event.position() - start).manhattanLength() >= QApplication.startDragDistance():
                self._pressed = None
                if tile >= 0:
                    self.dragged_out.emit(tile)
        elif self._held:
            self._go(event.position())
        else:
            self.point_at(self.tile_at(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pressed = None
        if self._panned is not None and event.button() == Qt.MouseButton.MiddleButton:
            self._panned = None
            self.unsetCursor()
        elif self._held and event.button() == Qt.MouseButton.LeftButton:
            self._let_go()

    def _let_go(self) -> None:
        self._held = False
        self.released.emit()
        self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and not self.words:
            self.double_clicked.emit()

    def tile_at(self, pixel: QPointF) -> int:
        """The thumbnail at a pixel, -1 for none."""
        return -1 if self.words else self.ground.tile_at(self.square, pixel, self.devicePixelRatioF())

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.words or not event.angleDelta().y():
            super().wheelEvent(event)
            return
        self.zoomed.emit(self.square.zoomed(NOTCH ** (event.angleDelta().y() / 120), event.position()))
        event.accept()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        tile = self.tile_at(QPointF(event.pos()))
        if tile >= 0:
            self.menu_asked.emit(tile, event.globalPos())

    # Keys.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        few = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        if self.words or few:
            super().keyPressEvent(event)
        elif key == Qt.Key.Key_Escape and self._held:
            self._held = False
            self.taken_back.emit()
            self.update()
        elif key in ARROWS:
            by = self.view[2] / STEPS if self.step is None else self.step
            by *= 0.2 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1.0
            x, y = self.spot or self.view[:2]
            right, up = ARROWS[key]
            self.moved.emit(x + right * by, y + up * by)
        elif key in LARGER or key == Qt.Key.Key_Minus:
            factor = NOTCH if key in LARGER else 1 / NOTCH
            square = self.square
            about = square.rect.center() if self.spot is None else square.pixel(self.spot)
            self.zoomed.emit(square.zoomed(factor, about))
        elif key == Qt.Key.Key_Home:
            self.reset_asked.emit()
        else:
            super().keyPressEvent(event)


LINE_OF_NAME = 12
"""The space left of the numbers of the vertical axis."""
