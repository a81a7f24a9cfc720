"""The renderer: one thread that draws sweeps as frames; the newest request wins."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from zscape.app.widgets.pictures.frame import Frame
from zscape.app.work.rendering.other_runners import OtherRunners
from zscape.app.work.rendering.played_frames import PlayedFrames
from zscape.app.work.rendering.render_queue import RenderQueue
from zscape.app.work.rendering.render_requests import PLAIN, Failure, Load, Opened, Options, Request
from zscape.app.work.rendering.stand_ins import StandIns
from zscape.models.errors import ZscapeError

if TYPE_CHECKING:
    from zscape.app.work.rendering.ahead import Ahead
    from zscape.models.files.checkpoint import Model
    from zscape.models.inference.runner import GeneratorRunner
    from zscape.models.sweeps.base import Sweep

log = logging.getLogger(__name__)

UNTOUCHED = 0.1
"""Idle seconds before it tests whether drafts are faster; if a movement begins earlier, it tests between the frames."""


class Renderer(QObject):
    """Draws sweeps with its own copy of the open model, with the fast twin if it has one.

    Requests wait in a `RenderQueue`, one slot per channel (a view, the shelf, ...). torch_ready(), frame_ready(Frame),
    ahead_drawn(Ahead), model_ready(Opened), notice(line) and failed(Failure) arrive in the thread of this object and carry all
    their data. ahead_drawn: one more of its frames is cached, or cannot be. may_draft: whether movements are drawn as drafts if
    the processor draws those faster.
    """

    torch_ready = Signal()
    frame_ready = Signal(object)
    model_ready = Signal(object)
    notice = Signal(str)
    failed = Signal(object)
    ahead_drawn = Signal(object)
    may_draft = True
    _kept_found = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._queue = RenderQueue()
        # Used only in the renderer's thread:
        self._last = StandIns()
        self._runner: GeneratorRunner | None = None
        self._others = OtherRunners()
        self._untried = False
        self._played = PlayedFrames()  # used in both threads
        # Used only in the thread of this object:
        self._opened: Opened | None = None
        self.model_ready.connect(self._keep_opened)
        self._kept_found.connect(self.frame_ready, Qt.ConnectionType.QueuedConnection)  # after the number was returned
        self._thread = threading.Thread(target=self._run, name="renderer", daemon=True)
        self._library: threading.Thread | None = None

    def begin(self, library: threading.Thread | None = None) -> None:
        """Start the thread, once. It loads torch at once, or as soon as `library` has loaded what torch needs."""
        self._library = library
        self._thread.start()

    @property
    def opened(self) -> Opened | None:
        """The last model_ready, for use in the thread of this object; None until the first."""
        return self._opened

    @property
    def busy(self) -> bool:
        """Whether something is being drawn or waits: another request of its channel would interrupt or replace it."""
        return self._queue.busy

    def open(self, path: Path, device: str = "auto") -> int:
        """Load the model file at `path` onto `device`, then emit model_ready with the number returned.

        It replaces everything that waits to be opened or adopted.
        """

        def load() -> Model:
            from zscape.models.files.checkpoint import load_model
            from zscape.models.files.directions import directions_of

            model = load_model(path)
            return replace(model, directions=directions_of(model.spec))

        return self._queue.load(load, device, path, published=False)

    @property
    def waits(self) -> bool:
        """Whether a request waits behind the one being drawn."""
        return self._queue.waits

    def adopt(self, model: Model, device: str = "auto", path: Path | None = None) -> int:
        """Draw with `model` from now on; it must no longer be trained or changed. path: its file, if it has one.

        It replaces the models that wait to be adopted. A file that waits to be opened is opened first: a run that publishes its
        weights again and again must not block the user's own choice.
        """
        return self._queue.load(lambda: model, device, path, published=True)

    def request(self, channel: str, sweep: Sweep, options: Options = PLAIN) -> int:
        """Draw `sweep` for `channel` as soon as possible, instead of the request of that channel that waits.

        Returns the number that the frame will carry.
        """

        def find(number: int, now: float) -> Frame | None:
            return self._played.find(channel, sweep, number, now)

        number, kept = self._queue.ask(channel, sweep, options, find)
        if kept is not None:
            self._kept_found.emit(kept)
        return number

    def draw_ahead(self, ahead: Ahead) -> None:
        """Draw the frames of `ahead`, taken from the options of a request, whenever nothing else waits."""
        self._queue.go_ahead(ahead)

    def forget(self, channel: str) -> None:
        """Drop the request of `channel` that waits, and what is being drawn for it if that is useful only as a whole."""
        self._queue.forget(channel)

    def stop(self) -> None:
        """End the thread and wait for it."""
        self._queue.end()
        for thread in (self._thread, self._library):
            if thread is not None and thread.is_alive():
                thread.join()

    def _keep_opened(self, opened: Opened) -> None:
        self._opened = opened
        self._queue.tell(opened.request)

    def _run(self) -> None:
        if self._library is not None:
            self._library.join()  # releases Python's lock: the import would hold it while waiting for the same library
        import torch  # noqa: F401  loaded here, after the first paint

        self.torch_ready.emit()
        while (task := self._queue.next(self._runner is not None, self._patience())) is not None:
            load, request, ahead = task.load, task.request, task.ahead
            try:
                if load:
                    self._take(load)
                elif request:
                    self._draw(request, task.moves)
                    if task.moves and self._untried and self.may_draft:
                        self._try_drafts(lambda: True)  # one step here, as idle time may be far away
                elif ahead:
                    self._draw_ahead(*ahead)
                else:
                    self._rest()
            except ZscapeError as error:
                if ahead:
                    self._give_up_ahead(ahead[1])  # the error is reported when the frame itself is requested
                elif not request or not self._queue.is_over(request):
                    self.failed.emit(Failure(load.request if load else None, str(error)))
            except Exception as error:  # the thread must survive any error of a model or driver
                log.exception("drawing failed")
                if ahead:
                    self._give_up_ahead(ahead[1])
                    continue
                line = f"Drawing failed: {error or type(error).__name__}."
                self.failed.emit(Failure(load.request if load else None, line))

    def _give_up_ahead(self, ahead: Ahead) -> None:
        ahead.fits = False
        self.ahead_drawn.emit(ahead)

    def _patience(self) -> float | None:
        """The idle seconds after which there is work that nobody requested."""
        return UNTOUCHED if self._untried and self.may_draft else None

    def _rest(self) -> None:
        """Nothing was requested for some time."""
        assert self._runner is not None
        if request := self._queue.take_draft():
            self._draw(request, False)
        elif self._untried:
            self._try_drafts(self._queue.is_wanted)

    def _try_drafts(self, stop: Callable[[], bool]) -> None:
        assert self._runner is not None
        self._untried = not self._runner.prepare_drafts(stop)

    def _take(self, load: Load) -> None:
        from zscape.models.inference.runner import GeneratorRunner

        model = load.model()
        same = self._runner is not None and self._runner.serves(model, load.device)  # only its directions differ
        if not same:
            self._runner = GeneratorRunner(model, load.device)
            self._untried = True
        self._last.clear()
        self._played.clear()
        self._queue.clear(load.request, same)
        assert self._runner is not None
        self.model_ready.emit(Opened(load.request, model, load.path, str(self._runner.device)))

    def _draw(self, request: Request, moves: bool) -> None:
        from zscape.models.media.grids import bgra

        options = request.options
        plays = moves and request.moving and options.keepable
        kept = self._played.find(request.channel, request.sweep, request.number, request.asked) if plays else None
        if kept is not None:  # it was drawn ahead meanwhile
            self._queue.keep_draft(request, kept.draft)
            self.frame_ready.emit(kept)
            return
        assert self._runner is not None
        runner = self._runner if options.model is None else self._others.of(options.model, str(self._runner.device))
        points = request.sweep.points(runner.model.space)
        allowed = options.ahead.allowed if plays and options.ahead else 0.0
        draft = moves and self.may_draft and options.look is None and runner.drafted(points.count, allowed)
        self._queue.keep_draft(request, draft)
        start = time.perf_counter()

        def stop() -> bool:
            return self._may_stop(request, runner, points.count)

        if options.look is not None:
            batch, seen = options.look(runner, points, stop)
        else:
            batch, seen = runner.draw(points, stop, draft, allowed), None
        seconds = time.perf_counter() - start
        if batch.notice:
            self.notice.emit(batch.notice)
        if not batch.complete and self._queue.drop(request):
            return
        images = self._last.fill_up(request.channel, runner, batch.images, points.count)
        frame = Frame(
            request.channel,
            request.number,
            runner.model,
            request.sweep,
            points,
            images,
            bgra(images, points.rows, points.columns),
            request.asked,
            seconds,
            batch.complete,
            draft,
            seen,
        )
        if plays:
            self._played.keep(frame)
        else:
            self._played.drop_stale()
        self.frame_ready.emit(frame)

    def _draw_ahead(self, channel: str, ahead: Ahead) -> None:
        assert self._runner is not None

        def stop(drawn: Sweep) -> bool:
            return self._queue.is_wanted((channel, drawn))

        if ahead.draw_next(channel, self._runner, self._played, stop, self.may_draft):
            self.ahead_drawn.emit(ahead)

    def _may_stop(self, request: Request, runner: GeneratorRunner, count: int) -> bool:
        """Whether a slow drawing may be interrupted: it is no longer wanted, or a newer request waits and either this one is
        useful only as a whole, or older tiles can replace the missing ones.
        """
        if self._queue.is_left():
            return True
        return self._queue.is_newer(request.channel) and (request.options.whole or self._last.has(request.channel, runner, count))
