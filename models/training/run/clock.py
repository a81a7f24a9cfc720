"""Measures the time and the pace of a run."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

import torch

SETTLED = 10.0
"""Seconds of work before the remaining time is reported: the first steps are slower, or faster, than most."""
WINDOW = 60.0
"""Seconds over which the pace is measured for that: other load comes and goes, and the estimate must not jump with it."""
PAUSE = 30.0
"""A gap between steps longer than this, in seconds, is a pause and does not count for the pace."""


class Clock:
    """Seconds worked since the run began, its pace, and what is due.

    before: seconds worked before it was resumed. batch: images per step.
    """

    def __init__(self, before: float, batch: int) -> None:
        self.before, self.batch = before, batch
        self.start(0)

    def start(self, step: int) -> None:
        """Start or continue the work at `step`."""
        self.started = self.saved = self.rated = time.monotonic()
        self.rated_step = step
        self._marks = deque([(self.started, step)])  # (when, step) of the last WINDOW seconds

    @property
    def seconds(self) -> float:
        """Seconds worked so far."""
        return self.before + time.monotonic() - self.started

    def figures(self, step: int, steps: int) -> dict[str, float]:
        """Return the step; every half second images_per_second, and, once the pace has settled, seconds_left."""
        figures, now = {"step": float(step)}, time.monotonic()
        if now - self.rated > 0.5 and step > self.rated_step:
            rate = (step - self.rated_step) / (now - self.rated)
            figures["images_per_second"] = rate * self.batch
            self.rated, self.rated_step = now, step
            if (left := self._left(step, steps, now)) is not None:
                figures["seconds_left"] = left
        return figures

    def _left(self, step: int, steps: int, now: float) -> float | None:
        """Return how long the remaining steps up to `steps` take, including work between them; None while that is not known."""
        marks = self._marks
        if now - marks[-1][0] > PAUSE:
            marks.clear()
        marks.append((now, step))
        while len(marks) > 2 and now - marks[1][0] > WINDOW:
            marks.popleft()
        since, first = marks[0]
        return (steps - step) * (now - since) / (step - first) if now - since >= SETTLED and step > first else None

    def resume_pace(self, step: int) -> None:
        """Exclude the time since the pace was last measured, in which something else was done."""
        self.rated, self.rated_step = time.monotonic(), step

    def due(self, interval: float) -> bool:
        """Whether `interval` seconds have passed since this last returned True."""
        if time.monotonic() - self.saved < interval:
            return False
        self.saved = time.monotonic()
        return True


@contextmanager
def quick_denormals() -> Iterator[None]:
    """Flush denormal float32 numbers to 0 in this thread: they slow a CPU down many times."""
    flushed = torch.set_flush_denormal(True)
    try:
        yield
    finally:
        if flushed:
            torch.set_flush_denormal(False)
