"""A submenu for choosing a class."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QMenu, QWidgetAction

from zscape.app.widgets.classes.class_chips import ClassChips

WIDTH = 272
"""The width of ten one-letter chips."""


def add_class_menu(menu: QMenu, title: str, names: Sequence[str], chosen: int, pick: Callable[[int], object]) -> None:
    """Add the classes `names` to `menu` below `title`, with `chosen` marked; pick(number) is called with the choice."""
    inner = menu.addMenu(title)
    chips = ClassChips(names)
    chips.setFixedWidth(WIDTH)
    chips.setContentsMargins(8, 4, 8, 4)
    chips.mark(chosen)

    def take(number: int) -> None:
        menu.close()
        pick(number)

    chips.picked.connect(take)
    action = QWidgetAction(inner)
    action.setDefaultWidget(chips)
    inner.addAction(action)
    inner.aboutToShow.connect(lambda: QTimer.singleShot(0, chips, chips.take_focus))
