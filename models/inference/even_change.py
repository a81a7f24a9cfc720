"""A timeline on which the picture changes as much in every frame: measured on small pictures of what it shows."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from zscape.models.errors import ZscapeError
from zscape.models.inference.runner import GeneratorRunner
from zscape.models.media.grids import grid
from zscape.models.progress import Progress, Work
from zscape.models.sweeps.base import Sweep
from zscape.models.timeline.timeline import Timeline
from zscape.models.timeline.warping import warped

RATE = 24.0
"""Pictures a second that are compared; fewer of a timeline that is longer than MOST of them."""
MOST = 600
LEAST = 48
SIDE = 128
"""The longer side of a picture that is compared, in pixels."""
STILL = 1e-3
"""A change smaller than this share of the mean is none: what stands still goes on standing for as long."""
SLOWEST = 0.05
"""Of the mean change: a moment that changes less is passed as if it were this."""
PASSES = 3
"""A curve through keys is another one when they have moved."""


def even_change(runner: GeneratorRunner, sweep: Sweep, timeline: Timeline) -> Work[Timeline]:
    """`timeline` with its keys and easings moved so that `sweep` changes at an even rate; its length and its holds stay.

    The change from one picture to the next is the root of the mean square of the differences of their pixels. Raises ZscapeError
    where nothing changes.
    """
    count = max(LEAST, min(MOST, math.ceil(timeline.seconds * RATE)))
    for done in range(PASSES):
        times = [timeline.seconds * step / count for step in range(count + 1)]
        change = np.zeros(count)
        before: NDArray[np.float32] | None = None
        for step, time in enumerate(times):
            yield Progress(done * (count + 1) + step, PASSES * (count + 1), "Measuring the change")
            picture = _small(runner, timeline.suiting(sweep).sweep(sweep, time, runner.model.space))
            if before is not None:
                change[step - 1] = math.sqrt(float(np.square(picture - before).mean()))
            before = picture
        timeline = warped(timeline, times, _even(change, timeline.seconds))
    return timeline


def _small(runner: GeneratorRunner, sweep: Sweep) -> NDArray[np.float32]:
    points = sweep.points(runner.model.space)
    sheet = Image.fromarray(grid(runner.draw(points).images, points.rows, points.columns))
    sheet.thumbnail((SIDE, SIDE), Image.Resampling.BOX)
    return np.asarray(sheet, np.float32)


def _even(change: NDArray[np.float64], seconds: float) -> list[float]:
    """When each picture is to be shown, from 0 to `seconds`."""
    mean = float(change.mean())
    moves = change > STILL * mean
    if mean <= 0 or not moves.any():
        raise ZscapeError("Nothing changes on this timeline: there is no speed to make even.")
    even = seconds / len(change)
    held = even * int((~moves).sum())
    floor = SLOWEST * float(change[moves].mean())
    weights = np.where(moves, np.maximum(change, floor), 0.0)
    lengths = np.where(moves, weights / weights.sum() * (seconds - held), even)
    times = np.concatenate([[0.0], lengths.cumsum()])
    return [*times[:-1].tolist(), seconds]
