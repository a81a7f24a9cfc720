"""The current moment of playback: views show their sheets as they are then, without knowing what moves them."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from zscape.app.work.rendering.ahead import Ahead
    from zscape.models.sweeps.base import Sweep
    from zscape.models.timeline.marks import Mark

Change = Callable[["Sweep"], "Sweep"]
UNDER_WAY = 16
"""The most sheets that may be on their way to the screen."""


class Moment(QObject):
    """Changes the sheet of every view before it is drawn; it changes nothing while nothing plays.

    changed(): each view must request its sheet again. left(): the user edits what is shown, so playback stops. begun(): another
    timeline was loaded from a file, so playback returns to its start. moving: whether the next moment follows at once, so that
    drafts are good enough.
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
        """Whether sheets are shown differently from the scene."""
        return self._change is not None

    def show(
        self,
        change: Change | None,
        marks: tuple[Mark, ...] = (),
        moving: bool = False,
        follows: Callable[[Sweep], Ahead | None] = lambda _: None,
    ) -> None:
        """From now on show sheets as `change` returns them; None: as they are in the scene. marks: the text over them.

        follows: returns what `ahead` returns.
        """
        self.moving, self._follows = moving, follows
        if change is not None or self._change is not None:
            self._change, self._marks = change, marks
            self.changed.emit()

    def leave(self) -> None:
        """The user edits what is shown: playback stops, because it would hide the edit."""
        if self.is_shown:
            self.left.emit()
            self.show(None)

    def of(self, sweep: Sweep) -> Sweep:
        """The sheet to draw for a view that shows `sweep`."""
        moved = sweep if self._change is None else self._change(sweep)
        if moved is not sweep and self._marks:
            self._said.append((moved, self._marks))
        return moved

    def ahead(self, sweep: Sweep) -> Ahead | None:
        """The frames to draw in advance for a view that shows `sweep`; None while nothing plays."""
        return self._follows(sweep) if self.moving and self._change is not None else None

    def marks_of(self, sweep: Sweep) -> tuple[Mark, ...]:
        """The text over `sweep`, which `of` returned: a late picture still has its own text."""
        return next((marks for moved, marks in self._said if moved is sweep), ())
