"""Disables controls and shows why: in the tooltip and in the search over actions."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

REASON, OWN = "greyed because", "tip while not greyed"
"""The properties of a control for the reason, and for its tooltip while it is enabled."""

NO_MODEL = "Open a model first"
NO_PICTURE = "There is no picture yet"
NOTHING_KEPT = "Nothing is kept on this shelf yet: keep a point first"
ONE_CLASS = "This model has only one class"
"""Reasons that are used in several places."""


def grey(control: QWidget | QAction, reason: str) -> None:
    """Disable `control` and show the reason as its tooltip, in plain words; "" enables it and restores its own tooltip.

    A tooltip that was set meanwhile becomes its own.
    """
    if isinstance(control, QMenu):
        control = control.menuAction()
    before = _text(control, REASON)
    if not before or control.toolTip() != before:
        control.setProperty(OWN, control.toolTip())
    if reason != before:
        control.setProperty(REASON, reason)
    if (wanted := reason or _text(control, OWN)) != control.toolTip():
        control.setToolTip(wanted)
    control.setEnabled(not reason)


def why_greyed(control: QWidget | QAction) -> str | None:
    """Why `control`, or one of its parents, is disabled; "" if no reason is given, None if it is enabled."""
    if control.isEnabled():
        return None
    if isinstance(control, QToolButton) and (action := control.defaultAction()) is not None:
        control = action
    while not (reason := _text(control, REASON)) and isinstance(control, QWidget):
        parent = control.parentWidget()
        if parent is None or parent.isEnabled():
            break
        control = parent
    return reason


def _text(control: QWidget | QAction, name: str) -> str:
    return str(control.property(name) or "")
