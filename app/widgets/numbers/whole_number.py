"""A box for whole numbers, and what all number boxes do with one past their ends."""

from __future__ import annotations

import re

from PySide6.QtGui import QValidator
from PySide6.QtWidgets import QDoubleSpinBox, QSpinBox

NUMBER = re.compile(r"[-+]?\d{1,15}(\.\d*)?")

Validated = tuple[QValidator.State, str, int]


def nearest(box: QSpinBox | QDoubleSpinBox, text: str) -> str:
    """`text` with the end of `box` that is nearest in place of a number past it; "" where there is no such number."""
    groups = box.locale().groupSeparator() if box.isGroupSeparatorShown() else ""
    bare = text.removeprefix(box.prefix()).removesuffix(box.suffix()).strip()
    bare = bare.replace(groups, "") if groups else bare
    if not NUMBER.fullmatch(bare) or box.minimum() <= float(bare) <= box.maximum():
        return ""
    end = box.maximum() if float(bare) > box.maximum() else box.minimum()
    words = box.textFromValue(end) if isinstance(box, QDoubleSpinBox) else box.textFromValue(int(end))
    return f"{box.prefix()}{words}{box.suffix()}"


def let_go_on(box: QSpinBox | QDoubleSpinBox, validated: Validated, text: str) -> Validated:
    """`validated`, of `text`, with a number past an end taken for one that is still being typed.

    Qt refuses its last digit without a word, so that 120 becomes 12 where 60 is the most. Once it is typed the box shows the
    nearest number that can be (see `nearest`).
    """
    refused = validated[0] == QValidator.State.Invalid and nearest(box, text)
    return (QValidator.State.Intermediate, *validated[1:]) if refused else validated


class WholeNumber(QSpinBox):
    """As Qt's own, but a number past its ends becomes the nearest that can be."""

    def validate(self, text: str, position: int) -> Validated:
        """Whether `text` is a number, or can become one."""
        return let_go_on(self, super().validate(text, position), text)

    def fixup(self, text: str) -> str:
        """What the box shows in place of what is no number that can be."""
        return nearest(self, text) or super().fixup(text)
