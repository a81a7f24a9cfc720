"""What became of the frames of a film that plays: painted, or too late."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zscape.app.widgets.frame import Frame
    from zscape.models.sweeps.base import Sweep

PATIENCE = 10.0
"""Seconds after which a frame that has not come is given up."""


class FrameCount:
    """Frames by their numbers, each of which is asked for by a sweep of its own.

    shown, dropped: those since `reset` that were painted, and that should have been between them. last: the number of the last
    that was painted, or in whose place others begin, -1 for none. clock(): seconds.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._asked: list[tuple[int, Sweep]] = []  # those that are not painted yet, the oldest first
        self._drawing: tuple[Sweep, float] | None = None  # the last of those, until it is drawn, and since when
        self.reset()

    def reset(self, last: int = -1) -> None:
        """None is counted."""
        self.shown, self.dropped = 0, 0
        self.go_on(last)

    def go_on(self, last: int) -> None:
        """Those that follow `last` count; what was asked for is given up."""
        self.last = last
        self._asked.clear()

    def forget(self) -> None:
        """What was asked for never comes."""
        self._asked.clear()
        self._drawing = None

    def ask(self, number: int, sweep: Sweep) -> None:
        """Frame `number` is asked for."""
        self._asked.append((number, sweep))
        self._drawing = sweep, self._clock()

    @property
    def waits(self) -> bool:
        """Whether one is being drawn: what is asked for now would cut that short."""
        return self._drawing is not None and self._clock() - self._drawing[1] < PATIENCE

    def is_drawn(self, frame: Frame) -> bool:
        """Whether `frame` is what was asked for last; then it is drawn."""
        if self._drawing is None or self._drawing[0] is not frame.sweep:
            return False
        self._drawing = None
        return True

    def paint(self, frame: Frame) -> None:
        """`frame` is on screen."""
        number = next((number for number, sweep in self._asked if sweep is frame.sweep), None)
        if number is None or number <= self.last or not frame.complete:
            return  # also where a view asks for a frame again, for a reason of its own
        self.dropped += number - self.last - 1
        self.shown += 1
        self.last = number
        self._asked = [each for each in self._asked if each[0] > number]
