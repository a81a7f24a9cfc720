"""Counts the frames of a playing film that were painted, and those that were dropped."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zscape.app.widgets.pictures.frame import Frame
    from zscape.models.sweeps.base import Sweep

PATIENCE = 10.0
"""Seconds after which a missing frame is no longer expected."""


class FrameCount:
    """Frames by number, each requested by its own sweep.

    shown, dropped: how many frames since `reset` were painted, and how many between them were not. last: the number of the last
    painted frame, or of the one before the first that counts; -1 for none. clock(): seconds.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._asked: list[tuple[int, Sweep]] = []  # those not painted yet, oldest first
        self._drawing: tuple[Sweep, float] | None = None  # the last one requested, until it is drawn, and since when
        self.reset()

    def reset(self, last: int = -1) -> None:
        """Set both counts to zero."""
        self.shown, self.dropped = 0, 0
        self.go_on(last)

    def go_on(self, last: int) -> None:
        """Count the frames after `last`; earlier requests are ignored."""
        self.last = last
        self._asked.clear()

    def forget(self) -> None:
        """Earlier requests will not be answered."""
        self._asked.clear()
        self._drawing = None

    def ask(self, number: int, sweep: Sweep) -> None:
        """Frame `number` has been requested."""
        self._asked.append((number, sweep))
        self._drawing = sweep, self._clock()

    @property
    def waits(self) -> bool:
        """Whether a frame is being drawn: another request now would interrupt it."""
        return self._drawing is not None and self._clock() - self._drawing[1] < PATIENCE

    def is_drawn(self, frame: Frame) -> bool:
        """Whether `frame` is the last one requested; if so it counts as drawn."""
        if self._drawing is None or self._drawing[0] is not frame.sweep:
            return False
        self._drawing = None
        return True

    def paint(self, frame: Frame) -> None:
        """`frame` is on screen."""
        number = next((number for number, sweep in self._asked if sweep is frame.sweep), None)
        if number is None or number <= self.last or not frame.complete:
            return  # also when a view requests a frame again for its own reasons
        self.dropped += number - self.last - 1
        self.shown += 1
        self.last = number
        self._asked = [each for each in self._asked if each[0] > number]
