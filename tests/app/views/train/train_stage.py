"""Waits for the train view, and simulates input on it."""

from PySide6.QtCore import Qt


def known(qtbot, view):
    """Wait until the data has been examined."""
    qtbot.waitUntil(lambda: view.setup.look.found is not None or bool(view.setup.look.error), timeout=20_000)


def choose(qtbot, box, words):
    """Choose an entry by keyboard, as a user does."""
    box.setFocus()
    row = box.findText(words)
    assert row >= 0
    while box.currentIndex() != row:
        qtbot.keyClick(box, Qt.Key.Key_Down if row > box.currentIndex() else Qt.Key.Key_Up)
