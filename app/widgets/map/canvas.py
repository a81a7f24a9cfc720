"""The map on screen: tens of thousands of points that follow the mouse in every frame."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPoint, QPointF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from zscape.app.widgets.map.legend import Legend, paint_legend
from zscape.app.widgets.map.marks import paint_card, paint_contours, paint_lasso, paint_ring, paint_tiles
from zscape.app.widgets.map.points import Points
from zscape.app.widgets.map.viewport import Viewport

WHEEL = 1.0015
"""How much larger an eighth of a degree of the wheel makes it: a notch a fifth."""
STEP, KEY_ZOOM = 48.0, 1.3
LASSO_STEP = 3.0
MOST_CORNERS = 400


class MapCanvas(QWidget):
    """Draws points of a map; what is not `active` is dimmed.

    clicked(place), opened(place): a point, by a click and by a double click. hovered(place or -1). menu_asked(place, global
    position). dragged(place): it is to be taken along. lassoed(corners): float64 [M, 2] on the map. moved(): a person looks at
    another part. painted(): after a paint.
    The wheel zooms around the mouse, a drag moves. With `lassoing` or Shift a drag draws a lasso; with Ctrl it takes a picture
    along.
    Keys: arrows move, + and - zoom, 0 shows all, Enter goes to the point in the middle.
    """

    clicked = Signal(int)
    opened = Signal(int)
    hovered = Signal(int)
    menu_asked = Signal(int, QPoint)
    dragged = Signal(int)
    lassoed = Signal(object)
    moved = Signal()
    painted = Signal()

    def __init__(self, words: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = words
        self.view = Viewport()
        self.lassoing = False
        self.picture: Callable[[int], QImage] = lambda _: QImage()
        self.caption: Callable[[int], str] = lambda _: ""
        self.points = Points()
        self._legend = Legend()
        self._pictures = False
        self._marker: tuple[float, float] | None = None
        self._lasso = np.empty((0, 2))
        self._contours: Sequence[NDArray[np.float32]] = ()
        self._drawing: list[QPointF] = []
        self._hover = -1
        self._pressed: QPointF | None = None
        self._panned: QPointF | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("Map of pictures")

    def sizeHint(self) -> QSize:
        return QSize(560, 560)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 160)

    # What is shown.

    @property
    def hover(self) -> int:
        """The point that is pointed at, -1 for none."""
        return self._hover

    def show_points(self, positions: NDArray[np.float32], colours: NDArray[np.uint32]) -> None:
        """Show points float32 [N, 2] in colours uint32 [N] (0xAARRGGBB). What is looked at stays, unless all was."""
        if len(positions) != len(self.points):
            self._hover = -1
        self.points.show(positions, colours)
        self._home()

    def show_colours(self, colours: NDArray[np.uint32]) -> None:
        """Other colours of the same points."""
        self.points.colours = colours
        self._redraw()

    def show_legend(self, legend: Legend) -> None:
        """What the colours mean."""
        self._legend = legend
        self.update()

    def show_active(self, active: NDArray[np.bool_] | None) -> None:
        """Dim the points that are not `active` [N]; None for all."""
        self.points.show_active(active)
        self.update()

    def show_pictures(self, on: bool) -> None:
        """Whether thumbnails cover the points, of the active ones."""
        if on != self._pictures:
            self._pictures = on
            self._redraw()

    def show_marker(self, place: tuple[float, float] | None) -> None:
        """Ring a place of the map: the current point."""
        if place != self._marker:
            self._marker = place
            self.update()

    def show_contours(self, lines: Sequence[NDArray[np.float32]]) -> None:
        """Show lines over the points: of each its pieces on the map [S, 2, 2], from (x, y) to (x, y)."""
        self._contours = lines
        self.update()

    def show_lasso(self, corners: NDArray[np.float64]) -> None:
        """Show a lasso [M, 2] on the map, [0, 2] for none."""
        self._lasso = corners
        self.update()

    def show_part(self, middle: tuple[float, float] | None, zoom: float) -> None:
        """Look at a part: its middle, and how many times larger than the whole; None for all of it."""
        home = self.view.home
        self.view = Viewport(*home[:2], 1.0, home) if middle is None else Viewport(*middle, zoom, home)
        self.update()

    def fit(self) -> None:
        """Show all points."""
        self._look(Viewport(*self.view.home[:2], 1.0, self.view.home))

    def zoom_in(self, factor: float = KEY_ZOOM) -> None:
        """Larger, around the middle."""
        self._zoom(factor, QPointF(self.width() / 2, self.height() / 2))

    def zoom_out(self) -> None:
        """Smaller."""
        self.zoom_in(1 / KEY_ZOOM)

    def place_of(self, position: QPointF) -> int:
        """The point at a place of the widget, -1 where there is none: whose thumbnail it is, or else the nearest active one."""
        if not len(self.points):
            return -1
        if self._pictures:
            return self.points.level(self.view).at(*self.view.to_map(position.x(), position.y(), self.width(), self.height()))
        return self.points.near(position.x(), position.y(), self._on_screen())

    def spot(self, place: int) -> QPointF:
        """Where on the widget a point is."""
        x, y = self._on_screen()[place].tolist()
        return QPointF(x, y)

    def middle(self) -> int:
        """The active point that is nearest to the middle of what is seen."""
        return self.points.nearest(self.width() / 2, self.height() / 2, self._on_screen())

    def _home(self) -> None:
        if len(self.points):
            self.view = self.view.with_home(Viewport.of(self.points.positions, self.width(), self.height()))
        self.update()

    def _look(self, view: Viewport) -> None:
        """A person looks at another part."""
        self.view = view
        self.update()
        self.moved.emit()

    def _redraw(self) -> None:
        self.points.redraw()
        self.update()

    def _on_screen(self) -> NDArray[np.float32]:
        return self.points.on_screen(self.view, self.width(), self.height())

    # Painting.

    def paintEvent(self, event: QPaintEvent) -> None:
        palette = self.palette()
        ratio = self.devicePixelRatioF()
        with QPainter(self) as painter:
            if not len(self.points):
                painter.fillRect(self.rect(), palette.color(QPalette.ColorRole.Mid))
                painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
                where = self.rect().adjusted(24, 24, -24, -24)
                painter.drawText(where, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self.words)
                return
            pixels = self.points.pixels(
                self.view,
                self.width(),
                self.height(),
                ratio,
                palette.color(QPalette.ColorRole.Mid),
                palette.color(QPalette.ColorRole.PlaceholderText),
                self._pictures,
            )
            image = QImage(pixels.data, pixels.shape[1], pixels.shape[0], pixels.shape[1] * 4, QImage.Format.Format_RGB32)
            image.setDevicePixelRatio(ratio)
            painter.drawImage(QPointF(0, 0), image)
            if self._pictures:
                paint_tiles(painter, self.points, self.view, self.size(), self.picture)
            self._paint_marks(painter)
        self.painted.emit()

    def _paint_marks(self, painter: QPainter) -> None:
        palette, width, height = self.palette(), self.width(), self.height()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_contours(painter, self._contours, self.view, self.size(), palette)
        paint_legend(painter, self._legend, palette)
        if self._drawing:
            paint_lasso(painter, self._drawing, palette)
        elif len(self._lasso):
            corners = self.view.to_screen(self._lasso.astype(np.float32), width, height)
            paint_lasso(painter, [QPointF(x, y) for x, y in corners.tolist()], palette)
        if self._marker is not None:
            x, y = self.view.to_screen(np.array([self._marker], np.float32), width, height)[0].tolist()
            paint_ring(painter, QPointF(x, y), 7.0, palette)
        if self._hover >= 0 and self._pressed is None:
            spot = self.spot(self._hover)
            if not self._pictures:
                paint_ring(painter, spot, 4.0, palette)
            paint_card(painter, self.rect(), spot, self.picture(self._hover), self.caption(self._hover), palette)

    # Hands.

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not len(self.points):
            super().mousePressEvent(event)
        elif event.button() == Qt.MouseButton.LeftButton:
            self._pressed = event.position()
        elif event.button() == Qt.MouseButton.MiddleButton:
            self._panned = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        position, keys = event.position(), event.modifiers()
        if self._panned is not None:
            apart = position - self._panned
            self._panned = position
            self._look(self.view.panned(apart.x(), apart.y()))
        elif self._drawing:
            if (position - self._drawing[-1]).manhattanLength() >= LASSO_STEP:
                self._drawing.append(position)
                self.update()
        elif self._pressed is None:
            self._point_at(self.place_of(position))
        elif (position - self._pressed).manhattanLength() >= QApplication.startDragDistance():
            start = self._pressed
            if keys & Qt.KeyboardModifier.ControlModifier:
                self._pressed = None
                if (place := self.place_of(start)) >= 0:
                    self.dragged.emit(place)
            elif self.lassoing or keys & Qt.KeyboardModifier.ShiftModifier:
                self._drawing = [start, position]
                self.update()
            else:
                self._panned = start
                self._point_at(-1)
                self.setCursor(Qt.CursorShape.ClosedHandCursor)
                self.mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        drawing, panned, pressed = self._drawing, self._panned, self._pressed
        self._drawing, self._panned, self._pressed = [], None, None
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
        """End the lasso."""
        step = -(-len(drawn) // MOST_CORNERS)
        width, height = self.width(), self.height()
        corners = [self.view.to_map(each.x(), each.y(), width, height) for each in drawn[::step]]
        if len(corners) > 2:
            self.lassoed.emit(np.array(corners))

    def _point_at(self, place: int) -> None:
        if place != self._hover:
            self._hover = place
            self._show_cursor()
            self.hovered.emit(place)
            self.update()

    def _show_cursor(self) -> None:
        shape = Qt.CursorShape.CrossCursor if self.lassoing else Qt.CursorShape.ArrowCursor
        self.setCursor(Qt.CursorShape.PointingHandCursor if self._hover >= 0 and not self.lassoing else shape)

    def set_lassoing(self, on: bool) -> None:
        """Whether a drag draws a lasso."""
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

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._home()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._redraw()
