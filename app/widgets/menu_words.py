"""Words of a menu that a person or a file has given: names of files, shelves, directions and classes."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

MOST = 320
"""Pixels; a menu is as wide as its longest entry, and would go across the screen for a long name."""


def menu_words(menu: QMenu, words: str) -> str:
    """`words` as an entry of `menu`: shortened in the middle where they are longer than MOST, and with each & as it is."""
    return menu.fontMetrics().elidedText(words, Qt.TextElideMode.ElideMiddle, MOST).replace("&", "&&")
