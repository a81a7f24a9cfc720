"""A submenu with all classes, to choose one from."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QMenu, QWidgetAction

from zscape.app.widgets.classes.class_chips import ClassChips

WIDTH = 272
"""Ten chips of a letter side by side."""


def add_class_menu(menu: QMenu, title: str, names: Sequence[str], chosen: int, pick: Callable[[int], object]) -> None:
    """Add the classes `names` to `menu` below `title`, `chosen` marked; pick(number) is called for the one that is taken."""
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
