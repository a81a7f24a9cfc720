"""A latent as coloured tiles that can be painted."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from zscape.app.widgets.layouts.tall_scroll import PARTS
from zscape.app.widgets.tipped import Tipped

LIMIT = 3.0
"""The value of the strongest colours, and the limit of the brush; 99.7 % of a normal distribution lies within."""
COLD, WARM = QColor("#3f7fd9"), QColor("#e08a2c")
USUAL_WIDTH = 250
LEGEND = 20
"""The height of the strip below the tiles where the brush is chosen, and the gap above it."""


class LatentTiles(Tipped):
    """One tile per coordinate: blue below 0, orange above. The scale below them sets the value of the brush.

    painted(coordinate, value): by the brush, the wheel or the keyboard. reset_asked(coordinate): Delete, or the right button.
    pressed() and released() enclose one stroke. Keys: arrows move, Space paints, + and - change, Delete resets.
    """

    painted = Signal(int, float)
    reset_asked = Signal(int)
    pressed = Signal()
    released = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.brush = 2.0
        self._values: Sequence[float] = ()
        self._marked: Collection[int] = ()
        self._focus = 0
        self._stroke = self._choosing = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Latent as tiles")
        self.setToolTip("Paint on the latent: each tile is one coordinate; choose the brush on the scale below")

    def show_values(self, values: Sequence[float], marked: Collection[int] = ()) -> None:
        """Show the coordinates `values`; those in `marked` were set by hand."""
        before, before_marked = self._values, self._marked
        self._values, self._marked = values, marked
        self._focus = min(self._focus, max(0, len(values) - 1))
        if len(values) != len(before):
            self._tell_parts()
            self.updateGeometry()
            self.update()
            return
        for index, (old, new) in enumerate(zip(before, values, strict=True)):
            if old != new or (index in before_marked) != (index in marked):  # a drag changes one tile of a hundred
                self.update(self.tile_rect(index).toAlignedRect().adjusted(-2, -2, 2, 2))

    @property
    def columns(self) -> int:
        """Tiles per row: at least 20, more if that many rows would be too tall."""
        return max(20, 4 * math.ceil(math.sqrt(len(self._values) * 2) / 4))

    def _side(self) -> float:
        return self.width() / self.columns

    def _tall(self) -> int:
        """The height of a tile, which is square at the usual width of the panel.

        It does not depend on the width: a scroll bar that appears beside the panel would otherwise change the height it needs.
        """
        return round(USUAL_WIDTH / self.columns)

    def _height(self) -> int:
        return math.ceil(max(1, len(self._values)) / self.columns) * self._tall() + LEGEND

    def sizeHint(self) -> QSize:
        return QSize(256, self._height())

    def minimumSizeHint(self) -> QSize:
        return QSize(160, self._height())

    def tile_rect(self, index: int) -> QRectF:
        """The rectangle of the tile of coordinate `index`."""
        row, column = divmod(index, self.columns)
        side, tall = self._side(), self._tall()
        return QRectF(column * side, row * tall, side - 1, tall - 1)

    def tile_at(self, position: QPointF) -> int:
        """The coordinate at `position`, -1 if there is none."""
        column, row = int(position.x() // self._side()), int(position.y() // self._tall())
        index = row * self.columns + column
        inside = 0 <= column < self.columns and position.y() >= 0 and index < len(self._values)
        return index if inside and position.y() < self._scale().top() else -1

    def _tiles_in(self, area: QRectF) -> Iterator[int]:
        """The tiles that intersect `area`: during a slider drag, one and its neighbours."""
        columns, side = self.columns, self._side()
        tall = self._tall()
        across = range(max(0, int(area.left() / side)), min(columns, int(area.right() / side) + 1))
        for row in range(max(0, int(area.top() / tall)), int(area.bottom() / tall) + 1):
            yield from (row * columns + column for column in across if row * columns + column < len(self._values))

    def _scale(self) -> QRectF:
        return QRectF(0, self.height() - 10, self.width(), 6)

    def _tell_parts(self) -> None:
        """Set the PARTS property, so that a scroll area cuts off neither a row of tiles nor the scale."""
        rows = range(math.ceil(len(self._values) / self.columns))
        tiles = [QRect(0, row * self._tall(), self.width(), self._tall()) for row in rows]
        self.setProperty(PARTS, [*tiles, self._scale().adjusted(0, -3, 0, 3).toAlignedRect()])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell_parts()

    def _colour(self, value: float) -> QColor:
        middle, end = self.palette().color(QPalette.ColorRole.Midlight), WARM if value > 0 else COLD
        share = min(abs(value) / LIMIT, 1.0)
        parts = ((middle.redF(), end.redF()), (middle.greenF(), end.greenF()), (middle.blueF(), end.blueF()))
        mixed = [(1 - share) * low + share * high for low, high in parts]
        return QColor.fromRgbF(*mixed)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            text, dirty = self.palette().color(QPalette.ColorRole.WindowText), QRectF(event.rect())
            for index in self._tiles_in(dirty):
                rect = self.tile_rect(index)
                painter.fillRect(rect, self._colour(self._values[index]))
                if index in self._marked:
                    painter.fillRect(QRectF(rect.right() - 3, rect.top() + 1, 2, 2), text)
            if self.hasFocus() and self._values:
                painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Highlight), 2))
                painter.drawRect(self.tile_rect(self._focus))
            if self._scale().adjusted(0, -3, 0, 3).intersects(dirty):
                self._paint_scale(painter, text)

    def _paint_scale(self, painter: QPainter, text: QColor) -> None:
        scale = self._scale()
        steps = 32
        for step in range(steps):
            part = QRectF(scale.left() + step * scale.width() / steps, scale.top(), scale.width() / steps + 1, scale.height())
            painter.fillRect(part.intersected(scale), self._colour(((step + 0.5) / steps * 2 - 1) * LIMIT))
        x = scale.left() + (self.brush / LIMIT + 1) / 2 * scale.width()
        x = min(max(x, 2.0), scale.width() - 2)
        painter.fillRect(QRectF(x - 1, scale.top() - 3, 2, scale.height() + 6), text)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        tile = self.tile_at(event.position())
        if event.button() == Qt.MouseButton.RightButton and tile >= 0:
            self.reset_asked.emit(tile)
        elif event.button() == Qt.MouseButton.LeftButton and tile >= 0:
            self._stroke, self._focus = True, tile
            self.pressed.emit()
            self.painted.emit(tile, self.brush)
        elif event.button() == Qt.MouseButton.LeftButton:
            self._choosing = True
            self._choose(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._stroke and (tile := self.tile_at(event.position())) >= 0:
            self.painted.emit(tile, self.brush)
        elif self._choosing:
            self._choose(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._choosing = False
        if self._stroke:
            self._stroke = False
            self.released.emit()

    def _choose(self, position: QPointF) -> None:
        share = min(max(position.x() / self.width(), 0.0), 1.0)
        self.brush = round((share * 2 - 1) * LIMIT, 1)
        self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not self.hasFocus():
            event.ignore()  # passed on, for scrolling
            return
        tile = self.tile_at(event.position())
        if tile >= 0 and event.angleDelta().y():
            self._change(tile, 0.1 * event.angleDelta().y() / 120)
        event.accept()

    def _change(self, tile: int, amount: float) -> None:
        self.painted.emit(tile, round(self._values[tile] + amount, 2))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -self.columns, Qt.Key.Key_Down: self.columns}
        key = Qt.Key(event.key())
        if not self._values:
            super().keyPressEvent(event)
        elif key in steps:
            self._focus = min(max(self._focus + steps[key], 0), len(self._values) - 1)
            self.setAccessibleDescription(self._words(self._focus))
            self.update()
        elif key == Qt.Key.Key_Space:
            self.painted.emit(self._focus, self.brush)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus):
            self._change(self._focus, -0.1 if key == Qt.Key.Key_Minus else 0.1)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.reset_asked.emit(self._focus)
        else:
            super().keyPressEvent(event)

    def _words(self, index: int) -> str:
        return f"z[{index}] = {self._values[index]:.2f}" + (", set by hand" if index in self._marked else "")

    def tip_at(self, position: QPointF) -> str:
        tile = self.tile_at(position)
        return self._words(tile) if tile >= 0 else f"The brush paints {self.brush:+.1f}. Click to choose another value."
