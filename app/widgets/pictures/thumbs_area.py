"""A scroll area for thumbnails that shows whole rows."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from zscape.app.widgets.layouts.sliver import sliver
from zscape.app.widgets.pictures.thumbs import GAP, TOP, Thumbs

LEAST = 60
"""The minimum height: a row and the space around it."""


class ThumbsArea(QScrollArea):
    """`thumbs` with the width of the area, and its scroll bar."""

    def __init__(self, thumbs: Thumbs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMinimumHeight(LEAST)
        self._thumbs = thumbs
        self._later = QTimer(self)  # during a resize Qt would not hide the scroll bar
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._fit)
        self.setWidget(thumbs)

    def resizeEvent(self, event: QResizeEvent) -> None:
        at_end = self._at_end
        super().resizeEvent(event)
        if at_end:
            self._to_end()
        self._later.start(0)

    @property
    def _at_end(self) -> bool:
        """Whether it is scrolled to the last row, which is then to stay the last visible one."""
        bar = self.verticalScrollBar()
        return 0 < bar.maximum() == bar.value()

    def _to_end(self) -> None:
        self.verticalScrollBar().setValue(self.verticalScrollBar().maximum())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.widget() and event.type() == QEvent.Type.Resize:
            self._later.start(0)
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        row, whole = self._thumbs.side + GAP, self._thumbs.heightForWidth(self._thumbs.width())
        height = self.height() - 2 * self.frameWidth()
        # The gap between rows may be partly visible.
        cut = max(0, sliver(height - TOP + GAP, whole - 2 * TOP + GAP, row) - GAP)
        if cut != self.viewportMargins().bottom():
            at_end = self._at_end
            self.setViewportMargins(0, 0, 0, cut)
            if at_end:
                self._to_end()
