"""A box for whole numbers, and the handling of out-of-range numbers in all number boxes."""

from __future__ import annotations

import re

from PySide6.QtGui import QValidator
from PySide6.QtWidgets import QDoubleSpinBox, QSpinBox

NUMBER = re.compile(r"[-+]?\d{1,15}(\.\d*)?")

Validated = tuple[QValidator.State, str, int]


def nearest(box: QSpinBox | QDoubleSpinBox, text: str) -> str:
    """`text` with an out-of-range number replaced by the nearest end of the range of `box`; "" if it has no such number."""
    groups = box.locale().groupSeparator() if box.isGroupSeparatorShown() else ""
    bare = text.removeprefix(box.prefix()).removesuffix(box.suffix()).strip()
    bare = bare.replace(groups, "") if groups else bare
    if not NUMBER.fullmatch(bare) or box.minimum() <= float(bare) <= box.maximum():
        return ""
    end = box.maximum() if float(bare) > box.maximum() else box.minimum()
    words = box.textFromValue(end) if isinstance(box, QDoubleSpinBox) else box.textFromValue(int(end))
    return f"{box.prefix()}{words}{box.suffix()}"


def let_go_on(box: QSpinBox | QDoubleSpinBox, validated: Validated, text: str) -> Validated:
    """`validated`, the result for `text`, with an out-of-range number treated as not finished.

    Qt silently refuses its last digit, so that typing 120 gives 12 if the maximum is 60. Here the box shows the nearest
    valid number afterwards (see `nearest`).
    """
    refused = validated[0] == QValidator.State.Invalid and nearest(box, text)
    return (QValidator.State.Intermediate, *validated[1:]) if refused else validated


class WholeNumber(QSpinBox):
    """Like Qt's own, but an out-of-range number becomes the nearest valid one."""

    def validate(self, text: str, position: int) -> Validated:
        """Whether `text` is a number, or can become one."""
        return let_go_on(self, super().validate(text, position), text)

    def fixup(self, text: str) -> str:
        """The text shown instead of an invalid number."""
        return nearest(self, text) or super().fixup(text)
