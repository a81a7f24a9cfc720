"""An area of rows that scrolls and never shows a part of one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget


class WholeRows(QScrollArea):
    """Rows of widgets, of whatever heights: those that are not wholly in sight keep their place and are not shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: Sequence[Sequence[QWidget]] = ()
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_rows(self, holder: QWidget, rows: Sequence[Sequence[QWidget]]) -> None:
        """Show `holder`, in which each of `rows` are widgets side by side."""
        for widget in (widget for row in rows for widget in row):
            policy = widget.sizePolicy()
            policy.setRetainSizeWhenHidden(True)
            widget.setSizePolicy(policy)
        self._rows = rows
        self.setWidget(holder)
        holder.installEventFilter(self)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.widget() and event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self._fit()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        self._fit()

    def _fit(self) -> None:
        holder = self.widget()
        if holder is None or not self._rows:
            return
        if (layout := holder.layout()) is not None:
            layout.activate()  # the places must be those of now
        top, high = self.verticalScrollBar().value(), self.viewport().height()
        for row in self._rows:
            first = min(widget.y() for widget in row)
            last = max(widget.y() + widget.height() for widget in row)
            whole = (first >= top and last <= top + high) or last - first > high
            for widget in row:
                if widget.isHidden() == whole:
                    widget.setVisible(whole)
