"""A combo box for a choice by name."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QComboBox


def choice_box(names: Iterable[str], tip: str, name: str = "", chosen: str = "") -> QComboBox:
    """A combo box of `names`. name: its accessible name. chosen: the selected one of `names`; by default the first."""
    box = QComboBox()
    box.addItems(list(names))
    box.setCurrentText(chosen)
    box.setToolTip(tip)
    box.setAccessibleName(name)
    return box
