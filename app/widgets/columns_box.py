"""How many steps a sweep takes from one end to the other."""

from __future__ import annotations

from PySide6.QtWidgets import QSpinBox

from zscape.app.widgets.undo_keys import leave_undo

MOST = 24


class ColumnsBox(QSpinBox):
    """A whole number from 2 to MOST."""

    def __init__(self) -> None:
        super().__init__()
        self.setRange(2, MOST)
        self.setKeyboardTracking(False)
        self.setFixedWidth(64)
        self.lineEdit().setTextMargins(4, 0, 0, 0)
        leave_undo(self)
        self.setAccessibleName("Columns")
        self.setToolTip("How many pictures from the left end to the right: more are smaller and change more slowly")
