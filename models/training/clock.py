"""The time a run takes."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

import torch


class Clock:
    """Seconds worked since the run began, the pace, and what is due.

    before: seconds worked before it was resumed; batch: images a step.
    """

    def __init__(self, before: float, batch: int) -> None:
        self.before, self.batch = before, batch
        self.start(0)

    def start(self, step: int) -> None:
        """The work begins, or goes on, at `step`."""
        self.started = self.saved = self.rated = time.monotonic()
        self.rated_step = step

    @property
    def seconds(self) -> float:
        """Worked so far."""
        return self.before + time.monotonic() - self.started

    def figures(self, step: int, steps: int) -> dict[str, float]:
        """The step, and every half second the pace: images_per_second and seconds_left."""
        figures, now = {"step": float(step)}, time.monotonic()
        if now - self.rated > 0.5 and step > self.rated_step:
            rate = (step - self.rated_step) / (now - self.rated)
            figures |= {"images_per_second": rate * self.batch, "seconds_left": (steps - step) / rate}
            self.rated, self.rated_step = now, step
        return figures

    def resume_pace(self, step: int) -> None:
        """Leave the time since the pace was last taken out of it: something else was done."""
        self.rated, self.rated_step = time.monotonic(), step

    def due(self, interval: float) -> bool:
        """Whether `interval` seconds have passed since this was last true."""
        if time.monotonic() - self.saved < interval:
            return False
        self.saved = time.monotonic()
        return True


@contextmanager
def quick_denormals() -> Iterator[None]:
    """Numbers too small for float32's usual form count as 0 in this thread: they slow a CPU manyfold."""
    flushed = torch.set_flush_denormal(True)
    try:
        yield
    finally:
        if flushed:
            torch.set_flush_denormal(False)
