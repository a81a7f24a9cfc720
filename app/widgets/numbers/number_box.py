"""Creates number boxes with a uniform look."""

from __future__ import annotations

from PySide6.QtWidgets import QDoubleSpinBox, QSpinBox

from zscape.app.widgets.numbers.decimal_box import DecimalBox
from zscape.app.widgets.numbers.whole_number import WholeNumber

INSET = 5
"""The space left of a number, so that it is aligned with the text of other fields."""


def whole_box(
    ends: tuple[int, int], now: int, tip: str, name: str = "", step: int = 1, suffix: str = "", width: int = 0
) -> QSpinBox:
    """A box for a whole number between the `ends`. name: the accessible name. width: fixed, 0 for none."""
    box = WholeNumber()
    box.setRange(*ends)
    _dress(box, tip, name, suffix, width)
    box.setSingleStep(step)
    box.setValue(now)
    return box


def decimal_box(
    ends: tuple[float, float],
    now: float,
    tip: str,
    name: str = "",
    decimals: int = 2,
    step: float = 1.0,
    suffix: str = "",
    width: int = 0,
) -> DecimalBox:
    """A box for a number with `decimals` decimal places; the other parameters as in `whole_box`."""
    box = DecimalBox()
    box.setDecimals(decimals)  # first, because the ends and the number are rounded to them
    box.setRange(*ends)
    _dress(box, tip, name, suffix, width)
    box.setSingleStep(step)
    box.setValue(now)
    return box


def inset(box: QSpinBox | QDoubleSpinBox) -> None:
    """Align the text of `box` with that of other fields."""
    box.lineEdit().setTextMargins(INSET, 0, 0, 0)


def _dress(box: QSpinBox | QDoubleSpinBox, tip: str, name: str, suffix: str, width: int) -> None:
    inset(box)
    box.setToolTip(tip)
    box.setAccessibleName(name)
    box.setSuffix(suffix)
    if width:
        box.setFixedWidth(width)
