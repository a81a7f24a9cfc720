"""The sheet: a frame's tiles on screen, which can be hovered, clicked, opened, dragged and copied."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDrag,
    QEnterEvent,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QPixmap,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QWidget

from zscape.app.state.clipboard import mime_of
from zscape.app.widgets.pictures.dragged_tile import DraggedTile
from zscape.app.widgets.pictures.tiled_picture import TiledPicture

if TYPE_CHECKING:
    from zscape.app.widgets.pictures.frame import Frame
    from zscape.app.widgets.throttle import Throttle

_STEPS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


WHEEL_STEP = 120
"""One notch of a wheel, in eighths of a degree."""


class Sheet(TiledPicture):
    """A tiled picture with mouse and keyboard actions.

    clicked(tile): go there. opened(tile): a double click. hovered(tile): the mouse or the keyboard cursor is on it, -1 when it
    leaves; emitted again when another picture is there.
    menu_asked(tile, global position). copy_asked(tile).
    Keys: arrows move from tile to tile, Enter goes there, C copies.

    live(): whether its tiles show the open model. Until the open model has drawn, they show the previous one, about which the
    open one may know nothing; then the tiles can only be looked at.
    zoomable: whether the wheel zooms around the mouse. If it is enlarged, a drag moves it (with Shift it still drags the tile
    out); the middle button always does.
    """

    clicked = Signal(int)
    opened = Signal(int)
    hovered = Signal(int)
    menu_asked = Signal(int, QPoint)
    copy_asked = Signal(int)

    def __init__(self, words: str = "", parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self._hover = self._focus = -1
        self._mouse = QPointF(-1, -1)
        self._again: Throttle | None = None
        self._pressed: QPoint | None = None
        self._panned: QPointF | None = None  # the last mouse position while it moves the picture
        self._turned = 0  # the rotation of the wheel, in eighths of a degree, below one step
        self.zoomable = False
        self.live: Callable[[], bool] = lambda: True
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Sheet of pictures")

    def show_frame(self, frame: Frame) -> None:
        super().show_frame(frame)
        if max(self._hover, self._focus) >= self.tiles:
            self._hover = self._focus = -1
        if self._again is None:
            from zscape.app.widgets.throttle import throttled  # after the first paint

            self._again = throttled(self._tell_again, self)
        self._again.throttle()

    def _tell_again(self) -> None:
        """There is another picture under the mouse or the keyboard cursor."""
        if self.hasFocus() and self._focus >= 0:
            self.hovered.emit(self._focus)
        elif self._hover >= 0:
            self._hover = -1
            self._point_at(self.tile_at(self._mouse))

    def tile_at(self, position: QPointF) -> int:
        return super().tile_at(position) if self.live() else -1

    def clear(self, words: str | None = None) -> None:
        super().clear(words)
        self._hover = self._focus = -1

    def marked_tile(self) -> int:
        return self._focus if self.hasFocus() and self._focus >= 0 else self._hover

    def _follow(self, place: QPointF) -> None:
        """The mouse is at `place`."""
        self._mouse = place
        self._point_at(self.tile_at(place))

    def _point_at(self, tile: int) -> None:
        if tile != self._hover:
            self._hover = tile
            self.setCursor(Qt.CursorShape.PointingHandCursor if tile >= 0 else Qt.CursorShape.ArrowCursor)
            self.hovered.emit(tile)
            self.update()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._follow(event.position())

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._point_at(-1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.tile_at(event.position()) >= 0:
            self._focus = -1
            self._pressed = event.position().toPoint()
        elif event.button() == Qt.MouseButton.MiddleButton and self.enlarged:
            self._begin_pan(event.position())
        else:
            super().mousePressEvent(event)

    def _begin_pan(self, position: QPointF) -> None:
        self._pressed, self._panned = None, position
        self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._panned is not None:
            self.pan(event.position() - self._panned)
            self._panned = event.position()
        elif self._pressed is None:
            self._follow(event.position())
        elif (event.position().toPoint() - self._pressed).manhattanLength() >= QApplication.startDragDistance():
            pressed = QPointF(self._pressed)
            if self.enlarged and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self._begin_pan(pressed)
                self.mouseMoveEvent(event)
                return
            source = self.tile_at(pressed)
            self._pressed = None
            if source >= 0:
                self._drag(source)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._panned is not None:
            self._panned = None
            self._hover = -1
            self.setCursor(Qt.CursorShape.ArrowCursor)
            self._follow(event.position())
            return
        if event.button() != Qt.MouseButton.LeftButton or self._pressed is None:
            super().mouseReleaseEvent(event)
            return
        self._pressed = None
        if (tile := self.tile_at(event.position())) >= 0:
            self.clicked.emit(tile)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        tile = self.tile_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and tile >= 0:
            self.opened.emit(tile)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not self.zoomable or self.frame is None:
            super().wheelEvent(event)
            return
        self._turned += event.angleDelta().y()
        steps = int(self._turned / WHEEL_STEP)
        self._turned -= steps * WHEEL_STEP
        for _ in range(abs(steps)):
            self.zoom_at(steps > 0, event.position())
        self._follow(event.position())
        event.accept()

    def _drag(self, tile: int) -> None:
        drag = QDrag(self)
        image = self.tile_image(tile)
        drag.setMimeData(DraggedTile(self.recipe(tile), image, self.caption(tile)))
        side = max(1, 56 // max(image.width(), 1))
        drag.setPixmap(QPixmap.fromImage(image.scaled(image.size() * side)))
        drag.exec(Qt.DropAction.CopyAction)
        self._point_at(-1)

    def copy(self, tile: int) -> None:
        """Copy `tile` to the clipboard."""
        QGuiApplication.clipboard().setMimeData(mime_of(self.recipe(tile), self.tile_image(tile)))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        tile = max(self._focus, 0) if by_key and self.tiles and self.live() else self.tile_at(QPointF(event.pos()))
        if tile >= 0:
            place = self.mapToGlobal(self.tile_rect(tile).center().toPoint()) if by_key else event.globalPos()
            self.menu_asked.emit(tile, place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if self.frame is None or not plain or not self.live():
            super().keyPressEvent(event)
        elif key in _STEPS:
            self._step(*_STEPS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.clicked.emit(max(self._focus, 0))
        elif key == Qt.Key.Key_C:
            self.copy_asked.emit(max(self._focus, self._hover, 0))
        else:
            super().keyPressEvent(event)

    def _step(self, down: int, right: int) -> None:
        assert self.frame is not None
        points = self.frame.points
        row, column = divmod(max(self._focus, self._hover, 0), points.columns)
        if self._focus >= 0:
            row = min(max(row + down, 0), points.rows - 1)
            column = min(max(column + right, 0), points.columns - 1)
        self._focus = min(row * points.columns + column, self.tiles - 1)
        self.setAccessibleDescription(self.caption(self._focus))
        self.hovered.emit(self._focus)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._focus = -1
        self.update()

    def tip_at(self, position: QPointF) -> str:
        tile = self.tile_at(position)
        return self.caption(tile) if tile >= 0 else self.toolTip()
