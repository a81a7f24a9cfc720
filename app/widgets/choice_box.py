"""A box to choose one of several things by name."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QComboBox


def choice_box(names: Iterable[str], tip: str, name: str = "", chosen: str = "") -> QComboBox:
    """Offers `names`. name: of the box, for screen readers. chosen: one of `names`; else the first is chosen."""
    box = QComboBox()
    box.addItems(list(names))
    box.setCurrentText(chosen)
    box.setToolTip(tip)
    box.setAccessibleName(name)
    return box
