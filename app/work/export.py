"""What is on screen, to files: sheets as PNG, sweeps as animations, each with the session it was made from inside."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from zscape.app.state.session_file import KEY, SessionFile, to_json
from zscape.models.progress import Progress, Work

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from zscape.app.work.renderer import Frame
    from zscape.models.files.checkpoint import Model
    from zscape.models.inference.runner import Artist
    from zscape.models.sweeps.sweeps import Sweep

WIDTH = 1120
"""Pixels across of an exported sheet at the scale that is proposed: twice what the sheet takes on a small screen."""


@dataclass(frozen=True)
class Animation:
    """How to write one. seconds: of one loop. fps: frames a second. scale: a picture pixel becomes scale x scale."""

    path: Path
    seconds: float = 4.0
    fps: float = 25.0
    scale: int = 2

    @property
    def frames(self) -> int:
        """How many frames there are, 2 at least."""
        return max(2, round(self.seconds * self.fps))


def proposed_scale(width: int) -> int:
    """The whole-number scale that brings a sheet of `width` pixels nearest to WIDTH."""
    return max(1, min(32, round(WIDTH / width)))


def save_sheet(path: Path, frame: Frame, scale: int, saved: SessionFile) -> Work[Path]:
    """Write the frame's sheet as a PNG that restores `saved` when it is dropped on the window."""
    from zscape.models.media.grids import grid
    from zscape.models.media.images import save_png

    yield Progress(0, 1, "Writing the picture")
    sheet = grid(frame.images, frame.points.rows, frame.points.columns)
    save_png(path, sheet, scale, {KEY: to_json(saved)})
    return path


def save_animation(animation: Animation, model: Model, sweep: Sweep, saved: SessionFile, device: str = "auto") -> Work[Path]:
    """Write one loop of `sweep`, drawn by a copy of `model` of its own, one frame at a time."""
    from zscape.models.inference.runner import Artist
    from zscape.models.media.animation import write_animation

    yield Progress(0, animation.frames, "Getting ready")
    frames = _frames(Artist(model, device), sweep, animation.frames)
    path = yield from write_animation(
        animation.path, frames, animation.fps, animation.frames, animation.scale, {KEY: to_json(saved)}
    )
    return path


def _frames(artist: Artist, sweep: Sweep, count: int) -> Iterator[NDArray[np.uint8]]:
    from zscape.models.media.grids import grid

    for index in range(count):
        points = replace(sweep, phase=index / count).points(artist.model.spec.space)  # type: ignore[call-arg]
        yield grid(artist.draw(points).images, points.rows, points.columns)
