"""Texts that name the keys of an action, which the user can change."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from zscape.app.widgets.greyed import OWN, REASON

TIP = "tip before its keys"
"""The property of a control for the action it stands for, and its tooltip without the keys."""

_keys: dict[str, str] = {}  # of each action, as the system writes them; the window's actions put them here


def put_in_force(keys: Mapping[str, str]) -> None:
    """The actions have these keys from now on, by name, "" for none."""
    _keys.update(keys)


def keys_of(action: str) -> str:
    """The keys of the action called `action`, "" if it has none."""
    return _keys.get(action, "")


def tip_with_keys(control: QWidget, words: str, action: str) -> None:
    """Set the tooltip of `control`: `words`, and the keys of the action that does the same, also after the user changes them."""
    control.setProperty(TIP, (action, words))
    _show(control, action, words)


def show_keys(window: QWidget) -> None:
    """Keys have changed: update the tooltips below `window`."""
    for control in window.findChildren(QWidget):
        if told := control.property(TIP):
            _show(control, *told)


def _show(control: QWidget, action: str, words: str) -> None:
    keys = keys_of(action)
    tip = f"{words} ({keys})" if keys else words
    if control.property(REASON):
        control.setProperty(OWN, tip)  # shown once it is enabled
    else:
        control.setToolTip(tip)
