"""A picture with a word above it."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget


def captioned(words: str, picture: QWidget) -> QVBoxLayout:
    """`picture` below `words`, at the top of the space there is."""
    column = QVBoxLayout()
    column.setSpacing(4)
    caption = QLabel(words)
    caption.setProperty("role", "small")
    column.addWidget(caption)
    column.addWidget(picture)
    column.addStretch(1)
    return column
