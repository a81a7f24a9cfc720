"""The background of a pad: heat map, thumbnails, outline, axes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPalette, QPen, QPolygonF

from zscape.app.widgets.pad.names import DOT, places_of
from zscape.app.widgets.pad.square import Square, View, ticks
from zscape.app.widgets.pictures.pixels import thumbnail_place

LEFT, TOP, RIGHT, BOTTOM = 36, 8, 12, 36
"""The margins of the widget around the square."""
FILLED, BEFORE_HEAT = 0.84, 0.6
"""The largest part of its cell that a thumbnail fills, alone and in front of a heat map, which stays visible between them."""
LINE = 16


@dataclass(frozen=True)
class Tiles:
    """Thumbnails: tile k of `sheet`, which has `columns`, is at places[k], None if it is not shown.

    cell: the side of the cell of each, in pad units.
    """

    sheet: QImage
    columns: int
    places: list[tuple[float, float] | None]
    cell: float

    def picture(self, tile: int) -> QImage:
        """One of the pictures."""
        rows = math.ceil(len(self.places) / self.columns)
        width, height = self.sheet.width() // self.columns, self.sheet.height() // rows
        row, column = divmod(tile, self.columns)
        return self.sheet.copy(column * width, row * height, width, height)


@dataclass
class Ground:
    """heat: a picture; the centres of its outer pixels are on the outline of the square heat_view. corners: places with names.

    outline: places connected to a ring. names: of the two axes, "" for none. numbers: whether the axes have numbers.
    wide: whether it is as wide as the pad instead of square, for the names of the corners.
    """

    heat: QImage = field(default_factory=QImage)
    heat_view: View = (0.0, 0.0, 1.0)
    tiles: Tiles | None = None
    corners: Sequence[tuple[tuple[float, float], str]] = ()
    outline: Sequence[tuple[float, float]] = ()
    names: tuple[str, str] = ("", "")
    numbers: bool = True
    wide: bool = False

    def paint(self, painter: QPainter, square: Square, palette: QPalette, ratio: float, width: int) -> None:
        """Paint the background. ratio: screen pixels per widget pixel. width: of the pad."""
        rect = QRectF(1, square.rect.top(), width - 2, square.rect.height()) if self.wide else square.rect
        painter.fillRect(rect, palette.color(QPalette.ColorRole.Mid))
        painter.save()
        painter.setClipRect(rect)
        if not self.heat.isNull():
            x, y, side = self.heat_view
            more = side * self.heat.width() / max(1, self.heat.width() - 1)  # half a pixel beyond the outline on each side
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(square.rect_of((x, y, more)), self.heat)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.tiles is not None:
            for tile in range(len(self.tiles.places)):
                self._paint_tile(painter, square, tile, ratio)
        self._paint_outline(painter, square, palette)
        painter.restore()
        painter.setPen(QPen(palette.color(QPalette.ColorRole.Midlight), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(rect.adjusted(-0.5, -0.5, 0.5, 0.5))
        if any(self.names):
            self._paint_axes(painter, square, palette)
        self._paint_names(painter, square, palette, rect)

    def tile_rect(self, square: Square, tile: int, ratio: float) -> QRectF:
        """The rectangle of a thumbnail; empty if it is not shown."""
        assert self.tiles is not None
        place = self.tiles.places[tile]
        if place is None:
            return QRectF()
        rows = math.ceil(len(self.tiles.places) / self.tiles.columns)
        size = QSize(self.tiles.sheet.width() // self.tiles.columns, self.tiles.sheet.height() // rows)
        room = (FILLED if self.heat.isNull() else BEFORE_HEAT) * self.tiles.cell * square.rect.width() / square.view[2]
        middle = square.pixel(place)
        return thumbnail_place(size, QRectF(middle.x() - room / 2, middle.y() - room / 2, room, room), ratio)

    def tile_at(self, square: Square, pixel: QPointF, ratio: float) -> int:
        """The thumbnail at a pixel, -1 for none."""
        count = len(self.tiles.places) if self.tiles is not None and square.rect.contains(pixel) else 0
        return next((tile for tile in range(count) if self.tile_rect(square, tile, ratio).contains(pixel)), -1)

    def _paint_tile(self, painter: QPainter, square: Square, tile: int, ratio: float) -> None:
        assert self.tiles is not None
        rect = self.tile_rect(square, tile, ratio)
        if rect.isEmpty() or not rect.intersects(square.rect):
            return
        rows = math.ceil(len(self.tiles.places) / self.tiles.columns)
        wide, high = self.tiles.sheet.width() // self.tiles.columns, self.tiles.sheet.height() // rows
        row, column = divmod(tile, self.tiles.columns)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, rect.width() * ratio % wide != 0)
        painter.drawImage(rect, self.tiles.sheet, QRectF(column * wide, row * high, wide, high))

    def _paint_outline(self, painter: QPainter, square: Square, palette: QPalette) -> None:
        if len(self.outline) < 2:
            return
        ring = QPolygonF([square.pixel(place) for place in self.outline])
        path = QPainterPath()
        path.addPolygon(ring)
        path.closeSubpath()
        for pen in (QPen(palette.color(QPalette.ColorRole.Base), 3), QPen(palette.color(QPalette.ColorRole.PlaceholderText), 1)):
            painter.setPen(pen)
            painter.drawPath(path)

    def _paint_axes(self, painter: QPainter, square: Square, palette: QPalette) -> None:
        rect, (x, y, side) = square.rect, square.view
        painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
        small = painter.font()
        small.setPointSizeF(small.pointSizeF() * 8 / 9)
        painter.save()
        painter.setFont(small)
        middle, right = Qt.AlignmentFlag.AlignCenter, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        most = max(3, min(7, int(rect.width() // 44))) if self.numbers else 0
        for tick in ticks(x - side / 2, x + side / 2, most) if most else ():
            at = square.pixel((tick, y)).x()
            painter.drawText(QRectF(at - 30, rect.bottom() + 2, 60, LINE), middle, f"{tick:g}")
        for tick in ticks(y - side / 2, y + side / 2, most) if most else ():
            at = square.pixel((x, tick)).y()
            painter.drawText(QRectF(rect.left() - LEFT - 24, at - LINE / 2, LEFT + 20, LINE), right, f"{tick:g}")
        painter.restore()
        painter.setPen(palette.color(QPalette.ColorRole.WindowText))
        painter.drawText(QRectF(rect.left(), rect.bottom() + LINE + 2, rect.width(), LINE + 2), middle, f"{self.names[0]} →")
        if self.names[1]:
            words = painter.fontMetrics().elidedText(f"{self.names[1]} →", Qt.TextElideMode.ElideRight, int(rect.height()))
            painter.save()
            painter.translate(rect.left() - LEFT, rect.center().y())
            painter.rotate(-90)
            painter.drawText(QRectF(-rect.height() / 2, -LINE / 2 - 4, rect.height(), LINE + 2), middle, words)
            painter.restore()

    def _paint_names(self, painter: QPainter, square: Square, palette: QPalette, room: QRectF) -> None:
        """Paint the corners and, within `room`, their names if they fit."""
        near = square.rect.adjusted(-LINE, -LINE, LINE, LINE)
        seen = [(spot, name) for place, name in self.corners if near.contains(spot := square.pixel(place))]
        metrics = painter.fontMetrics()
        most = int(room.width()) - 8
        words = [metrics.elidedText(name, Qt.TextElideMode.ElideRight, most) for _, name in seen]
        sizes = [QSizeF(metrics.horizontalAdvance(each) + 8.0, metrics.height()) for each in words]
        painter.save()
        painter.setClipRect(room)
        ground = QColor(palette.color(QPalette.ColorRole.Base))
        ground.setAlpha(200)
        for name, place in zip(words, places_of([spot for spot, _ in seen], sizes, room), strict=True):
            if place is None:
                continue
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ground)
            painter.drawRoundedRect(place, 4, 4)
            painter.setPen(palette.color(QPalette.ColorRole.WindowText))
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, name)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(palette.color(QPalette.ColorRole.WindowText))
        for spot, _ in seen:
            painter.drawEllipse(spot, DOT, DOT)
        painter.restore()
