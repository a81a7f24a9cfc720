"""The moment of what plays: views show their sheets as they are then, and know nothing of what makes them move."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from zscape.app.work.ahead import Ahead
    from zscape.models.sweeps.base import Sweep
    from zscape.models.timeline.marks import Mark

Change = Callable[["Sweep"], "Sweep"]
UNDER_WAY = 16
"""Sheets that may be on their way to the screen at once."""


class Moment(QObject):
    """What every view's sheet is turned into before it is drawn; nothing while nothing plays.

    changed(): whoever shows a sheet asks for it again. left(): a hand works on what is shown, so whoever plays stops. begun():
    another timeline has come from a file, so whoever plays goes to its beginning. moving: whether the next moment follows at
    once: drafts will do.
    """

    changed = Signal()
    left = Signal()
    begun = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._change: Change | None = None
        self.moving = False
        self._follows: Callable[[Sweep], Ahead | None] = lambda _: None
        self._marks: tuple[Mark, ...] = ()
        self._said: deque[tuple[Sweep, tuple[Mark, ...]]] = deque(maxlen=UNDER_WAY)

    @property
    def is_shown(self) -> bool:
        """Whether sheets are shown otherwise than the scene has them."""
        return self._change is not None

    def show(
        self,
        change: Change | None,
        marks: tuple[Mark, ...] = (),
        moving: bool = False,
        follows: Callable[[Sweep], Ahead | None] = lambda _: None,
    ) -> None:
        """Turn sheets into what `change` gives from now on; None: show them as the scene has them. marks: text over them.

        follows: what `ahead` gives.
        """
        self.moving, self._follows = moving, follows
        if change is not None or self._change is not None:
            self._change, self._marks = change, marks
            self.changed.emit()

    def leave(self) -> None:
        """A hand works on what is shown: what plays ends, or it would hide what the hand does."""
        if self.is_shown:
            self.left.emit()
            self.show(None)

    def of(self, sweep: Sweep) -> Sweep:
        """What is drawn for a view that shows `sweep`."""
        moved = sweep if self._change is None else self._change(sweep)
        if moved is not sweep and self._marks:
            self._said.append((moved, self._marks))
        return moved

    def ahead(self, sweep: Sweep) -> Ahead | None:
        """What follows of a view that shows `sweep`, to be drawn before it is due; None where nothing plays."""
        return self._follows(sweep) if self.moving and self._change is not None else None

    def marks_of(self, sweep: Sweep) -> tuple[Mark, ...]:
        """The text over `sweep`, which `of` gave: a picture that comes late still has its own."""
        return next((marks for moved, marks in self._said if moved is sweep), ())
