"""Menu entries whose text comes from the user or a file: names of files, shelves, directions and classes."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

MOST = 320
"""The maximum width in pixels: a menu is as wide as its longest entry, and would cross the screen for a long name."""


def menu_words(menu: QMenu, words: str) -> str:
    """`words` as an entry of `menu`: elided in the middle if wider than MOST, and with each & escaped."""
    return menu.fontMetrics().elidedText(words, Qt.TextElideMode.ElideMiddle, MOST).replace("&", "&&")
