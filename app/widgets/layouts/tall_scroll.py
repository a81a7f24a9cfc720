"""A scroll area for a widget that scrolls vertically if it needs more height, and otherwise fills its place."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QScrollArea,
    QScrollBar,
    QWidget,
)

WHOLE = "whole"
"""The property of a container that must be fully visible or hidden, like a control."""
ROWS = "rows"
"""The property of a widget that paints rows, each fully visible or hidden: the height of one row."""
PARTS = "parts"
"""The property of a widget that paints controls: their rectangles (QRect), each fully visible or hidden."""

SPARE = "spare"
"""The property of a content: by how many pixels its minimum height may be reduced if that avoids scrolling."""


class TallScroll(QScrollArea):
    """`content` with the width of the area, and its height or the content's minimum height. asked(): it needs another height.

    Qt's resizable area would give a content with lists of its own its preferred height, and so show two scroll bars.
    """

    asked = Signal()

    def __init__(self, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(content)
        content.installEventFilter(self)
        self.verticalScrollBar().valueChanged.connect(lambda: self._fit())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.widget() and event.type() == QEvent.Type.LayoutRequest:
            self._fit()
            self.asked.emit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        content = self.widget()
        if content is not None:
            room = self.maximumViewportSize() + QSize(0, self.viewportMargins().bottom())
            least, bar = self._least(room.width()), 0
            if least - int(content.property(SPARE) or 0) <= room.height():
                least = min(least, room.height())
            if least > room.height():
                bar = self.verticalScrollBar().sizeHint().width()
                least = self._least(room.width() - bar)
            content.resize(room.width() - bar, max(room.height(), least))
            self._leave_out(content, room.height())

    def reveal(self, widget: QWidget) -> None:
        """Scroll until `widget`, which is in the content, is visible, with no partial control at the upper edge above it."""
        self.ensureWidgetVisible(widget, 0, 0)
        content, top = self.widget(), self.verticalScrollBar().value()
        if content is None or not top:
            return
        places = self._controls(content)
        while cut := [place.bottom() + 1 for place in places if place.top() < top <= place.bottom()]:
            top = max(cut)
        self.verticalScrollBar().setValue(min(top, widget.mapTo(content, QPoint(0, 0)).y()))

    @staticmethod
    def _controls(content: QWidget) -> list[QRect]:
        """The places in `content` of all that must be fully visible or hidden."""
        if (layout := content.layout()) is not None:
            layout.activate()  # the positions must be current
        return [place for each in content.findChildren(QWidget) for place in _places(each, content)]

    def _leave_out(self, content: QWidget, height: int) -> None:
        """Show no partial control at the lower edge of `height` pixels, if more than half of the height remains.

        Only before it is scrolled: afterwards an empty edge would hide what the user has scrolled to.
        """
        margin = 0
        if content.height() > height and not self.verticalScrollBar().value():
            places, seen = self._controls(content), height
            while cut := [place.top() for place in places if place.top() < seen <= place.bottom()]:
                seen = min(cut)
            margin = height - seen if seen * 2 > height else 0
        if margin != self.viewportMargins().bottom():
            self.setViewportMargins(0, 0, 0, margin)

    def _least(self, width: int) -> int:
        """The minimum height of the content at a width of `width` pixels."""
        content = self.widget()
        return content.minimumSizeHint().height() if content is not None else 0


def _places(widget: QWidget, content: QWidget) -> Iterator[QRect]:
    """The rectangles in `content` of the parts of its `widget` that must be fully visible or hidden."""
    corner = widget.mapTo(content, QPoint(0, 0))
    if _whole(widget, content):
        yield QRect(corner, widget.size())
    if row := int(widget.property(ROWS) or 0):
        for place in range(widget.height() // row):
            yield QRect(0, corner.y() + row * place, widget.width(), row)
    if (parts := widget.property(PARTS)) and widget.isVisibleTo(content):
        yield from (QRect(part).translated(corner) for part in parts)


def _whole(widget: QWidget, content: QWidget) -> bool:
    """Whether a widget of `content` is a visible control and neither part of another control nor a container.

    A list's scroll bar is excluded: it is as high as the list, of which single rows may be visible.
    """
    control = isinstance(widget, QAbstractButton | QAbstractSlider | QAbstractSpinBox | QComboBox | QLabel | QLineEdit)
    inner = isinstance(widget.parent(), QAbstractSpinBox | QComboBox) or isinstance(widget, QScrollBar)
    return (control or bool(widget.property(WHOLE))) and not inner and widget.isVisibleTo(content)
