"""A widget whose tooltip depends on where the mouse is."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QToolTip, QWidget


class Tipped(QWidget):
    """A subclass says in `tip_at` what is where."""

    def tip_at(self, position: QPointF) -> str:
        """The tooltip at `position`, the widget's own where there is nothing else to say."""
        return self.toolTip()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self.tip_at(QPointF(event.pos())), self)
            return True
        return super().event(event)
