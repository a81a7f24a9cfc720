"""Frames of what plays that are drawn before they are due, so that a slow sheet plays without a gap."""

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


class Ahead:
    """The frames of one sheet from where it begins to play: `count` of them, at `rate` a second.

    sweep(number): that one, in whatever thread. wanted: whether they are to be drawn. drawn: so many from the first on are kept.
    seconds: what drawing one takes, 0.0 while that is not known. fits: whether there is room for all of them. The thread that
    draws writes the last three; others only read.
    """

    def __init__(self, count: int, rate: float, sweep: Callable[[int], Sweep]) -> None:
        self.count, self.rate, self.sweep = count, rate, sweep
        self.wanted, self.fits = False, True
        self.drawn, self.seconds = 0, 0.0
        self._begun = time.perf_counter()
        self._times: list[float] = []

    @property
    def over(self) -> bool:
        """Whether there is nothing more to draw."""
        return self.drawn >= self.count or not self.fits

    def needed(self, shown: int) -> int:
        """How many must be there before it goes on from frame `shown`, so that none is late."""
        drawn_meanwhile = (self.count - shown) / self.rate * SPARE / max(self.seconds, 1e-6)
        return max(0, self.count - int(drawn_meanwhile))

    def draw_next(
        self, channel: str, runner: GeneratorRunner, kept: PlayedFrames, stop: Callable[[], bool], may_draft: bool
    ) -> bool:
        """Draw the next one and keep it in `kept`, unless it is there; returns whether anything is to be told.

        stop(): whether something waits that is wanted now: then it is given up. may_draft: whether drafts will do.
        """
        from zscape.models.media.grids import bgra

        start, sweep = time.perf_counter(), self.sweep(self.drawn)
        if not kept.has(channel, sweep):
            points = sweep.points(runner.model.space)
            draft = may_draft and runner.drafted(points.count)
            batch = runner.draw(points, stop, draft)
            if not batch.complete:
                return False
            pixels = bgra(batch.images, points.rows, points.columns)
            seconds = time.perf_counter() - start
            frame = Frame(channel, 0, runner.model, sweep, points, batch.images, pixels, start, seconds, True, draft)
            if not kept.room_for(frame, self.count) or not kept.keep(frame, self._begun):
                self.fits = False
                return True
            self._times = [*self._times[1 - LAST :], seconds]
            self.seconds = sum(self._times) / len(self._times)
        self.drawn += 1
        return True
