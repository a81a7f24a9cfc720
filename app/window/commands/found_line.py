"""Draws a line in the list of search results: the name at the left, the shortcut at the right."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

BETWEEN = "   "
"""Separates the name from the rest: the shortcut, or why the action is disabled."""
PADDING = 8


class FoundLine(QStyledItemDelegate):
    """Draws the part of a line after the name dimmed, at the right edge."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        super().initStyleOption(option, index)
        option.text = option.text.partition(BETWEEN)[0]

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        size = super().sizeHint(option, index)
        size.setWidth(option.fontMetrics.horizontalAdvance(str(index.data())) + 2 * PADDING)
        return size

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        super().paint(painter, option, index)
        name, _, rest = str(index.data()).partition(BETWEEN)
        if rest:
            selected = option.state & QStyle.StateFlag.State_Selected
            role = QPalette.ColorRole.HighlightedText if selected else QPalette.ColorRole.PlaceholderText
            painter.save()
            painter.setPen(option.palette.color(role))
            place = option.rect.adjusted(PADDING + option.fontMetrics.horizontalAdvance(name + BETWEEN), 0, -PADDING, 0)
            words = option.fontMetrics.elidedText(rest, Qt.TextElideMode.ElideRight, place.width())
            painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words)
            painter.restore()
