"""A layout like words on a page: side by side, and on the next line where the width ends."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QWidget

from zscape.app.widgets.items_layout import ItemsLayout


def lines(widths: Iterable[int], room: int, gap: int) -> int:
    """How many lines items of these widths take, `gap` pixels apart, in `room` pixels."""
    count, x = 0, room + 1
    for width in widths:
        if x + width > room and (x > 0 or not count):
            count, x = count + 1, 0
        x += width + gap
    return count


class FlowLayout(ItemsLayout):
    """Items of their own size, `gap` pixels apart both ways; it is as high as its lines are in the width it is given.

    Hidden items take no room.
    """

    def __init__(self, parent: QWidget | None = None, gap: int = 4) -> None:
        super().__init__(parent, gap)
        self._rest: tuple[QWidget, int] | None = None

    def fill_rest(self, widget: QWidget, least: int) -> None:
        """Have `widget`, which is the last, take what its line leaves; a line of its own where that is less than `least` pixels.

        Either way it has its place whatever it says, so that nothing moves as that changes.
        """
        self._rest = widget, least

    def removeWidget(self, widget: QWidget) -> None:
        """As every layout does it."""
        super().removeWidget(widget)
        if self._rest is not None and self._rest[0] is widget:
            self._rest = None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation.Horizontal

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:
            self._heights[width] = self._place(QRect(0, 0, width, 0), move=False)
        return self._heights[width]

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
            if self._rest is not None and item.widget() is self._rest[0]:
                left = rect.x() + rect.width() - x
                size = QSize(left if left >= self._rest[1] else rect.width(), height or size.height())
            if height and x + size.width() > rect.x() + rect.width():
                x, y, height = rect.x(), y + height + self._gap, 0
            if move:
                item.setGeometry(QRect(QPoint(x, y), size))
            x += size.width() + self._gap
            height = max(height, size.height())
        return y + height - rect.y()
