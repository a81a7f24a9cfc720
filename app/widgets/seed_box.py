"""A box for seeds."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from zscape.app.widgets.decimal_box import DecimalBox
from zscape.app.widgets.fields import guard
from zscape.models.inputs.value import SEED_LIMIT


class SeedBox(DecimalBox):
    """A whole number from 0 to SEED_LIMIT - 1; -1 stands for what no one seed gives."""

    sliderPressed = Signal()  # noqa: N815  as in Qt: around a drag
    sliderReleased = Signal()  # noqa: N815

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDecimals(0)
        self.setRange(-1, SEED_LIMIT - 1)
        self.setSpecialValueText("stored latent")
        self.setKeyboardTracking(False)
        self.lineEdit().setTextMargins(4, 0, 0, 0)
        guard(self)
        self.setAccessibleName("Seed")
        self.setToolTip("Each seed is another draw of the whole latent, the same for good")
