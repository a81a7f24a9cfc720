"""Simulated keyboard input on a window, and the widget that has the focus."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication


def focus():
    return QApplication.focusWidget()


def press(window, key, modifiers=Qt.KeyboardModifier.NoModifier):
    """Send a key to the window, as the system does."""
    QTest.keyClick(window.windowHandle(), key, modifiers)


def place_of(window, widget):
    return widget.mapTo(window, QPoint(0, 0))
