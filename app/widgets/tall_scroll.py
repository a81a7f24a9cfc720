"""A widget that scrolls up and down where it needs more height than there is, and else fills its place."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget


class TallScroll(QScrollArea):
    """`content` as wide as the area, and as high as that or as its least height.

    Qt's own resizable area would give a content with lists of its own the height it would like best, and so two scroll bars.
    """

    def __init__(self, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(content)
        content.installEventFilter(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.widget() and event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        content = self.widget()
        if content is not None:
            room = self.maximumViewportSize()
            least, bar = self._least(room.width()), 0
            if least > room.height():
                bar = self.verticalScrollBar().sizeHint().width()
                least = self._least(room.width() - bar)
            content.resize(room.width() - bar, max(room.height(), least))

    def _least(self, width: int) -> int:
        """The least height of the content where it is `width` pixels wide."""
        content = self.widget()
        return content.minimumSizeHint().height() if content is not None else 0
