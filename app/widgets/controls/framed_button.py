"""A framed tool button with text, for strips and panels."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton

from zscape.app.widgets.controls.menu_button import MenuButton
from zscape.app.widgets.theme import set_icon

Button = TypeVar("Button", bound=QToolButton)


def framed_button(
    words: str, tip: str, run: Callable[..., Any] | None = None, name: str = "", icon: str = "", checkable: bool = False
) -> QToolButton:
    """A button with text `words`, beside `icon` if given, that calls `run`. name: the accessible name, by default `words`."""
    return _framed(QToolButton(), words, tip, run, name, icon, checkable)


def framed_menu(words: str, tip: str, name: str = "", icon: str = "") -> MenuButton:
    """The same for a button with a menu, which is set later."""
    button = _framed(MenuButton(), words, tip, None, name, icon, False)
    button.say(words)
    return button


def _framed(
    button: Button, words: str, tip: str, run: Callable[..., Any] | None, name: str, icon: str, checkable: bool
) -> Button:
    """Set the common properties of `button` and return it."""
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
