"""Frames of what plays that are drawn before they are due, so that it plays without a gap."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from zscape.app.widgets.frame import Frame

if TYPE_CHECKING:
    from zscape.app.work.played_frames import PlayedFrames
    from zscape.models.inference.runner import GeneratorRunner
    from zscape.models.sweeps.base import Sweep

SPARE = 0.7
"""How quickly frames are drawn while others are shown, in shares of how quickly they are drawn alone."""
LAST = 8
"""Frames of which the mean is what drawing one takes."""
CUSHION = 8
"""Frames that are there at the least before it plays: one that takes longer than the others is not late then."""


class Ahead:
    """The frames of one sheet from where it begins to play: `count` of them, at `rate` a second; where it `loops` the first
    follows the last.

    sweep(number): that one, in whatever thread. wanted: whether they are to be drawn. at: the one that is shown; those that
    follow it are drawn first. step: of those every so many first, where there is no time for all. seconds: what drawing one
    takes, 0.0 while that is not known. fits: whether there is room for all of them. The thread that draws writes the last two;
    others write `wanted`, `at` and `step`.
    """

    def __init__(self, count: int, rate: float, sweep: Callable[[int], Sweep], loops: bool = False) -> None:
        self.count, self.rate, self.sweep, self.loops = count, rate, sweep, loops
        self.wanted, self.fits = False, True
        self.at, self.step = 0, 1
        self.seconds = 0.0
        self._drawn = bytearray(count)
        self._begun = time.perf_counter()
        self._times: list[float] = []

    @property
    def drawn(self) -> int:
        """How many are kept."""
        return self._drawn.count(1)

    @property
    def over(self) -> bool:
        """Whether there is nothing more to draw."""
        return not self.fits or self.next < 0

    @property
    def next(self) -> int:
        """The number of the one that is to be drawn next, -1 for none."""
        for step in (self.step, 1):
            drawn = self._drawn[::step]
            place = drawn.find(0, -(-self.at // step))
            if place < 0 and self.loops:
                place = drawn.find(0)
            if place >= 0:
                return place * step
        return -1

    @property
    def measured(self) -> int:
        """Of so many `seconds` is the mean."""
        return len(self._times)

    def ready(self, step: int) -> int:
        """So many of every `step` are there in a row, from the one that is shown on."""
        drawn = self._drawn[::step]
        first = -(-self.at // step)
        place = drawn.find(0, first)
        return (place if place >= 0 else len(drawn)) - first

    def needed(self, step: int) -> int:
        """How many of every `step` must be `ready` before it goes on from the one that is shown, so that none is late."""
        rest = self.count - self.at
        drawn_meanwhile = rest / self.rate * SPARE / max(self.seconds, 1e-6)
        every = -(-rest // step)
        return min(every, max(0, every - int(drawn_meanwhile)) + CUSHION)

    def keep(self, number: int, seconds: float = 0.0) -> None:
        """That one is kept now. seconds: what drawing it took, 0.0 where it was there."""
        self._drawn[number] = 1
        if seconds:
            self._times = [*self._times[1 - LAST :], seconds]
            self.seconds = sum(self._times) / len(self._times)

    def draw_next(
        self,
        channel: str,
        runner: GeneratorRunner,
        kept: PlayedFrames,
        stop: Callable[[Sweep], bool],
        may_draft: bool,
    ) -> bool:
        """Draw the next one and keep it in `kept`, unless it is there; returns whether anything is to be told.

        stop(sweep): whether something waits that is wanted now, other than that one: then it is given up. may_draft: whether
        drafts will do.
        """
        from zscape.models.media.grids import bgra

        number = self.next
        if number < 0:
            return False
        start, sweep, seconds = time.perf_counter(), self.sweep(number), 0.0
        if not kept.has(channel, sweep):
            points = sweep.points(runner.model.space)
            draft = may_draft and runner.drafted(points.count)
            batch = runner.draw(points, lambda: stop(sweep), draft)
            if not batch.complete:
                return False
            pixels = bgra(batch.images, points.rows, points.columns)
            seconds = time.perf_counter() - start
            frame = Frame(channel, 0, runner.model, sweep, points, batch.images, pixels, start, seconds, True, draft)
            if not kept.room_for(frame, self.count) or not kept.keep(frame, self._begun):
                self.fits = False
                return True
        self.keep(number, seconds)
        return True
