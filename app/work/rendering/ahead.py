"""Frames of a playing film that are drawn before they are due, so that playback has no gaps."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from zscape.app.widgets.pictures.frame import Frame

if TYPE_CHECKING:
    from zscape.app.work.rendering.played_frames import PlayedFrames
    from zscape.models.inference.runner import GeneratorRunner
    from zscape.models.sweeps.base import Sweep

SPARE = 0.7
"""The rate at which frames are drawn during playback, as a fraction of the rate without playback."""
LAST = 8
"""How many of the last frames are averaged to estimate the drawing time of one."""
CUSHION = 8
"""The fewest frames in hand before playback starts, so that a frame that takes longer than usual is not late."""


class Ahead:
    """The frames of one sheet from where playback begins: `count` of them, at `rate` per second. If it `loops`, the first follows
    the last.

    sweep(number): the sweep of that frame; may be called in any thread. wanted: whether frames are to be drawn. at: the frame
    that is shown; those after it are drawn first. step: every step-th frame is drawn first, if there is not enough time for all.
    seconds: the mean time to draw one, 0.0 while unknown. fits: whether there is memory for all of them. The drawing thread
    writes the last two; other threads write `wanted`, `at` and `step`.
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
        """How many frames are kept."""
        return self._drawn.count(1)

    @property
    def over(self) -> bool:
        """Whether there is nothing more to draw."""
        return not self.fits or self.next < 0

    @property
    def next(self) -> int:
        """The number of the frame to draw next, -1 for none."""
        for step in (self.step, 1):
            drawn = self._drawn[::step]
            place = drawn.find(0, -(-self.at // step))
            if place < 0 and self.loops:
                place = drawn.find(0)
            if place >= 0:
                return place * step
        return -1

    @property
    def allowed(self) -> float:
        """The seconds that a frame may take to be drawn while others are shown."""
        return SPARE / self.rate

    @property
    def measured(self) -> int:
        """How many frames `seconds` is the mean of."""
        return len(self._times)

    def ready(self, step: int) -> int:
        """How many of every `step`-th frame are drawn without a gap, counted from the one shown."""
        drawn = self._drawn[::step]
        first = -(-self.at // step)
        place = drawn.find(0, first)
        return (place if place >= 0 else len(drawn)) - first

    def needed(self, step: int) -> int:
        """How many of every `step`-th frame must be `ready` so that playback from the one shown has no late frame."""
        rest = self.count - self.at
        drawn_meanwhile = rest / self.rate * SPARE / max(self.seconds, 1e-6)
        every = -(-rest // step)
        return min(every, max(0, every - int(drawn_meanwhile)) + CUSHION)

    def keep(self, number: int, seconds: float = 0.0) -> None:
        """Mark the frame as kept. seconds: the time it took to draw, 0.0 if it was already there."""
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
        """Draw the next frame and keep it in `kept`, unless it is there; returns whether the state has changed.

        stop(sweep): whether a more urgent request, other than for that sweep, is waiting; then drawing is abandoned. may_draft:
        whether drafts are good enough.
        """
        from zscape.models.media.grids import bgra

        number = self.next
        if number < 0:
            return False
        start, sweep, seconds = time.perf_counter(), self.sweep(number), 0.0
        if not kept.has(channel, sweep):
            points = sweep.points(runner.model.space)
            draft = may_draft and runner.drafted(points.count, self.allowed)
            batch = runner.draw(points, lambda: stop(sweep), draft, self.allowed)
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
