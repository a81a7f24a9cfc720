"""The top of the window: the header, and below it the tabs of the views, over the whole width.

There the tabs stay where they are, whichever panels a view has beside it.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from zscape.app.widgets.view_tabs import ViewTabs
from zscape.app.window.header import Header

MARGIN = 4
"""Beside the tabs: their words begin below those of the header."""


class Top(QWidget):
    """Holds both; they are the window's own."""

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
