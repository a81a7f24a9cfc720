"""The choice of a preset: the open list describes in plain words what each makes."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QComboBox, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

GAP = 16
"""The space between name and description."""
Index = QModelIndex | QPersistentModelIndex


class _Words(QStyledItemDelegate):
    """Draws an entry's tip beside its name."""

    def __init__(self, box: QComboBox) -> None:
        super().__init__(box)
        self._box = box
        self._measured: tuple[object, int] = (None, 0)  # the names and their font, and the width of the widest

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        on = bool(option.state & QStyle.StateFlag.State_Selected)
        palette: QPalette = option.palette
        rect: QRect = option.rect
        painter.setPen(palette.color(QPalette.ColorRole.HighlightedText if on else QPalette.ColorRole.PlaceholderText))
        place = rect.adjusted(self._names() + GAP, 0, -GAP // 2, 0)
        words = painter.fontMetrics().elidedText(self._words(index), Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, words)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        metrics = self._box.fontMetrics()
        size = super().sizeHint(option, index)
        return QSize(self._names() + GAP + metrics.horizontalAdvance(self._words(index)) + GAP, size.height())

    def _names(self) -> int:
        """The width of the widest name, so that the descriptions are aligned; asked for once for every row and style change."""
        names = [self._box.itemText(row) for row in range(self._box.count())]
        of = (self._box.font().key(), names)
        if self._measured[0] != of:
            metrics = self._box.fontMetrics()
            self._measured = (of, GAP // 2 + max(map(metrics.horizontalAdvance, names)))
        return self._measured[1]

    @staticmethod
    def _words(index: Index) -> str:
        return str(index.data(Qt.ItemDataRole.ToolTipRole) or "")


class PresetBox(QComboBox):
    """Narrow when closed, and as wide as its descriptions when open."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view().setItemDelegate(_Words(self))

    def showPopup(self) -> None:
        """Open the list, wide enough."""
        view = self.view()
        width = view.sizeHintForColumn(0) + view.verticalScrollBar().sizeHint().width()
        room = self.screen().availableGeometry().right() - self.mapToGlobal(self.rect().topLeft()).x()
        view.setMinimumWidth(min(width, max(self.width(), room)))
        super().showPopup()
