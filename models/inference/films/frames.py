"""Draws the frames of a timeline one at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from zscape.models.inference.films.even_change import pace_of
from zscape.models.inference.runner import GeneratorRunner
from zscape.models.inputs.space import Space
from zscape.models.media.film.mark_drawing import over
from zscape.models.media.grids import Sheets
from zscape.models.progress import Work
from zscape.models.sweeps.base import Sweep
from zscape.models.timeline.mark_edits import marks_at
from zscape.models.timeline.pace import Pace, paced
from zscape.models.timeline.timeline import Timeline


def wanted_pace(runner: GeneratorRunner, sweep: Sweep, timeline: Timeline) -> Work[Pace | None]:
    """Return the pace of `timeline`, measured if its change is to be even; None if it follows the clock."""
    return (yield from pace_of(runner, sweep, timeline)) if timeline.even else None


def frames(
    runner: GeneratorRunner, sweep: Sweep, timeline: Timeline, count: int, pace: Pace | None = None
) -> Iterator[NDArray[np.uint8]]:
    """Yield `count` frames uint8 [H, W, 3] of `sweep` animated by `timeline`, from its beginning. pace: from `wanted_pace`."""
    space, lay = runner.model.space, Sheets()
    for moved in moments(sweep, timeline, count, space, pace):
        points = moved.points(space)
        yield lay(runner.draw(points).images, points.rows, points.columns)


def moments(sweep: Sweep, timeline: Timeline, count: int, space: Space, pace: Pace | None = None) -> Iterator[Sweep]:
    """Yield `sweep` as `timeline` sets it at the times of `count` frames. pace: from `wanted_pace`."""
    return (timeline.sweep(sweep, time, space) for time in paced(timeline.frames(count), pace))


def with_marks(
    film: Iterable[NDArray[np.uint8]],
    timeline: Timeline,
    count: int,
    space: Space,
    scale: int = 1,
    pace: Pace | None = None,
) -> Iterator[NDArray[np.uint8]]:
    """Draw the text of the timeline over each frame from `frames`, whether resized or not.

    scale: every pixel is first enlarged to scale x scale, so that the letters have the resolution of the film.
    """
    for frame, time in zip(film, paced(timeline.frames(count), pace), strict=False):
        large = frame.repeat(scale, axis=0).repeat(scale, axis=1) if scale > 1 else frame
        yield over(large, marks_at(timeline, time, space))
