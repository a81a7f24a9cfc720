"""A layout like words on a page: side by side, and on the next line where the width ends."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt

from zscape.app.widgets.items_layout import ItemsLayout


class FlowLayout(ItemsLayout):
    """Items of their own size, `gap` pixels apart both ways; it is as high as its lines are in the width it is given.

    Hidden items take no room.
    """

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation.Horizontal

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, move=True)

    def _place(self, rect: QRect, move: bool) -> int:
        """Lay the items out in `rect`; returns the height they take."""
        x, y, height = rect.x(), rect.y(), 0
        for item in self._items:
            if item.isEmpty():
                continue
            size = item.sizeHint()
            if height and x + size.width() > rect.x() + rect.width():
                x, y, height = rect.x(), y + height + self._gap, 0
            if move:
                item.setGeometry(QRect(QPoint(x, y), size))
            x += size.width() + self._gap
            height = max(height, size.height())
        return y + height - rect.y()
