"""A schedule that rises once and falls once over a run, each by half a cosine."""

from __future__ import annotations

import math


def one_cycle(step: int, steps: int, peak: float, start: float, end: float, rise: float = 0.3) -> float:
    """Return its value at `step` of `steps`: from `start` to `peak` in the fraction `rise` of them, then to `end`.

    As a learning rate: L. N. Smith and N. Topin, "Super-Convergence" (2019).
    """
    top, last = rise * steps - 1, steps - 1
    begin, to, share = (start, peak, step / top) if step <= top else (peak, end, (step - top) / (last - top))
    return to + (begin - to) / 2 * (1 + math.cos(math.pi * share))


def one_cycle_rate(step: int, steps: int, highest: float, rise: float = 0.3) -> float:
    """Return a learning rate at `step` of `steps`: from a 25th of the highest up to it, then down to almost 0."""
    return one_cycle(step, steps, highest, highest / 25, highest / 250_000, rise)
