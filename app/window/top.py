"""The top of the window: the header and, below it, the tabs of the views over the full width.

There the tabs do not move, whichever panels a view has beside it.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from zscape.app.widgets.controls.view_tabs import ViewTabs
from zscape.app.window.header import Header

MARGIN = 4
"""The space beside the tabs: their text begins below that of the header."""


class Top(QWidget):
    """Contains both, which belong to the window."""

    def __init__(self, header: Header, tabs: ViewTabs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        below = QWidget()
        below.setObjectName("tabs")
        below.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(below)
        row.setContentsMargins(MARGIN, 0, MARGIN, 0)
        row.addWidget(tabs)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(header)
        column.addWidget(below)
