"""The frames of a timeline, drawn one at a time."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from zscape.models.inference.runner import GeneratorRunner
from zscape.models.media.grids import grid
from zscape.models.sweeps.base import Sweep
from zscape.models.timeline.timeline import Timeline


def frames(runner: GeneratorRunner, sweep: Sweep, timeline: Timeline, count: int) -> Iterator[NDArray[np.uint8]]:
    """`count` frames uint8 [H, W, 3] of `sweep` as `timeline` moves it, the first at its beginning."""
    space = runner.model.space
    for time in timeline.frames(count):
        points = timeline.sweep(sweep, time, space).points(space)
        yield grid(runner.draw(points).images, points.rows, points.columns)
