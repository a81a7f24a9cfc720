"""A field for words that a list is searched by."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit


def search_field(hint: str, name: str, tip: str) -> QLineEdit:
    """A field that can be cleared. hint: what it says while it is empty. name: for screen readers."""
    field = QLineEdit()
    field.setPlaceholderText(hint)
    field.setClearButtonEnabled(True)
    field.setAccessibleName(name)
    field.setToolTip(tip)
    return field
