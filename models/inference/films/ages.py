"""The same points at every checkpoint of a run, as a film or a contact sheet."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from zscape.models.errors import ZscapeError
from zscape.models.files.checkpoint import load_model
from zscape.models.files.run_checkpoints import Checkpoint
from zscape.models.inference.films.side_by_side import other_side
from zscape.models.inference.runner import GeneratorRunner
from zscape.models.inputs.space import Space
from zscape.models.media.film.animation import write_animation
from zscape.models.media.film.contact_sheet import is_contact_sheet, write_contact_sheet
from zscape.models.media.film.film_formats import USUAL, Choices, check_count, frame_count
from zscape.models.media.film.mark_drawing import over
from zscape.models.media.grids import grid
from zscape.models.progress import Progress, Work
from zscape.models.sweeps.base import Sweep
from zscape.models.timeline.marks import Mark

Frame = NDArray[np.uint8]
NONE = "None of the checkpoints can be drawn: choose another folder."


@dataclass(frozen=True)
class AgesFilm:
    """How to write the film.

    size: makes a frame of the film from a drawn sheet uint8 [H, W, 3]. seconds, fps: those of a film, in which every checkpoint
    is shown for the same time. pictures, columns: those of a contact sheet, with at most that many checkpoints, evenly spread.
    said: whether a film shows the step of each checkpoint.
    """

    size: Callable[[Frame], Frame]
    seconds: float = 6.0
    fps: float = 25.0
    pictures: int = 12
    columns: int = 4
    said: bool = True
    choices: Choices = USUAL


def write_ages(
    path: Path,
    ages: Sequence[Checkpoint],
    sweep: Sweep,
    space: Space,
    film: AgesFilm,
    device: str = "auto",
    metadata: Mapping[str, str] | None = None,
    see: Callable[[Frame], None] | None = None,
) -> Work[Path]:
    """Write `sweep`, made for a model of `space`, as each of `ages` draws it: as a film or a contact sheet, by the suffix.

    A checkpoint whose weights are damaged is left out, with a notice. see(frame): called with each drawn sheet. Raises
    ZscapeError if none can be drawn, and for anything the format does not support.
    """
    sheet = is_contact_sheet(path)
    count = frame_count(path, film.seconds, film.fps) if not sheet else film.pictures
    check_count(path, count, film.seconds, film.fps)
    chosen = _spread(ages, film.pictures) if sheet else list(ages)
    drawn: list[tuple[int, Frame]] = []
    for number, each in enumerate(chosen):
        yield Progress(number, len(chosen), "Drawing each age")
        try:
            frame = _drawn(each, sweep, space, device)
        except ZscapeError as error:
            yield Progress(number, len(chosen), "Drawing each age", notice=f"Left out {each.path.name}: {error}")
            continue
        if see is not None:
            see(frame)
        drawn.append((each.step, frame))
    if not drawn:
        raise ZscapeError(NONE)
    if sheet:
        words = [f"step {step:,}" for step, _ in drawn]
        return (yield from write_contact_sheet(path, (film.size(each) for _, each in drawn), words, film.columns, metadata))
    count = max(count, 2)
    return (yield from write_animation(path, _frames(drawn, film, count), film.fps, count, 1, metadata, film.choices))


def last_frame(ages: Sequence[Checkpoint], sweep: Sweep, space: Space, device: str = "auto") -> tuple[Frame, tuple[Mark, ...]]:
    """Return the last frame of a film by `write_ages`, before `AgesFilm.size`, and the text over it.

    Raises ZscapeError if none of the checkpoints can be drawn.
    """
    for each in reversed(ages):
        try:
            return _drawn(each, sweep, space, device), _said(each.step)
        except ZscapeError:
            continue  # the film leaves it out too
    raise ZscapeError(NONE)


def _said(step: int) -> tuple[Mark, ...]:
    return (Mark(0.0, 1.0, f"step {step:,}", place="bottom left", size=0.05),)


def _spread(ages: Sequence[Checkpoint], most: int) -> list[Checkpoint]:
    """Return at most `most` of them, evenly spread, including the first and the last."""
    if len(ages) <= most:
        return list(ages)
    return [ages[round(place * (len(ages) - 1) / max(1, most - 1))] for place in range(most)]


def _drawn(age: Checkpoint, sweep: Sweep, space: Space, device: str) -> Frame:
    side = other_side(sweep, space, load_model(age.path))
    model = side.model
    assert model is not None
    points = side.sweep.points(model.space)
    return grid(GeneratorRunner(model, device).draw(points).images, points.rows, points.columns)


def _frames(drawn: Sequence[tuple[int, Frame]], film: AgesFilm, count: int) -> Iterator[Frame]:
    for number in range(count):
        step, frame = drawn[number * len(drawn) // count]
        yield over(film.size(frame), _said(step) if film.said else ())
