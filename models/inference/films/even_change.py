"""Measures the pace at which the picture changes by the same amount in every frame, on small pictures of a timeline."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from zscape.models.inference.runner import GeneratorRunner
from zscape.models.media.grids import grid
from zscape.models.progress import Progress, Work
from zscape.models.sweeps.base import Sweep
from zscape.models.timeline.pace import Pace
from zscape.models.timeline.timeline import Timeline

RATE = 24.0
"""Pictures compared per second; fewer if the timeline is longer than MOST of them."""
MOST = 600
LEAST = 48
SIDE = 128
"""Longer side of the compared pictures, in pixels."""
STILL = 1e-3
"""A change below this fraction of the mean counts as none: what stands still keeps its duration."""
SLOWEST = 0.05
"""As a fraction of the mean change: a moment that changes less is treated as if it changed this much."""
PASSES = 3
"""Each pass samples most densely where the one before found the most change."""


def pace_of(runner: GeneratorRunner, sweep: Sweep, timeline: Timeline) -> Work[Pace]:
    """The pace at which `sweep` changes evenly over what is played of `timeline`; holds stay as long as they are.

    The change between two pictures is the root mean square of their pixel differences. Where nothing changes, the pace is that of
    the clock.
    """
    begin, end = timeline.played
    count = max(LEAST, min(MOST, math.ceil(timeline.duration * RATE)))
    suiting, space = timeline.suiting(sweep), runner.model.space
    times = np.linspace(begin, end, count + 1)
    for done in range(PASSES):
        change = np.zeros(count)
        before: NDArray[np.float32] | None = None
        for step, time in enumerate(times):
            yield Progress(done * (count + 1) + step, PASSES * (count + 1), "Measuring the change")
            picture = _small(runner, suiting.sweep(sweep, float(time), space))
            if before is not None:
                change[step - 1] = math.sqrt(float(np.square(picture - before).mean()))
            before = picture
        shown = begin + _shown(change, np.diff(times))  # when each of `times` is shown
        times = np.interp(np.linspace(begin, end, count + 1), shown, times)
    return Pace(begin, end, (begin, *np.maximum.accumulate(times[1:-1]).tolist(), end))


def _small(runner: GeneratorRunner, sweep: Sweep) -> NDArray[np.float32]:
    points = sweep.points(runner.model.space)
    sheet = Image.fromarray(grid(runner.draw(points).images, points.rows, points.columns, background=0))
    sheet.thumbnail((SIDE, SIDE), Image.Resampling.BOX)
    return np.asarray(sheet, np.float32)


def _shown(change: NDArray[np.float64], lengths: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return when each picture is shown, starting at 0. lengths: original seconds from each to the next."""
    mean = float(change.mean())
    moves = change > STILL * mean
    if mean > 0 and moves.any():
        floor = SLOWEST * float(change[moves].mean())
        weights = np.where(moves, np.maximum(change, floor), 0.0)
        lengths = np.where(moves, weights / weights.sum() * lengths[moves].sum(), lengths)
    return np.concatenate([[0.0], lengths.cumsum()])
