"""The strip of a view's own few controls, the same height in every view."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

HEIGHT = 40


class Strip(QWidget):
    """Labelled controls in a row, left to right, 8 pixels apart."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("strip")
        self.setFixedHeight(HEIGHT)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 0, 16, 0)
        self._row.setSpacing(8)

    def add(self, control: QWidget, label: str = "") -> QWidget:
        """Append `control`, named by `label` before it; returns the control."""
        if label:
            words = QLabel(label)
            words.setBuddy(control)
            words.setProperty("role", "dim")
            self._row.addWidget(words)
            if not control.accessibleName():
                control.setAccessibleName(label)
        self._row.addWidget(control, alignment=Qt.AlignmentFlag.AlignVCenter)
        return control

    def add_gap(self) -> None:
        """A wider space between two groups of controls."""
        self._row.addSpacing(16)

    def add_stretch(self) -> None:
        """What follows stands at the right end."""
        self._row.addStretch(1)

    def add_words(self, text: str) -> QLabel:
        """A quiet line of text; it gives way where room is short."""
        words = QLabel(text)
        words.setProperty("role", "dim")
        words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._row.addWidget(words, 1)
        return words
