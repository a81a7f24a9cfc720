"""A widget that scrolls up and down where it needs more height than there is, and else fills its place."""

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
"""The property of a widget with others in it that is seen as a whole or not at all, as a control is."""
ROWS = "rows"
"""The property of a widget that paints rows, each seen as a whole or not at all: the height of one."""
PARTS = "parts"
"""The property of a widget that paints controls of its own: their places, a QRect each, seen as a whole or not at all."""

SPARE = "spare"
"""The property of a content: how many pixels of its least height it gives up where it need not be scrolled then."""


class TallScroll(QScrollArea):
    """`content` as wide as the area, and as high as that or as its least height. asked(): it needs another height.

    Qt's own resizable area would give a content with lists of its own the height it would like best, and so two scroll bars.
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

    def _leave_out(self, content: QWidget, height: int) -> None:
        """Show no part of a control at the lower edge of `height` pixels, where the larger half of them is seen without it.

        Once it is scrolled all of the room is used: an empty edge would hide what it was scrolled for.
        """
        margin = 0
        if content.height() > height and not self.verticalScrollBar().value():
            if (layout := content.layout()) is not None:
                layout.activate()  # the places must be those of now
            places = [place for each in content.findChildren(QWidget) for place in _places(each, content)]
            seen = height
            while cut := [place.top() for place in places if place.top() < seen <= place.bottom()]:
                seen = min(cut)
            margin = height - seen if seen * 2 > height else 0
        if margin != self.viewportMargins().bottom():
            self.setViewportMargins(0, 0, 0, margin)

    def _least(self, width: int) -> int:
        """The least height of the content where it is `width` pixels wide."""
        content = self.widget()
        return content.minimumSizeHint().height() if content is not None else 0


def _places(widget: QWidget, content: QWidget) -> Iterator[QRect]:
    """Where in `content` the parts of its `widget` are that are seen as a whole or not at all."""
    corner = widget.mapTo(content, QPoint(0, 0))
    if _whole(widget, content):
        yield QRect(corner, widget.size())
    if row := int(widget.property(ROWS) or 0):
        for place in range(widget.height() // row):
            yield QRect(0, corner.y() + row * place, widget.width(), row)
    if (parts := widget.property(PARTS)) and widget.isVisibleTo(content):
        yield from (QRect(part).translated(corner) for part in parts)


def _whole(widget: QWidget, content: QWidget) -> bool:
    """Whether a widget of `content` is shown and is no part of another control, nor a holder of others.

    The bar of a list is as high as the list, of which whole rows may be seen.
    """
    control = isinstance(widget, QAbstractButton | QAbstractSlider | QAbstractSpinBox | QComboBox | QLabel | QLineEdit)
    inner = isinstance(widget.parent(), QAbstractSpinBox | QComboBox) or isinstance(widget, QScrollBar)
    return (control or bool(widget.property(WHOLE))) and not inner and widget.isVisibleTo(content)
