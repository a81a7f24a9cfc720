"""A scroll area for text that never shows a partial line."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QRegion, QResizeEvent
from PySide6.QtWidgets import QLabel, QScrollArea, QWidget


class WholeLines(QScrollArea):
    """Labels of one or more lines: wherever the area is scrolled to, only fully visible lines are shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._labels: Sequence[QLabel] = ()
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_labels(self, holder: QWidget, labels: Sequence[QLabel]) -> None:
        """Show `holder`, which contains `labels`; their text begins at the top of each."""
        for label in labels:
            policy = label.sizePolicy()
            policy.setRetainSizeWhenHidden(True)
            label.setSizePolicy(policy)
        self._labels = labels
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
        if holder is None:
            return
        if (layout := holder.layout()) is not None:
            layout.activate()  # the positions must be current
        top = self.verticalScrollBar().value()
        for label in self._labels:
            lines = _lines_within(label, top, top + self.viewport().height())
            if lines == label.rect():
                label.clearMask()
            elif not lines.isEmpty():
                label.setMask(QRegion(lines))
            if label.isHidden() != lines.isEmpty():  # an empty mask would show everything
                label.setVisible(not lines.isEmpty())


def _lines_within(label: QLabel, top: int, bottom: int) -> QRect:
    """The part of `label` whose lines are completely between two heights of its parent."""
    if label.y() >= top and label.y() + label.height() <= bottom:
        return label.rect()
    line = label.fontMetrics().lineSpacing()
    above, below = max(0, top - label.y()), min(label.height(), bottom - label.y())
    first, end = -(-above // line) * line, below // line * line
    return QRect(0, first, label.width(), max(0, end - first))
