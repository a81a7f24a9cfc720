"""Pictures with a caption above each."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

GAP = 16


def captioned(words: str, picture: QWidget) -> QVBoxLayout:
    """`picture` below `words`, at the top of the available space."""
    column = QVBoxLayout()
    column.setSpacing(4)
    caption = QLabel(words)
    caption.setProperty("role", "small")
    column.addWidget(caption)
    column.addWidget(picture)
    column.addStretch(1)
    return column


def captioned_row(pictures: dict[str, QWidget], side: QWidget) -> QHBoxLayout:
    """Pictures side by side, by their captions, then `side`; centred in the available width."""
    row = QHBoxLayout()
    row.setContentsMargins(GAP, GAP, GAP, GAP // 2)
    row.setSpacing(GAP)
    row.addStretch(1)
    for words, picture in pictures.items():
        row.addLayout(captioned(words, picture))
    row.addWidget(side)
    row.addStretch(1)
    return row
