"""The layout of a strip of controls, wrapped into lines."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QMargins, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayoutItem, QWidget

from zscape.app.widgets.layouts.items_layout import ItemsLayout


class StripLayout(ItemsLayout):
    """Items side by side, `gap` pixels apart, wrapped at the right edge; expanding items share the rest of their line.

    A FlowLayout has no expanding items, no spacers and no vertical centring within a line; a strip has all three.
    The strip itself sets the height for its lines (`height_for`), so that the layout of the sheet above is not involved; a single
    line is centred in extra height.
    """

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def height_for(self, width: int, left: int | None = None) -> int:
        """The height of the lines in `width`, starting at pixel `left`; by default at the current start."""
        margins = self.contentsMargins()
        left = margins.left() if left is None else left
        inner = QRect(0, 0, width, 0).marginsRemoved(QMargins(left, 0, margins.right(), 0))
        return self._place(inner, move=False) + margins.top() + margins.bottom()

    def has_room(self, width: int, more: Collection[QWidget]) -> bool:
        """Whether the widgets in `more`, shown or hidden, need no further line in `width`."""
        margins = self.contentsMargins()
        inner = width - margins.left() - margins.right()
        others = [item for item in self._items if item.widget() not in more and _there(item)]
        every = [item for item in self._items if item.widget() in more or _there(item)]
        return len(_lines(every, inner, self._gap)) == len(_lines(others, inner, self._gap))

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        spare = max(rect.height() - self.height_for(rect.width()), 0)
        self._place(rect.adjusted(0, spare // 2, 0, 0).marginsRemoved(self.contentsMargins()), move=True)

    def _place(self, rect: QRect, move: bool) -> int:
        """Lay the items out in `rect`; returns their height."""
        y = rect.y()
        for line in _lines([item for item in self._items if _there(item)], rect.width(), self._gap):
            sizes = [_size(item, rect.width()) for item in line]
            growing = [bool(item.expandingDirections() & Qt.Orientation.Horizontal) for item in line]
            spare = rect.width() - sum(size.width() + self._gap for size in sizes) + self._gap
            height, x = max(size.height() for size in sizes), rect.x()
            for item, size, grows in zip(line, sizes, growing, strict=True):
                if grows:
                    size = QSize(size.width() + max(spare, 0) // sum(growing), size.height())
                if move:
                    item.setGeometry(QRect(QPoint(x, y + (height - size.height()) // 2), size))
                x += size.width() + self._gap
            y += height + self._gap
        return max(y - self._gap - rect.y(), 0)


def _there(item: QLayoutItem) -> bool:
    """Whether it takes space: visible items, and spacers."""
    return not item.isEmpty() or item.spacerItem() is not None


def _lines(items: Collection[QLayoutItem], width: int, gap: int) -> list[list[QLayoutItem]]:
    """`items` as lines of at most `width` pixels; a wider one has its own line. No line begins with a spacer."""
    lines: list[list[QLayoutItem]] = []
    used = 0
    for item in items:
        wide = _wish(item)
        if not lines or (used + wide > width and item.spacerItem() is None):
            lines.append([])
            used = 0
        lines[-1].append(item)
        used += wide + gap
    return lines


def _wish(item: QLayoutItem) -> int:
    """The preferred width of `item`, hidden or not."""
    widget = item.widget()
    if widget is None:
        return item.sizeHint().width()
    return widget.sizeHint().expandedTo(widget.minimumSize()).boundedTo(widget.maximumSize()).width()


def _size(item: QLayoutItem, width: int) -> QSize:
    """The preferred size of `item`; text that is wider than `width` takes several lines."""
    size = item.sizeHint()
    if size.width() <= width:
        return size
    return QSize(width, item.heightForWidth(width) if item.hasHeightForWidth() else size.height())
