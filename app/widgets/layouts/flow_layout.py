"""A layout that places items side by side and wraps at the right edge, like words on a page."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayoutItem, QWidget

from zscape.app.widgets.layouts.items_layout import ItemsLayout


def lines(widths: Iterable[int], room: int, gap: int) -> list[list[int]]:
    """The indices of items of these widths by line, `gap` pixels apart, in `room` pixels; a wider item has its own line."""
    found: list[list[int]] = []
    x = 0
    for place, width in enumerate(widths):
        if not found or x + width > room:
            found.append([])
            x = 0
        found[-1].append(place)
        x += width + gap
    return found


class FlowLayout(ItemsLayout):
    """Items at their size hints, `gap` pixels apart in both directions; the height follows from the width.

    Hidden items take no space.
    """

    def __init__(self, parent: QWidget | None = None, gap: int = 4) -> None:
        super().__init__(parent, gap)
        self._rest: QWidget | None = None
        self._least = 0

    def fill_rest(self, widget: QWidget, least: int) -> None:
        """Let `widget`, which is the last, fill the rest of its line; it has its own line if that is less than `least` pixels.

        Its place does not depend on its text, so nothing moves when the text changes.
        """
        self._rest, self._least = widget, least

    def removeWidget(self, widget: QWidget) -> None:
        """As in every layout."""
        super().removeWidget(widget)
        if self._rest is widget:
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
        """Lay the items out in `rect`; returns their height."""
        items = [item for item in self._items if not item.isEmpty()]
        wide, y = rect.width(), rect.y()
        widths = [self._least if self._is_rest(item) else item.sizeHint().width() for item in items]
        found = lines(widths, wide, self._gap)
        for line in found:
            x, height = rect.x(), 0
            for place in line:
                size = items[place].sizeHint()
                if self._is_rest(items[place]):
                    size = QSize(rect.x() + wide - x, height or size.height())
                if move:
                    items[place].setGeometry(QRect(QPoint(x, y), size))
                x += size.width() + self._gap
                height = max(height, size.height())
            y += height + self._gap
        return y - rect.y() - (self._gap if found else 0)

    def _is_rest(self, item: QLayoutItem) -> bool:
        return self._rest is not None and item.widget() is self._rest
