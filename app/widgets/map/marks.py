"""Paints over the points of a map: thumbnails, rings, the lasso, the card of the hovered point."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRect, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPalette, QPen, QPolygonF

from zscape.app.widgets.map.points import Points
from zscape.app.widgets.map.viewport import Viewport
from zscape.app.widgets.pictures.pixels import paint_thumbnail

SIDE, PAD, GAP = 84, 6, 14


def paint_tiles(painter: QPainter, points: Points, view: Viewport, size: QSize, picture: Callable[[int], QImage]) -> None:
    """Paint thumbnails instead of the points that are not dimmed, each with a border in the colour of its point."""
    level, scale = points.level(view), view.scale
    width, height = size.width(), size.height()
    left, top = view.to_map(0, 0, width, height)
    right, bottom = view.to_map(width, height, width, height)
    side = level.side * scale
    for number in level.seen(left, bottom, right, top).tolist():
        x = width / 2 + (level.columns[number] * level.side - view.x) * scale
        y = height / 2 - ((level.rows[number] + 1) * level.side - view.y) * scale
        place = int(level.places[number])
        where = QRectF(round(x) + 1, round(y) + 1, round(side) - 2, round(side) - 2)
        painter.fillRect(where.adjusted(-1, -1, 1, 1), QColor.fromRgb(int(points.colours[place])))
        painter.drawImage(where, picture(place))


def paint_contours(
    painter: QPainter, lines: Sequence[NDArray[np.float32]], view: Viewport, size: QSize, palette: QPalette
) -> None:
    """Paint lines of equal density; the outer ones are fainter."""
    for number, pieces in enumerate(lines):
        colour = palette.color(QPalette.ColorRole.WindowText)
        colour.setAlpha(210 - 40 * number)
        painter.setPen(QPen(colour, 1.2))
        ends = view.to_screen(pieces.reshape(-1, 2), size.width(), size.height()).reshape(-1, 4)
        painter.drawLines([QLineF(*each) for each in ends.tolist()])


def paint_ring(painter: QPainter, at: QPointF, radius: float, palette: QPalette) -> None:
    """Paint a ring in the accent colour with a light edge, visible on any colour."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(palette.color(QPalette.ColorRole.Base), 5))
    painter.drawEllipse(at, radius, radius)
    painter.setPen(QPen(palette.color(QPalette.ColorRole.WindowText), 2))
    painter.drawEllipse(at, radius, radius)


def paint_lasso(painter: QPainter, corners: Sequence[QPointF], palette: QPalette) -> None:
    """Paint the lasso's outline, closed."""
    accent = palette.color(QPalette.ColorRole.Highlight)
    inner = QColor(accent)
    inner.setAlpha(24)
    painter.setPen(QPen(accent, 1.5, Qt.PenStyle.DashLine))
    painter.setBrush(inner)
    painter.drawPolygon(QPolygonF(list(corners)))


def card_rect(within: QRect, at: QPointF, size: QSizeF) -> QRectF:
    """The rectangle of a point's card: to the right of and below the point if there is space."""
    x = at.x() + GAP if at.x() + GAP + size.width() <= within.right() else at.x() - GAP - size.width()
    y = at.y() + GAP if at.y() + GAP + size.height() <= within.bottom() else at.y() - GAP - size.height()
    return QRectF(QPointF(max(0.0, round(x)), max(0.0, round(y))), size)


def paint_card(painter: QPainter, within: QRect, at: QPointF, picture: QImage, words: str, palette: QPalette) -> None:
    """Paint the picture of the point at `at`, with a few lines of text below it."""
    lines = words.splitlines()
    metrics = QFontMetricsF(painter.font())
    wide = max([float(SIDE), *(metrics.horizontalAdvance(line) for line in lines)])
    size = QSizeF(wide + 2 * PAD, SIDE + 2 * PAD + len(lines) * metrics.lineSpacing() + (4 if lines else 0))
    card = card_rect(within, at, size)
    painter.setPen(QPen(palette.color(QPalette.ColorRole.Midlight), 1))
    painter.setBrush(palette.color(QPalette.ColorRole.Base))
    painter.drawRoundedRect(card.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    if not picture.isNull():
        into = QRectF(card.left() + (card.width() - SIDE) / 2, card.top() + PAD, SIDE, SIDE)
        paint_thumbnail(painter, picture, into)
    painter.setPen(palette.color(QPalette.ColorRole.WindowText))
    for number, line in enumerate(lines):
        top = card.top() + PAD + SIDE + 4 + number * metrics.lineSpacing()
        painter.drawText(QRectF(card.left() + PAD, top, wide, metrics.lineSpacing()), Qt.AlignmentFlag.AlignLeft, line)
