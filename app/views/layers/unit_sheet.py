"""The sheet of units: one tile with the activation map of each unit of a layer, some of which are selected."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from zscape.app.widgets.pictures.tiled_picture import CANVAS
from zscape.app.widgets.tipped import Tipped

if TYPE_CHECKING:
    from numpy.typing import NDArray

GAP = 2
"""Pixels between tiles."""
_STEPS = {Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1), Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0)}


class UnitSheet(Tipped):
    """Tiles of maps in a given order.

    selection_changed(): other units are selected. switch_asked(), reset_asked(): for the selected units, by a double click and by
    Delete. painted(token): new maps are on screen; token: the argument of `show_maps`. caption(unit): a line about a unit.

    A click selects a unit, Ctrl+click adds or removes one, Shift+click and a drag select all between. Arrow keys move the focus
    and select, with Shift they add, Space adds or removes, Ctrl+A selects all, Esc none.
    """

    selection_changed = Signal()
    switch_asked = Signal()
    reset_asked = Signal()
    painted = Signal(object)

    def __init__(self, words: str, caption: Callable[[int], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words, self._caption = words, caption
        self.selected: frozenset[int] = frozenset()
        self.order: tuple[int, ...] = ()
        self._maps: NDArray[np.uint8] | None = None
        self._image, self._columns = QImage(), 1
        self._marked: frozenset[int] = frozenset()
        self._off: frozenset[int] = frozenset()
        self._at = self._anchor = 0
        self._before: frozenset[int] | None = None  # the selection at the start of a drag
        self._token: Any = None
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName("Units of the layer")

    def sizeHint(self) -> QSize:
        return QSize(480, 480)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 120)

    # What it shows.

    def show_maps(self, maps: NDArray[np.uint8], order: Sequence[int], token: Any = None) -> None:
        """Show the maps of all units, uint8 [U, H, W, 4], as tiles in `order`."""
        self._maps, self._token = maps, token
        if len(order) != len(self.order):
            self._at = self._anchor = 0
        self.order = tuple(order)
        self._arrange()
        self.update()

    def show_edits(self, edited: Collection[int], off: Collection[int]) -> None:
        """Mark these units as edited, and those as switched off."""
        marks = frozenset(edited), frozenset(off)
        if marks != (self._marked, self._off):
            self._marked, self._off = marks
            self.update()

    def clear(self, words: str) -> None:
        """Show `words` and no units."""
        self._maps, self.order, self.words = None, (), words
        self._image = QImage()
        self.select(())
        self.update()

    def select(self, units: Collection[int]) -> None:
        """Select these units only."""
        chosen = frozenset(units)
        if chosen != self.selected:
            self.selected = chosen
            self.setAccessibleDescription(f"{len(chosen)} of {len(self.order)} selected")
            self.selection_changed.emit()
            self.update()

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Combine the tiles to one picture, with the number of columns that makes them largest."""
        if self._maps is None or not self.order:
            return
        count, (height, width) = len(self.order), self._maps.shape[1:3]
        room_x, room_y = max(1, self.width() - 2 * GAP), max(1, self.height() - 2 * GAP)

        def side(columns: int) -> float:
            return min(room_x / (columns * int(width)), room_y / (math.ceil(count / columns) * int(height)))

        self._columns = max(range(1, count + 1), key=lambda columns: (side(columns), -columns))
        rows = math.ceil(count / self._columns)
        tiles = np.zeros((rows * self._columns, height, width, 4), np.uint8)
        tiles[:count] = self._maps[list(self.order)]
        pixels = (
            tiles.reshape(rows, self._columns, height, width, 4).swapaxes(1, 2).reshape(rows * height, self._columns * width, 4)
        )
        self._pixels = np.ascontiguousarray(pixels)  # QImage does not keep a reference
        size = self._pixels.shape
        self._image = QImage(self._pixels.data, size[1], size[0], size[1] * 4, QImage.Format.Format_RGB32)

    # Positions.

    @property
    def _rows(self) -> int:
        return math.ceil(len(self.order) / self._columns)

    def sheet_rect(self) -> QRectF:
        """The rectangle of the sheet."""
        if self._image.isNull():
            return QRectF()
        ratio = self.devicePixelRatioF()
        room = QRectF(self.rect()).adjusted(GAP, GAP, -GAP, -GAP)
        zoom = min(room.width() / self._image.width(), room.height() / self._image.height()) * ratio
        zoom = (math.floor(zoom) if zoom >= 2 else zoom) / ratio  # equal pixels if large enough
        width, height = self._image.width() * zoom, self._image.height() * zoom
        left, top = (math.floor(space / 2 * ratio) / ratio for space in (self.width() - width, self.height() - height))
        return QRectF(left, top, width, height)

    def tile_rect(self, place: int) -> QRectF:
        """The rectangle of the tile at index `place`."""
        sheet = self.sheet_rect()
        row, column = divmod(place, self._columns)
        width, height = sheet.width() / self._columns, sheet.height() / self._rows
        return QRectF(sheet.x() + column * width, sheet.y() + row * height, width, height)

    def place_at(self, position: QPointF, nearest: bool = False) -> int:
        """The index of the tile at `position`, -1 if there is none; nearest: return the nearest tile instead."""
        sheet = self.sheet_rect()
        if sheet.isEmpty() or not (nearest or sheet.contains(position)):
            return -1
        column = int((position.x() - sheet.x()) / sheet.width() * self._columns)
        row = int((position.y() - sheet.y()) / sheet.height() * self._rows)
        place = min(max(row, 0), self._rows - 1) * self._columns + min(max(column, 0), self._columns - 1)
        return place if place < len(self.order) else len(self.order) - 1 if nearest else -1

    def _between(self, one: int, other: int) -> frozenset[int]:
        """The units of the tiles between two indices, row by row."""
        return frozenset(self.order[min(one, other) : max(one, other) + 1])

    # Mouse and keyboard.

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or not self.order:
            super().mousePressEvent(event)
            return
        place = self.place_at(event.position())
        modifiers = event.modifiers()
        if place < 0:
            self.select(())
            return
        unit, self._at = self.order[place], place
        if modifiers & Qt.KeyboardModifier.ShiftModifier:
            self.select(self._between(self._anchor, place))
            self._before = frozenset()
            return
        self._anchor = place
        if modifiers & Qt.KeyboardModifier.ControlModifier:
            self.select(self.selected ^ {unit})
            self._before = self.selected
        else:
            self.select({unit})
            self._before = frozenset()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._before is None or not event.buttons() & Qt.MouseButton.LeftButton or not self.order:
            return
        place = self.place_at(event.position(), nearest=True)
        if place != self._at:
            self._at = place
            self.select(self._before | self._between(self._anchor, place))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.place_at(event.position()) >= 0 and self.selected:
            self.switch_asked.emit()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._before = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, shift = Qt.Key(event.key()), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if not self.order:
            super().keyPressEvent(event)
        elif key in _STEPS and not control:
            self._step(*_STEPS[key], shift)
        elif key == Qt.Key.Key_Space:
            self.select(self.selected ^ {self.order[self._at]})
        elif key == Qt.Key.Key_A and control:
            self.select(self.order)
        elif key == Qt.Key.Key_Delete and self.selected:
            self.reset_asked.emit()
        elif key == Qt.Key.Key_Escape and self.selected:
            self.select(())
        else:
            super().keyPressEvent(event)

    def _step(self, down: int, right: int, more: bool) -> None:
        row, column = divmod(self._at, self._columns)
        row, column = min(max(row + down, 0), self._rows - 1), min(max(column + right, 0), self._columns - 1)
        self._at = min(row * self._columns + column, len(self.order) - 1)
        if more:
            self.select(self._between(self._anchor, self._at))
        else:
            self._anchor = self._at
            self.select({self.order[self._at]})
        self.update()

    def tip_at(self, position: QPointF) -> str:
        place = self.place_at(position)
        return self._caption(self.order[place]) if place >= 0 else self.toolTip()

    # Painting.

    def paintEvent(self, event: QPaintEvent) -> None:
        palette = self.palette()
        canvas, accent = palette.color(CANVAS), palette.color(QPalette.ColorRole.Highlight)
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), canvas)
            if self._image.isNull():
                painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
                flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
                painter.drawText(self.rect().adjusted(24, 24, -24, -24), flags, self.words)
                return
            sheet = self.sheet_rect()
            painter.drawImage(sheet, self._image)
            painter.setPen(QPen(palette.color(QPalette.ColorRole.Midlight), GAP))
            for column in range(self._columns + 1):
                x = sheet.x() + sheet.width() * column / self._columns
                painter.drawLine(QPointF(x, sheet.top()), QPointF(x, sheet.bottom()))
            for row in range(self._rows + 1):
                y = sheet.y() + sheet.height() * row / self._rows
                painter.drawLine(QPointF(sheet.left(), y), QPointF(sheet.right(), y))
            for place in range(len(self.order), self._rows * self._columns):
                painter.fillRect(self.tile_rect(place).adjusted(-1, -1, 1, 1), canvas)
            self._mark(painter, accent)
        if self._token is not None:
            token, self._token = self._token, None
            self.painted.emit(token)

    def _mark(self, painter: QPainter, accent: QColor) -> None:
        quiet = QColor(128, 128, 136)
        some = self._off | self._marked | self.selected
        for place, unit in enumerate(self.order):
            if unit not in some:
                continue
            inner = self.tile_rect(place).adjusted(1, 1, -1, -1)
            if unit in self._off:
                painter.setPen(QPen(quiet, 1))
                painter.drawLine(inner.topLeft(), inner.bottomRight())
                painter.drawLine(inner.topRight(), inner.bottomLeft())
            elif unit in self._marked:
                size = max(4.0, min(8.0, inner.width() / 4))
                painter.fillRect(QRectF(inner.right() - size, inner.top(), size, size), accent)
            if unit in self.selected:
                painter.setPen(QPen(accent, 2))
                painter.drawRect(inner)
        if self.hasFocus() and self.order:
            painter.setPen(QPen(QColor(255, 255, 255), 1, Qt.PenStyle.DotLine))
            painter.drawRect(self.tile_rect(self._at).adjusted(3, 3, -3, -3))
