"""A push button with text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QPushButton


def text_button(words: str, tip: str, run: Callable[..., Any] | SignalInstance | None = None) -> QPushButton:
    """A button with text `words` that calls `run`. In a dialog Enter does not press it, unless it is made the default button."""
    button = QPushButton(words)
    button.setToolTip(tip)
    button.setAccessibleName(words.rstrip("…"))
    button.setAutoDefault(False)
    if run is not None:
        button.clicked.connect(run)
    return button
