"""The legend of a map's colours: classes, or a scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QLinearGradient, QPainter, QPalette

PAD, DOT, ROWS, MOST = 8.0, 8.0, 13, 39
BAR = QSizeF(112, 8)


@dataclass(frozen=True)
class Legend:
    """For classes: their (name, 0xRRGGBB) pairs. For a scale: its name, the colours from low to high, its ends."""

    classes: tuple[tuple[str, int], ...] = ()
    name: str = ""
    stops: tuple[int, ...] = ()
    ends: tuple[str, str] = ("", "")


def paint_legend(painter: QPainter, legend: Legend, palette: QPalette) -> None:
    """Paint it in the upper left corner. More than MOST classes are not listed: the card of each point names its class."""
    metrics = QFontMetricsF(painter.font())
    if legend.stops:
        _paint_scale(painter, legend, palette, metrics)
    elif 1 < len(legend.classes) <= MOST:
        _paint_classes(painter, legend.classes, palette, metrics)


def _paint_ground(painter: QPainter, size: QSizeF, palette: QPalette) -> None:
    ground = palette.color(QPalette.ColorRole.Base)
    ground.setAlpha(215)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(QRectF(QPointF(PAD, PAD), size), 4, 4)


def _paint_classes(painter: QPainter, classes: Sequence[tuple[str, int]], palette: QPalette, metrics: QFontMetricsF) -> None:
    columns = [classes[start : start + ROWS] for start in range(0, len(classes), ROWS)]
    line = metrics.lineSpacing() + 1
    widths = [max(metrics.horizontalAdvance(name) for name, _ in column) + DOT + 6 + 2 * PAD for column in columns]
    _paint_ground(painter, QSizeF(sum(widths), min(len(classes), ROWS) * line + PAD), palette)
    left = 2 * PAD
    for column, width in zip(columns, widths, strict=True):
        for number, (name, colour) in enumerate(column):
            top = PAD + PAD / 2 + number * line
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor.fromRgb(colour))
            painter.drawEllipse(QRectF(left, top + (line - DOT) / 2, DOT, DOT))
            painter.setPen(palette.color(QPalette.ColorRole.WindowText))
            where = QRectF(left + DOT + 6, top, width, line)
            painter.drawText(where, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)
        left += width


def _paint_scale(painter: QPainter, legend: Legend, palette: QPalette, metrics: QFontMetricsF) -> None:
    line = metrics.lineSpacing()
    wide = max(BAR.width(), metrics.horizontalAdvance(legend.name), metrics.horizontalAdvance("  ".join(legend.ends)))
    _paint_ground(painter, QSizeF(wide + 2 * PAD, 2 * line + BAR.height() + 2 * PAD + 4), palette)
    left, top = 2 * PAD, PAD + PAD
    painter.setPen(palette.color(QPalette.ColorRole.WindowText))
    painter.drawText(QRectF(left, top - 2, wide, line), Qt.AlignmentFlag.AlignLeft, legend.name)
    bar = QRectF(left, top + line + 2, wide, BAR.height())
    shade = QLinearGradient(bar.topLeft(), bar.topRight())
    for place, stop in enumerate(legend.stops):
        shade.setColorAt(place / (len(legend.stops) - 1), QColor.fromRgb(stop))
    painter.fillRect(bar, shade)
    painter.setPen(palette.color(QPalette.ColorRole.WindowText))
    below = QRectF(left, bar.bottom() + 2, wide, line)
    painter.drawText(below, Qt.AlignmentFlag.AlignLeft, legend.ends[0])
    painter.drawText(below, Qt.AlignmentFlag.AlignRight, legend.ends[1])
