"""Paints a timeline's track."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPalette, QPen, QPolygonF

from zscape.app.widgets.pictures.pixels import fitted
from zscape.app.widgets.timeline.part import PartHandles
from zscape.app.widgets.timeline.scale import RULER, SIDE
from zscape.app.widgets.timeline.shown import ShownTrack


def paint(track: ShownTrack, part: PartHandles) -> None:
    """Paint all of `track`, with the played part marked."""
    with QPainter(track) as painter:
        if not track.seconds:
            painter.setPen(track.palette().color(QPalette.ColorRole.PlaceholderText))
            painter.drawText(
                track.rect().adjusted(16, 8, -16, -8), Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap, track.words
            )
        else:
            _paint_ruler(painter, track)
            _paint_stops(painter, track)
            part.paint(painter)
            _paint_playhead(painter, track)
        if track.drop >= 0:
            painter.fillRect(QRectF(track.drop - 1, RULER, 2, SIDE + 8), track.palette().color(QPalette.ColorRole.Highlight))


def _paint_ruler(painter: QPainter, track: ShownTrack) -> None:
    palette, scale = track.palette(), track.scale
    line, words = palette.color(QPalette.ColorRole.Midlight), palette.color(QPalette.ColorRole.PlaceholderText)
    painter.fillRect(QRectF(scale.left, RULER - 1, scale.width, 1), line)
    font = painter.font()
    font.setPointSizeF(font.pointSizeF() * 8 / 9)
    painter.setFont(font)
    for mark in scale.marks():
        painter.fillRect(QRectF(round(scale.x(mark)), RULER - 5, 1, 5), line)
        painter.setPen(words)
        place = QRectF(scale.x(mark) - 28, 0, 56, RULER - 8)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, f"{mark:g} s")


def _paint_stops(painter: QPainter, track: ShownTrack) -> None:
    palette, scale = track.palette(), track.scale
    accent, line = palette.color(QPalette.ColorRole.Highlight), palette.color(QPalette.ColorRole.Midlight)
    middle = RULER + 4 + SIDE / 2
    painter.fillRect(QRectF(scale.left, middle - 1, scale.width, 2), line)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(palette.color(QPalette.ColorRole.PlaceholderText))
    for time in track.diamonds:
        at = QPointF(scale.x(time), middle)
        painter.drawPolygon(QPolygonF([at + QPointF(*by) for by in ((0, -5), (5, 0), (0, 5), (-5, 0))]))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    marked = track.current if track.hasFocus() else track.hover
    order = [k for k in range(len(track.stops)) if k != track.current]
    if 0 <= track.current < len(track.stops):
        order.append(track.current)
    for place in order:
        stop, rect = track.stops[place], track.rect_of(place)
        if stop.hold:
            painter.setOpacity(0.35)
            painter.fillRect(QRectF(scale.x(stop.start), middle - 6, scale.x(stop.end) - scale.x(stop.start), 12), accent)
        painter.setOpacity(0.4 if stop.closes else 1.0)
        painter.fillRect(rect, palette.color(QPalette.ColorRole.Mid))
        image = track.images[place] if place < len(track.images) else None
        if image is not None and not image.isNull():
            painter.save()
            painter.setClipRect(rect)
            whole = QRectF(rect.center().x() - SIDE / 2, rect.top(), SIDE, SIDE)
            painter.drawImage(fitted(image.size(), whole, track.devicePixelRatioF()), image)
            painter.restore()
        painter.setOpacity(1.0)
        colour = accent if place in (marked, track.current) and not stop.closes else line
        painter.setPen(QPen(colour, 2 if colour is accent else 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(rect.adjusted(-1, -1, 1, 1))


def _paint_playhead(painter: QPainter, track: ShownTrack) -> None:
    accent, x = track.palette().color(QPalette.ColorRole.Highlight), track.scale.x(track.time)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(accent)
    painter.drawPolygon(QPolygonF([QPointF(x - 5, RULER - 9), QPointF(x + 5, RULER - 9), QPointF(x, RULER - 1)]))
    painter.fillRect(QRectF(x - 0.75, RULER - 2, 1.5, SIDE + 12), accent)
