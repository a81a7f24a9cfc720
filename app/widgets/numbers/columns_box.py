"""A box for the number of steps of a sweep."""

from __future__ import annotations

from PySide6.QtCore import Signal

from zscape.app.widgets.controls.fields import guard
from zscape.app.widgets.numbers.number_box import inset
from zscape.app.widgets.numbers.whole_number import WholeNumber

MOST = 24


class ColumnsBox(WholeNumber):
    """A whole number from 2 to MOST."""

    sliderPressed = Signal()  # noqa: N815  as in Qt: around a drag
    sliderReleased = Signal()  # noqa: N815

    def __init__(self) -> None:
        super().__init__()
        self.setRange(2, MOST)
        self.setKeyboardTracking(False)
        self.setFixedWidth(64)
        inset(self)
        guard(self)
        self.setAccessibleName("Columns")
        self.setToolTip("How many pictures from the left end to the right: more are smaller and change more slowly")
