"""The interactive map: it follows the mouse in every frame."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget

from zscape.app.widgets.map.picture import MapPicture
from zscape.app.widgets.map.viewport import Viewport

WHEEL = 1.0015
"""The zoom factor per eighth of a degree of the wheel: a notch enlarges by a fifth."""
STEP, KEY_ZOOM = 48.0, 1.3
LASSO_STEP = 3.0
MOST_CORNERS = 400


class MapCanvas(MapPicture):
    """A map that the user can look at, point at and move.

    clicked(place), opened(place): a point, by a click or a double click. hovered(place or -1). menu_asked(place, global
    position). dragged(place): the point's picture is dragged out. lassoed(corners): float64 [M, 2] on the map. moved(): the
    visible part has changed.
    The wheel zooms around the mouse, a drag moves. With `lassoing` or Shift a drag draws a lasso; with Ctrl it drags a picture
    out.
    Keys: arrows move, + and - zoom, 0 shows all, Enter goes to the point in the middle.
    """

    clicked = Signal(int)
    opened = Signal(int)
    hovered = Signal(int)
    menu_asked = Signal(int, QPoint)
    dragged = Signal(int)
    lassoed = Signal(object)
    moved = Signal()

    def __init__(self, words: str = "", parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self.lassoing = False
        self._pressed: QPointF | None = None
        self._panned: QPointF | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def fit(self) -> None:
        """Show all points."""
        self._look(Viewport(*self.view.home[:2], 1.0, self.view.home))

    def zoom_in(self, factor: float = KEY_ZOOM) -> None:
        """Zoom in around the middle."""
        self._zoom(factor, QPointF(self.width() / 2, self.height() / 2))

    def zoom_out(self) -> None:
        """Zoom out around the middle."""
        self.zoom_in(1 / KEY_ZOOM)

    def _look(self, view: Viewport) -> None:
        """Show another part, at the user's request."""
        self.view = view
        self.update()
        self.moved.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not len(self.points):
            super().mousePressEvent(event)
        elif event.button() == Qt.MouseButton.LeftButton:
            self._press(event.position())
        elif event.button() == Qt.MouseButton.MiddleButton:
            self._panned = event.position()

    def _press(self, at: QPointF | None) -> None:
        self._pressed, self.carded = at, at is None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        position, keys = event.position(), event.modifiers()
        if self._panned is not None:
            apart = position - self._panned
            self._panned = position
            self._look(self.view.panned(apart.x(), apart.y()))
        elif self.drawing:
            if (position - self.drawing[-1]).manhattanLength() >= LASSO_STEP:
                self.drawing.append(position)
                self.update()
        elif self._pressed is None:
            self._point_at(self.place_of(position))
        elif (position - self._pressed).manhattanLength() >= QApplication.startDragDistance():
            start = self._pressed
            if keys & Qt.KeyboardModifier.ControlModifier:
                self._press(None)
                if (place := self.place_of(start)) >= 0:
                    self.dragged.emit(place)
            elif self.lassoing or keys & Qt.KeyboardModifier.ShiftModifier:
                self.drawing = [start, position]
                self.update()
            else:
                self._panned = start
                self._point_at(-1)
                self.setCursor(Qt.CursorShape.ClosedHandCursor)
                self.mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        drawing, panned, pressed = self.drawing, self._panned, self._pressed
        self.drawing, self._panned = [], None
        self._press(None)
        self._show_cursor()
        if drawing:
            self._close(drawing)
        elif panned is None and pressed is not None and (place := self.place_of(event.position())) >= 0:
            self.clicked.emit(place)
        self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        place = self.place_of(event.position())
        if event.button() == Qt.MouseButton.LeftButton and place >= 0:
            self.opened.emit(place)

    def _close(self, drawn: list[QPointF]) -> None:
        """Close the lasso."""
        step = -(-len(drawn) // MOST_CORNERS)
        width, height = self.width(), self.height()
        corners = [self.view.to_map(each.x(), each.y(), width, height) for each in drawn[::step]]
        if len(corners) > 2:
            self.lassoed.emit(np.array(corners))

    def _point_at(self, place: int) -> None:
        if place != self.hover:
            self.hover = place
            self._show_cursor()
            self.hovered.emit(place)
            self.update()

    def _show_cursor(self) -> None:
        shape = Qt.CursorShape.CrossCursor if self.lassoing else Qt.CursorShape.ArrowCursor
        self.setCursor(Qt.CursorShape.PointingHandCursor if self.hover >= 0 and not self.lassoing else shape)

    def set_lassoing(self, on: bool) -> None:
        """Set whether a drag draws a lasso."""
        self.lassoing = on
        self._show_cursor()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._point_at(-1)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not len(self.points):
            super().wheelEvent(event)
            return
        self._zoom(WHEEL ** event.angleDelta().y(), event.position())
        self._point_at(self.place_of(event.position()))
        event.accept()

    def _zoom(self, factor: float, at: QPointF) -> None:
        self._look(self.view.zoomed(factor, at.x(), at.y(), self.width(), self.height()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, plain = (
            Qt.Key(event.key()),
            not event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier),
        )
        steps = {Qt.Key.Key_Left: (1, 0), Qt.Key.Key_Right: (-1, 0), Qt.Key.Key_Up: (0, 1), Qt.Key.Key_Down: (0, -1)}
        if not len(self.points) or not plain:
            super().keyPressEvent(event)
        elif key in steps:
            right, down = steps[key]
            self._look(self.view.panned(STEP * right, STEP * down))
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom_in()
        elif key == Qt.Key.Key_Minus:
            self.zoom_out()
        elif key == Qt.Key.Key_0:
            self.fit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.clicked.emit(self.middle())
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        if not len(self.points):
            return
        place = self.middle() if by_key else self.place_of(QPointF(event.pos()))
        if place >= 0:
            self.menu_asked.emit(place, self.mapToGlobal(self.spot(place).toPoint()) if by_key else event.globalPos())
