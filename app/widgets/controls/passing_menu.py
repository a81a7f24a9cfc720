"""A menu that is made when it is asked for, and goes when it closes."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu


def pop_up(menu: QMenu, place: QPoint) -> None:
    """Open `menu` at `place` on the screen."""
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(place)
