"""A text field for searching a list."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit


def search_field(hint: str, name: str, tip: str) -> QLineEdit:
    """Make a field with a clear button. hint: its placeholder text. name: its name for screen readers. tip: its tooltip."""
    field = QLineEdit()
    field.setPlaceholderText(hint)
    field.setClearButtonEnabled(True)
    field.setAccessibleName(name)
    field.setToolTip(tip)
    return field
