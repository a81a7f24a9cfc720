"""The common base of pads for a pen: strokes by mouse, pen and arrow keys; pictures by drop and paste."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QPointingDevice,
    QTabletEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from zscape.app.widgets.drops import answer
from zscape.app.widgets.pasted import pasted
from zscape.app.widgets.pictures.picture_source import has_source, source_of

NUDGES = 70
"""The number of arrow-key presses from one edge of the paper to the other."""

_ARROWS = {
    Qt.Key.Key_Left: QPointF(-1, 0),
    Qt.Key.Key_Right: QPointF(1, 0),
    Qt.Key.Key_Up: QPointF(0, -1),
    Qt.Key.Key_Down: QPointF(0, 1),
}


class PenPad(QWidget):
    """A subclass defines strokes by `begin`, `go_on` and `end`, in its own coordinates within `extent`.

    given(source): a picture was dropped or pasted, as a Path or as the bytes of an image file.
    Keys: arrows move the pen, with Shift they draw, with Ctrl+Shift they erase; Enter acts like a click at the pen.
    """

    given = Signal(object)

    def __init__(self, extent: QSizeF, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.extent = extent
        self._cross = QPointF(extent.width() / 2, extent.height() / 2)  # the pen position for the arrow keys
        self._inked_by_keys = False
        self._by_keys = False  # whether the arrow keys, not the mouse, move the pen
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(84, 84)

    def begin(self, at: QPointF, pressure: float, erase: bool) -> None:
        """Begin a stroke. pressure: 0 to 1. erase: with the right button, or the pen's other end."""
        raise NotImplementedError

    def begin_at(self, at: QPointF) -> None:
        """Begin a stroke by the arrow keys, which draws nothing until it continues."""
        raise NotImplementedError

    def go_on(self, to: QPointF, pressure: float, erase: bool) -> None:
        """Continue the stroke, if there is one."""
        raise NotImplementedError

    def end(self) -> None:
        """End the stroke, if there is one."""
        raise NotImplementedError

    def paste(self, data: QMimeData | None = None) -> bool:
        """Use the picture in `data` (the clipboard's if None); returns False if there is none."""
        source = source_of(data or pasted())
        if source is not None:
            self.given.emit(source)
        return source is not None

    def sizeHint(self) -> QSize:
        return QSize(224, 224)

    def square(self) -> QRectF:
        """The rectangle of the paper in the widget."""
        scale = min(self.width() / self.extent.width(), self.height() / self.extent.height())
        size = self.extent * scale
        return QRectF((self.width() - size.width()) / 2, (self.height() - size.height()) / 2, size.width(), size.height())

    def to_paper(self, position: QPointF) -> QPointF:
        """The point of the paper at a position in the widget."""
        square = self.square()
        return (position - square.topLeft()) * (self.extent.width() / square.width())

    def paint_focus(self, painter: QPainter) -> None:
        """Draw the frame and the pen of the arrow keys, if the pad has the focus."""
        if not self.hasFocus():
            return
        square = self.square()
        painter.setPen(QPen(self.palette().color(self.palette().ColorRole.Highlight), 2))
        painter.drawRect(square.adjusted(1, 1, -1, -1))
        if not self._by_keys:
            return
        at = square.topLeft() + self._cross * (square.width() / self.extent.width())
        painter.drawLine(at - QPointF(5, 0), at + QPointF(5, 0))
        painter.drawLine(at - QPointF(0, 5), at + QPointF(0, 5))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._by_keys = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self._inked_by_keys:  # Shift may be released elsewhere
            self._inked_by_keys = False
            self.end()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._inked_by_keys = False
        self.end()  # the button may be released elsewhere

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._by_keys = False
        if event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton):
            self.begin(self.to_paper(event.position()), 0.6, event.button() == Qt.MouseButton.RightButton)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.go_on(self.to_paper(event.position()), 0.6, bool(event.buttons() & Qt.MouseButton.RightButton))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.end()

    def tabletEvent(self, event: QTabletEvent) -> None:
        at, erase = self.to_paper(event.position()), event.pointerType() == QPointingDevice.PointerType.Eraser
        if event.type() == QTabletEvent.Type.TabletPress:
            self.begin(at, event.pressure(), erase)
        elif event.type() == QTabletEvent.Type.TabletMove:
            self.go_on(at, event.pressure(), erase)
        else:
            self.end()
        event.accept()  # otherwise Qt would send the same as mouse events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ARROWS:
            self._by_keys = True
            self._move_cross(_ARROWS[Qt.Key(event.key())], event.modifiers())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.begin(self._cross, 0.6, False)
            self.end()
        else:
            super().keyPressEvent(event)

    def _move_cross(self, step: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        to = self._cross + step * (self.extent.width() / NUDGES)
        to = QPointF(min(max(to.x(), 0.0), self.extent.width()), min(max(to.y(), 0.0), self.extent.height()))
        if modifiers & Qt.KeyboardModifier.ShiftModifier:
            self.begin_at(self._cross)
            self.go_on(to, 0.6, bool(modifiers & Qt.KeyboardModifier.ControlModifier))
            self._inked_by_keys = True
        self._cross = to
        self.update()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Shift and self._inked_by_keys:
            self._inked_by_keys = False
            self.end()
        else:
            super().keyReleaseEvent(event)

    # Pictures from outside.

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        answer(event, has_source(event.mimeData()))

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        answer(event, True)  # it was checked when the drag entered

    def dropEvent(self, event: QDropEvent) -> None:
        answer(event, self.paste(event.mimeData()))
