"""What the renderer is asked for, and what it tells besides frames."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from zscape.app.work.ahead import Ahead
    from zscape.models.files.checkpoint import Model
    from zscape.models.inference.runner import GeneratorRunner, ImageBatch
    from zscape.models.inputs.points import Points
    from zscape.models.sweeps.base import Sweep

    Look = Callable[[GeneratorRunner, Points, Callable[[], bool]], tuple[ImageBatch, Any]]


@dataclass(frozen=True, eq=False)
class Opened:
    """A model that is ready to draw. request: the number that `open` or `adopt` gave. path: its file, None where it has none.

    device: where it is drawn, in torch's words.
    """

    request: int
    model: Model
    path: Path | None
    device: str


@dataclass(frozen=True)
class Failure:
    """What could not be done. request: of `open` or `adopt`, None where a sheet could not be drawn. line: what to tell."""

    request: int | None
    line: str


@dataclass(frozen=True)
class Options:
    """How a sheet is drawn.

    moving: whether it is one of many that follow each other, however slowly they are drawn. model: what draws it in place of the
    open model, on the same device; nobody trains or changes it. look(runner, points, stop): draws in place of the runner and
    tells what it sees besides, which the frame carries (`seen`); after each step that takes long it asks whether to stop. whole:
    of use only with all its images: a newer request of its channel ends it without a frame, where else older images stand in for
    those that are missing. ahead: what follows in its channel, to be drawn by `Renderer.draw_ahead`, until the channel is asked
    for something without.
    """

    moving: bool = False
    model: Model | None = None
    look: Look | None = None
    whole: bool = False
    ahead: Ahead | None = None

    @property
    def keepable(self) -> bool:
        """Whether its frames may be kept for when the same moment is played again."""
        return self.model is None and self.look is None


PLAIN = Options()


@dataclass(frozen=True)
class Request:
    """A sheet to be drawn. asked: when, by `time.perf_counter`. moving: by its options, or because others wait behind it."""

    number: int
    channel: str
    sweep: Sweep
    asked: float
    moving: bool
    options: Options


@dataclass(frozen=True)
class Load:
    """A model to be made ready. published: whether it came by `adopt`, with its weights in memory. model(): loads it."""

    request: int
    published: bool
    model: Callable[[], Model]
    device: str
    path: Path | None
