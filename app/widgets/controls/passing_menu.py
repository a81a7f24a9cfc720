"""A context menu that is created on demand and deleted when it closes."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu


def pop_up(menu: QMenu, place: QPoint) -> None:
    """Open `menu` at `place` on the screen; it is deleted when it closes."""
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(place)
