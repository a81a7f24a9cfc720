"""A box for decimal numbers, with a point or a comma in any locale."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QDoubleSpinBox, QWidget

from zscape.app.widgets.numbers.whole_number import Validated, let_go_on, nearest


class DecimalBox(QDoubleSpinBox):
    """Shows 1.75, as recipes, files and the command line do, and also accepts 1,75; it has no thousands separators."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setLocale(_plain())

    def validate(self, text: str, position: int) -> Validated:
        """Whether `text` is a number, or can become one; a comma counts as a point."""
        plain = _with_point(text)
        return let_go_on(self, super().validate(plain, position), plain)

    def valueFromText(self, text: str) -> float:
        """The number in `text`."""
        return super().valueFromText(_with_point(text))

    def fixup(self, text: str) -> str:
        """The text shown instead of an invalid number."""
        plain = _with_point(text)
        return nearest(self, plain) or super().fixup(plain)


@cache
def _plain() -> QLocale:
    """The C locale without separators; created once for all boxes."""
    plain = QLocale(QLocale.Language.C)
    plain.setNumberOptions(QLocale.NumberOption.OmitGroupSeparator | QLocale.NumberOption.RejectGroupSeparator)
    return plain


def _with_point(text: str) -> str:
    return text.replace(",", ".")
