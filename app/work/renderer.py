"""The renderer: one thread that turns sweeps into frames; the newest request wins."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from zscape.app.widgets.frame import Frame
from zscape.app.work.other_runners import OtherRunners
from zscape.app.work.played_frames import PlayedFrames
from zscape.app.work.render_queue import RenderQueue
from zscape.app.work.render_requests import PLAIN, Failure, Load, Opened, Options, Request
from zscape.app.work.stand_ins import StandIns
from zscape.models.errors import ZscapeError

if TYPE_CHECKING:
    from zscape.app.work.ahead import Ahead
    from zscape.models.files.checkpoint import Model
    from zscape.models.inference.runner import GeneratorRunner
    from zscape.models.sweeps.base import Sweep

log = logging.getLogger(__name__)

UNTOUCHED = 0.1
"""Seconds of rest after which it is tried whether drafts are worth it; in a movement that begins before, between its frames."""


class Renderer(QObject):
    """Draws sweeps with its own copy of the open model, its fast twin where it has one.

    What waits is in a `RenderQueue`, one slot a channel (a view, the shelf, ...). torch_ready(), frame_ready(Frame),
    ahead_drawn(Ahead), model_ready(Opened), notice(line) and failed(Failure) arrive in the thread of this object and carry all
    that they are about. ahead_drawn: one more of its frames is kept, or cannot be. may_draft: whether movements are drawn in
    drafts where the processor is faster at those.
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
        # The renderer's own thread:
        self._last = StandIns()
        self._runner: GeneratorRunner | None = None
        self._others = OtherRunners()
        self._untried = False
        self._played = PlayedFrames()  # either thread
        # The thread of this object:
        self._opened: Opened | None = None
        self.model_ready.connect(self._keep_opened)
        self._kept_found.connect(self.frame_ready, Qt.ConnectionType.QueuedConnection)  # after the number was returned
        self._thread = threading.Thread(target=self._run, name="renderer", daemon=True)
        self._library: threading.Thread | None = None

    def begin(self, library: threading.Thread | None = None) -> None:
        """Start the thread; it loads torch at once, or as soon as `library` has loaded what torch needs. Once."""
        self._library = library
        self._thread.start()

    @property
    def opened(self) -> Opened | None:
        """What the last model_ready told, for the thread of this object; None until the first."""
        return self._opened

    @property
    def busy(self) -> bool:
        """Whether something is drawn, or waits to be: another request of its channel would cut it short, or take its place."""
        return self._queue.busy

    def open(self, path: Path, device: str = "auto") -> int:
        """Load the model file at `path` onto `device`, then emit model_ready with the number returned.

        It takes the place of everything that waits to be opened or adopted.
        """

        def load() -> Model:
            from zscape.models.files.checkpoint import load_model
            from zscape.models.files.directions import directions_of

            model = load_model(path)
            return replace(model, directions=directions_of(model.spec))

        return self._queue.load(load, device, path, published=False)

    @property
    def waits(self) -> bool:
        """Whether something waits to be drawn, behind what is drawn now."""
        return self._queue.waits

    def adopt(self, model: Model, device: str = "auto", path: Path | None = None) -> int:
        """Draw with `model`, which nobody trains or changes any more, from now on; `path`: its file, if it has one.

        It takes the place of models that wait to be adopted. A file that waits to be opened is opened before it: a run that
        publishes its weights again and again must not keep a person's own choice from being loaded.
        """
        return self._queue.load(lambda: model, device, path, published=True)

    def request(self, channel: str, sweep: Sweep, options: Options = PLAIN) -> int:
        """Draw `sweep` for `channel` as soon as may be, in place of what that channel still waits for.

        Returns the number that the frame will carry.
        """

        def find(number: int, now: float) -> Frame | None:
            return self._played.find(channel, sweep, number, now)

        number, kept = self._queue.ask(channel, sweep, options, find)
        if kept is not None:
            self._kept_found.emit(kept)
        return number

    def draw_ahead(self, ahead: Ahead) -> None:
        """Draw what `ahead` has, which a request had in its options, whenever nothing else waits."""
        self._queue.go_ahead(ahead)

    def forget(self, channel: str) -> None:
        """Drop what `channel` waits for, and what is drawn for it as a whole."""
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
            self._library.join()  # without Python's lock: the import would hold that while it waits for the same library
        import torch  # noqa: F401  loaded here, behind the first paint

        self.torch_ready.emit()
        while (task := self._queue.next(self._runner is not None, self._patience())) is not None:
            load, request, ahead = task.load, task.request, task.ahead
            try:
                if load:
                    self._take(load)
                elif request:
                    self._draw(request, task.moves)
                    if task.moves and self._untried and self.may_draft:
                        self._try_drafts(lambda: True)  # a step, as there may be no rest for long
                elif ahead:
                    self._draw_ahead(*ahead)
                else:
                    self._rest()
            except ZscapeError as error:
                if ahead:
                    self._give_up_ahead(ahead[1])  # it is told where the frame itself is asked for
                elif not request or not self._queue.is_over(request):
                    self.failed.emit(Failure(load.request if load else None, str(error)))
            except Exception as error:  # the thread must outlive whatever a model or driver does
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
        """Seconds of rest after which there is something to do without being asked."""
        return UNTOUCHED if self._untried and self.may_draft else None

    def _rest(self) -> None:
        """Nothing was asked for some time."""
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
        same = self._runner is not None and self._runner.serves(model, load.device)  # it only knows other directions
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
        draft = moves and self.may_draft and options.look is None and runner.drafted(points.count)
        self._queue.keep_draft(request, draft)
        start = time.perf_counter()

        def stop() -> bool:
            return self._may_stop(request, runner, points.count)

        if options.look is not None:
            batch, seen = options.look(runner, points, stop)
        else:
            batch, seen = runner.draw(points, stop, draft), None
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
        """Whether a slow drawing may be cut short: nobody wants it any more, or something newer waits and it is of use as a whole
        only, or there are older tiles to stand in for the rest.
        """
        if self._queue.is_left():
            return True
        return self._queue.is_newer(request.channel) and (request.options.whole or self._last.has(request.channel, runner, count))
