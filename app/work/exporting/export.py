"""Writes what is on screen to files: sheets as PNG, sweeps as animations, each with its session inside."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from zscape.app.state.saved_session import SessionFile
from zscape.app.state.scene import Scene
from zscape.app.state.session_file import KEY, to_json
from zscape.models.progress import Progress, Work

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import numpy as np
    from numpy.typing import NDArray

    from zscape.app.widgets.pictures.frame import Frame
    from zscape.models.files.checkpoint import Model
    from zscape.models.media.film.film_formats import Choices
    from zscape.models.media.film.fitting import Fitting
    from zscape.models.sweeps.base import Sweep
    from zscape.models.timeline.marks import Mark
    from zscape.models.timeline.timeline import Timeline

    See = Callable[[NDArray[np.uint8]], None]

WIDTH = 1120
"""The width in pixels of an exported sheet at the proposed scale: twice that of the sheet on a small screen."""


@dataclass(frozen=True)
class Animation:
    """How to write an animation. seconds: of one loop. fps: frames per second. scale: each picture pixel becomes scale x scale.

    fitting: an exact size in pixels instead of the scale. choices: other settings of the format, None for the defaults.
    pictures: the number of frames on a contact sheet.
    """

    path: Path
    seconds: float = 4.0
    fps: float = 25.0
    scale: int = 2
    fitting: Fitting | None = None
    choices: Choices | None = None
    pictures: int = 12

    @property
    def frames(self) -> int:
        """The number of frames, at least 2."""
        from zscape.models.media.film.contact_sheet import is_contact_sheet
        from zscape.models.media.film.film_formats import frame_count

        if is_contact_sheet(self.path):
            return self.pictures
        return max(2, frame_count(self.path, self.seconds, self.fps))


@dataclass(frozen=True)
class OwnFilm:
    """A film that a view draws itself.

    size: (width, height) of a frame before scaling. save(animation, session, device, see): the work that writes it. pictures: the
    number of different frames. last(device): the last frame, uint8 [H, W, 1 or 3] before scaling, and the text over it; this may
    be slow.
    """

    size: tuple[int, int]
    save: Callable[[Animation, SessionFile, str, See], Work[Path]]
    pictures: int
    last: Callable[[str], tuple[NDArray[np.uint8], tuple[Mark, ...]]]


@dataclass(frozen=True)
class Drawing:
    """How a view draws its sheet in films, if more than the sheet is drawn.

    size: (width, height) of a frame before scaling. make(model, device): returns a function that draws a sweep as uint8 [H, W,
    3]. ground: the background colour, None for that of the sheet.
    """

    size: tuple[int, int]
    make: Callable[[Model, str], Callable[[Sweep], NDArray[np.uint8]]]
    ground: tuple[int, int, int] | None = None


def proposed_scale(width: int) -> int:
    """The whole-number scale that brings the width of a sheet of `width` pixels closest to WIDTH."""
    return max(1, min(32, round(WIDTH / width)))


def save_sheet(path: Path, frame: Frame, scale: int, saved: SessionFile, fitting: Fitting | None = None) -> Work[Path]:
    """Write the frame's sheet as a PNG that restores `saved` when it is dropped on the window.

    fitting: an exact size in pixels instead of the scale.
    """
    from zscape.models.media.grids import grid
    from zscape.models.media.images import save_png

    yield Progress(0, 1, "Writing the picture")
    sheet = grid(frame.images, frame.points.rows, frame.points.columns)
    if fitting is not None:
        sheet, scale = fitting.frame(sheet), 1
    save_png(path, sheet, scale, {KEY: to_json(to_hand_on(saved))})
    return path


def save_animation(
    animation: Animation,
    model: Model,
    sweep: Sweep,
    timeline: Timeline,
    saved: SessionFile,
    device: str = "auto",
    see: See | None = None,
    drawing: Drawing | None = None,
) -> Work[Path]:
    """Write one loop of `sweep` as `timeline` moves it, frame by frame, drawn by a separate copy of `model`.

    The film contains `saved` with that timeline, both as a session and as a timeline that `zscape animate` reads. see(frame) is
    called with each frame. drawing: how a sheet is drawn, None for the sheet alone.
    """
    from zscape.models.inference.films.frames import frames, moments, wanted_pace, with_marks
    from zscape.models.inference.runner import GeneratorRunner
    from zscape.models.media.film.animation import write_animation
    from zscape.models.media.film.contact_sheet import is_contact_sheet, write_contact_sheet
    from zscape.models.media.film.film_file import film_texts
    from zscape.models.media.film.film_formats import USUAL, check_count

    check_count(animation.path, animation.frames, animation.seconds, animation.fps)
    yield Progress(0, animation.frames, "Getting ready")
    runner = GeneratorRunner(model, device)
    pace = yield from wanted_pace(runner, sweep, timeline)
    if drawing is None:
        made = frames(runner, sweep, timeline, animation.frames, pace)
    else:
        draw = drawing.make(model, device)
        made = (draw(each) for each in moments(sweep, timeline, animation.frames, model.space, pace))
    drawn = _seen(made, see)
    session = to_json(to_hand_on(replace(saved, scene=replace(saved.scene, timeline=timeline))))
    texts = {KEY: session, **film_texts(timeline, model.spec.name, model.spec.run)}
    fitting, path = animation.fitting, animation.path
    sized, scale = (drawn, animation.scale) if fitting is None else (map(fitting.frame, drawn), 1)
    before = scale if timeline.marks or is_contact_sheet(path) else 1  # without texts the writer scales, which is faster
    film = with_marks(sized, timeline, animation.frames, model.space, before, pace)
    if is_contact_sheet(path):
        times = [f"{time:.2f} s" for time in timeline.frames(animation.frames)]
        return (yield from write_contact_sheet(path, film, times, metadata=texts))
    choices, left = animation.choices or USUAL, scale // before
    return (yield from write_animation(path, film, animation.fps, animation.frames, left, texts, choices))


def _seen(frames: Iterator[NDArray[np.uint8]], see: See | None) -> Iterator[NDArray[np.uint8]]:
    for frame in frames:
        if see is not None:
            see(frame)
        yield frame


def to_hand_on(saved: SessionFile) -> SessionFile:
    """The session for a file that is passed on to others."""

    def scene(given: Scene) -> Scene:
        return replace(given, views=tuple(view.to_hand_on() for view in given.views))

    return replace(saved, scene=scene(saved.scene), others=tuple((kind, scene(each)) for kind, each in saved.others))
