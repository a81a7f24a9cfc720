"""What the renderer is asked for, and what it tells besides frames."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from zscape.models.files.checkpoint import Model
    from zscape.models.inference.runner import GeneratorRunner, ImageBatch
    from zscape.models.inputs.points import Points
    from zscape.models.sweeps.base import Sweep

    Look = Callable[[GeneratorRunner, Points], tuple[ImageBatch, Any]]


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
class Request:
    """A sheet to be drawn. asked: when, by `time.perf_counter`. The rest as of `Renderer.request`."""

    number: int
    channel: str
    sweep: Sweep
    asked: float
    moving: bool
    model: Model | None
    look: Look | None
    whole: bool = False


@dataclass(frozen=True)
class Load:
    """A model to be made ready. published: whether it came by `adopt`, with its weights in memory. model(): loads it."""

    request: int
    published: bool
    model: Callable[[], Model]
    device: str
    path: Path | None
