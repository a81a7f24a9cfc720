"""A box for seeds."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QValidator
from PySide6.QtWidgets import QWidget

from zscape.app.widgets.controls.fields import guard
from zscape.app.widgets.numbers.decimal_box import DecimalBox
from zscape.app.widgets.numbers.number_box import inset
from zscape.models.inputs.value import SEED_LIMIT

STORED = "stored latent"
"""Shown for a latent that no single seed gives."""


class SeedBox(DecimalBox):
    """A whole number from 0 to SEED_LIMIT - 1. -1 stands for a latent without a single seed: only code can set it, not the user.

    refused(line): the typed or pasted text is not a seed; the box keeps its value.
    """

    refused = Signal(str)
    sliderPressed = Signal()  # noqa: N815  as in Qt: around a drag
    sliderReleased = Signal()  # noqa: N815

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDecimals(0)
        self.setRange(-1, SEED_LIMIT - 1)
        self.valueChanged.connect(self._bar)
        self.setSpecialValueText(STORED)
        self.setKeyboardTracking(False)
        inset(self)
        guard(self)
        self.setAccessibleName("Seed")
        self.setToolTip("Each seed gives another latent, always the same")

    def setValue(self, value: float) -> None:
        """Show a seed, or -1."""
        if value < 0:
            self.setMinimum(-1)
            self.setSpecialValueText(STORED)
        super().setValue(value)
        self._bar(value)  # signals may be blocked

    def _bar(self, value: float) -> None:
        """After a seed is set, no step or drag can reach -1."""
        if value >= 0 and self.minimum() < 0:
            self.setSpecialValueText("")  # Qt shows it for the minimum
            self.setMinimum(0)

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        """Invalid text is allowed until it is entered."""
        fits = text == STORED if self.value() < 0 else False
        fits = fits or (text.isdecimal() and text.isascii() and int(text) < SEED_LIMIT)
        return (QValidator.State.Acceptable if fits else QValidator.State.Intermediate), text, position

    def fixup(self, text: str) -> str:
        """Replace invalid text by the last value."""
        if text.strip():
            self.refused.emit(f"{text.strip()[:40]!r} is not a seed: a seed is a whole number from 0 to {SEED_LIMIT - 1}.")
        return STORED if self.value() < 0 else self.textFromValue(self.value())
