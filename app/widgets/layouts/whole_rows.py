"""A list with columns that shows whole rows only."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QTreeWidget

from zscape.app.widgets.layouts.sliver import sliver


class WholeRows(QTreeWidget):
    """Rows of equal height, without branches; the space below the last one that fits is empty."""

    def __init__(self) -> None:
        super().__init__()
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self._fitting = False

    def updateGeometries(self) -> None:
        """Called by Qt whenever the list or its size has changed, also by changes made here."""
        if self._fitting:
            return
        self._fitting = True
        try:
            super().updateGeometries()
            row = self.sizeHintForRow(0)
            if row > 0:
                head = self.viewportMargins().top()
                shown = sum(not self.isRowHidden(place, QModelIndex()) for place in range(self.topLevelItemCount()))
                height = self.height() - 2 * self.frameWidth() - head
                self.setViewportMargins(0, head, 0, sliver(height, shown * row, row))
        finally:
            self._fitting = False
