"""A tool button with words in a frame, as strips and panels have them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton

from zscape.app.widgets.menu_button import MenuButton
from zscape.app.widgets.theme import set_icon

Button = TypeVar("Button", bound=QToolButton)


def framed_button(
    words: str, tip: str, run: Callable[..., Any] | None = None, name: str = "", icon: str = "", checkable: bool = False
) -> QToolButton:
    """A button that says `words`, beside `icon` where there is one, and does `run`. name: for screen readers, else `words`."""
    return _framed(QToolButton(), words, tip, run, name, icon, checkable)


def framed_menu(words: str, tip: str, name: str = "", icon: str = "") -> MenuButton:
    """The same for a button that opens a menu, which it is given later."""
    button = _framed(MenuButton(), words, tip, None, name, icon, False)
    button.say(words)
    return button


def _framed(
    button: Button, words: str, tip: str, run: Callable[..., Any] | None, name: str, icon: str, checkable: bool
) -> Button:
    """Dress `button` so, and return it."""
    button.setText(words)
    button.setProperty("role", "framed")
    button.setToolTip(tip)
    button.setAccessibleName(name or words)
    button.setCheckable(checkable)
    if icon:
        set_icon(button, icon)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    if run is not None:
        button.clicked.connect(run)
    return button
