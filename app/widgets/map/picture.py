"""Paints a map: tens of thousands of points or their pictures, and marks over them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from zscape.app.widgets.map.legend import Legend, paint_legend
from zscape.app.widgets.map.marks import paint_card, paint_contours, paint_lasso, paint_ring, paint_tiles
from zscape.app.widgets.map.points import Points
from zscape.app.widgets.map.viewport import Viewport


class MapPicture(QWidget):
    """Paints the points of a map; those that are not `active` are dimmed. painted(): after a paint.

    words: shown if there are no points. picture(place), caption(place): for the card beside the point `hover` (-1 for none),
    shown if `carded`. drawing: the corners, on the widget, of a lasso that is being drawn. marker: the place on the map with a
    ring. contours: the lines over the points.
    """

    painted = Signal()

    def __init__(self, words: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = words
        self.view = Viewport()
        self.picture: Callable[[int], QImage] = lambda _: QImage()
        self.caption: Callable[[int], str] = lambda _: ""
        self.points = Points()
        self.hover = -1
        self.carded = True
        self.drawing: list[QPointF] = []
        self.marker: tuple[float, float] | None = None
        self.contours: Sequence[NDArray[np.float32]] = ()
        self._legend = Legend()
        self._pictures = False
        self._lasso = np.empty((0, 2))
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("Map of pictures")

    def sizeHint(self) -> QSize:
        return QSize(560, 560)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 160)

    # What is shown.

    def show_points(self, positions: NDArray[np.float32], colours: NDArray[np.uint32]) -> None:
        """Show points float32 [N, 2] in colours uint32 [N] (0xAARRGGBB). The visible part stays the same, unless it was all."""
        if len(positions) != len(self.points):
            self.hover = -1
        self.points.show(positions, colours)
        self._home()

    def show_colours(self, colours: NDArray[np.uint32]) -> None:
        """Set other colours for the same points."""
        self.points.colours = colours
        self._redraw()

    def show_legend(self, legend: Legend) -> None:
        """Set the legend of the colours."""
        self._legend = legend
        self.update()

    def show_active(self, active: NDArray[np.bool_] | None) -> None:
        """Dim the points that are not `active` [N]; None for no dimming."""
        self.points.show_active(active)
        self.update()

    def show_pictures(self, on: bool) -> None:
        """Set whether thumbnails cover the active points."""
        if on != self._pictures:
            self._pictures = on
            self._redraw()

    def show_marker(self, place: tuple[float, float] | None) -> None:
        """Draw a ring at a place of the map: the current point."""
        if place != self.marker:
            self.marker = place
            self.update()

    def show_contours(self, lines: Sequence[NDArray[np.float32]]) -> None:
        """Show lines over the points: each as segments on the map [S, 2, 2], from (x, y) to (x, y)."""
        self.contours = lines
        self.update()

    def show_lasso(self, corners: NDArray[np.float64]) -> None:
        """Show a lasso [M, 2] on the map, [0, 2] for none."""
        self._lasso = corners
        self.update()

    def show_part(self, middle: tuple[float, float] | None, zoom: float) -> None:
        """Show a part: its middle, and its zoom relative to the whole; None for all of it."""
        home = self.view.home
        self.view = Viewport(*home[:2], 1.0, home) if middle is None else Viewport(*middle, zoom, home)
        self.update()

    def place_of(self, position: QPointF) -> int:
        """The point at a position in the widget, -1 if there is none: the one of the thumbnail there, else the nearest active."""
        if not len(self.points):
            return -1
        if self._pictures:
            return self.points.level(self.view).at(*self.view.to_map(position.x(), position.y(), self.width(), self.height()))
        return self.points.near(position.x(), position.y(), self.on_screen())

    def spot(self, place: int) -> QPointF:
        """The position of a point in the widget."""
        x, y = self.on_screen()[place].tolist()
        return QPointF(x, y)

    def middle(self) -> int:
        """The active point nearest to the middle of the visible part."""
        return self.points.nearest(self.width() / 2, self.height() / 2, self.on_screen())

    def _home(self) -> None:
        if len(self.points):
            self.view = self.view.with_home(Viewport.of(self.points.positions, self.width(), self.height()))
        self.update()

    def _redraw(self) -> None:
        self.points.redraw()
        self.update()

    def on_screen(self) -> NDArray[np.float32]:
        """The positions of all points in the widget, [N, 2]."""
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
        paint_contours(painter, self.contours, self.view, self.size(), palette)
        paint_legend(painter, self._legend, palette)
        if self.drawing:
            paint_lasso(painter, self.drawing, palette)
        elif len(self._lasso):
            corners = self.view.to_screen(self._lasso.astype(np.float32), width, height)
            paint_lasso(painter, [QPointF(x, y) for x, y in corners.tolist()], palette)
        if self.marker is not None:
            x, y = self.view.to_screen(np.array([self.marker], np.float32), width, height)[0].tolist()
            paint_ring(painter, QPointF(x, y), 7.0, palette)
        if self.hover >= 0 and self.carded:
            spot = self.spot(self.hover)
            if not self._pictures:
                paint_ring(painter, spot, 4.0, palette)
            paint_card(painter, self.rect(), spot, self.picture(self.hover), self.caption(self.hover), palette)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._home()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._redraw()
