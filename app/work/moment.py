"""The moment of what plays: views show their sheets as they are then, and know nothing of what makes them move."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from zscape.models.sweeps.base import Sweep

Change = Callable[["Sweep"], "Sweep"]


class Moment(QObject):
    """What every view's sheet is turned into before it is drawn; nothing while nothing plays.

    changed(): whoever shows a sheet asks for it again.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._change: Change | None = None

    @property
    def is_shown(self) -> bool:
        """Whether sheets are shown otherwise than the scene has them."""
        return self._change is not None

    def show(self, change: Change | None) -> None:
        """Turn sheets into what `change` gives from now on; None: show them as the scene has them."""
        if change is not None or self._change is not None:
            self._change = change
            self.changed.emit()

    def of(self, sweep: Sweep) -> Sweep:
        """What is drawn for a view that shows `sweep`."""
        return sweep if self._change is None else self._change(sweep)
