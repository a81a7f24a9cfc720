"""Pictures with a word above each."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

GAP = 16


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


def captioned_row(pictures: dict[str, QWidget], side: QWidget) -> QHBoxLayout:
    """The pictures beside each other by the words above them, then `side`, in the middle of the width there is."""
    row = QHBoxLayout()
    row.setContentsMargins(GAP, GAP, GAP, GAP // 2)
    row.setSpacing(GAP)
    row.addStretch(1)
    for words, picture in pictures.items():
        row.addLayout(captioned(words, picture))
    row.addWidget(side)
    row.addStretch(1)
    return row
