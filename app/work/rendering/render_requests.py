"""Requests to the renderer, and its reports other than frames."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from zscape.app.work.rendering.ahead import Ahead
    from zscape.models.files.checkpoint import Model
    from zscape.models.inference.runner import GeneratorRunner, ImageBatch
    from zscape.models.inputs.points import Points
    from zscape.models.sweeps.base import Sweep

    Look = Callable[[GeneratorRunner, Points, Callable[[], bool]], tuple[ImageBatch, Any]]


@dataclass(frozen=True, eq=False)
class Opened:
    """A model that is ready to draw. request: the number that `open` or `adopt` returned. path: its file, None if it has none.

    device: where it is drawn, as torch names it.
    """

    request: int
    model: Model
    path: Path | None
    device: str


@dataclass(frozen=True)
class Failure:
    """A failure. request: that of `open` or `adopt`, None if a sheet could not be drawn. line: the message."""

    request: int | None
    line: str


@dataclass(frozen=True)
class Options:
    """How a sheet is drawn.

    moving: whether it is part of a movement, regardless of the drawing speed. model: draws it instead of the open model, on the
    same device; it must not be trained or changed. look(runner, points, stop): draws instead of the runner and also returns what
    it has measured, which the frame carries as `seen`; between slow steps it calls stop() to see whether to stop. whole: useful
    only with all images: a newer request of its channel ends it without a frame, while otherwise older images replace the missing
    ones. ahead: the frames after it, for `Renderer.draw_ahead`, until the channel makes a request without them.
    """

    moving: bool = False
    model: Model | None = None
    look: Look | None = None
    whole: bool = False
    ahead: Ahead | None = None

    @property
    def keepable(self) -> bool:
        """Whether its frames may be cached for when the same moment is played again."""
        return self.model is None and self.look is None


PLAIN = Options()


@dataclass(frozen=True)
class Request:
    """A sheet to draw. asked: when, by `time.perf_counter`. moving: by its options, or because requests follow quickly."""

    number: int
    channel: str
    sweep: Sweep
    asked: float
    moving: bool
    options: Options


@dataclass(frozen=True)
class Load:
    """A model to load. published: whether it came from `adopt`, with its weights in memory. model(): loads it."""

    request: int
    published: bool
    model: Callable[[], Model]
    device: str
    path: Path | None
