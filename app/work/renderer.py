"""The renderer: one thread that turns sweeps into frames; the newest request wins."""

from __future__ import annotations

import logging
import math
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from zscape.app.widgets.frame import Frame
from zscape.app.work import torch_library
from zscape.app.work.other_runners import OtherRunners
from zscape.app.work.played_frames import PlayedFrames
from zscape.app.work.render_requests import Failure, Load, Opened, Request
from zscape.app.work.stand_ins import StandIns
from zscape.models.errors import ZscapeError

if TYPE_CHECKING:
    from zscape.app.work.ahead import Ahead
    from zscape.app.work.render_requests import Look
    from zscape.models.files.checkpoint import Model
    from zscape.models.inference.runner import GeneratorRunner
    from zscape.models.sweeps.base import Sweep

log = logging.getLogger(__name__)

MOVING = 0.15
"""Seconds: requests of a channel that follow each other more quickly are a movement, and the moving picture may be a draft."""
REST = 0.1
"""Seconds without a request after which a draft is drawn again exactly."""
UNTOUCHED = 0.1
"""Seconds of rest after which it is tried whether drafts are worth it; in a movement that begins before, between its frames."""


class Renderer(QObject):
    """Draws sweeps with its own copy of the open model, its fast twin where it has one.

    One slot a channel (a view, the shelf, ...): a request replaces the one that waits there, and channels take turns, those
    that have waited longest first. torch_ready(), frame_ready(Frame), ahead_drawn(Ahead), model_ready(Opened), notice(line) and
    failed(Failure) arrive in the thread of this object and carry all that they are about; what both threads touch is touched
    under the lock. ahead_drawn: one more of its frames is kept, or cannot be. may_draft: whether movements are drawn in drafts
    where the processor is faster at those.
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
        self._wake = threading.Condition()
        # Both threads, under the lock:
        self._numbers = 0
        self._stopping = False
        self._loads: list[Load] = []
        self._requests: dict[str, Request] = {}
        self._drafts: dict[str, Request] = {}
        self._drawing: Request | None = None
        self._forgotten = False  # what is drawn
        self._ahead: tuple[str, Ahead] | None = None
        # The renderer's own thread:
        self._last = StandIns()
        self._runner: GeneratorRunner | None = None
        self._others = OtherRunners()
        self._untried = False
        self._played = PlayedFrames()  # either thread
        self._asked: dict[str, float] = {}
        # The thread of this object:
        self._opened: Opened | None = None
        self.model_ready.connect(self._keep_opened)
        self._kept_found.connect(self.frame_ready, Qt.ConnectionType.QueuedConnection)  # after the number was returned
        self._thread = threading.Thread(target=self._run, name="renderer", daemon=True)
        self._library: threading.Thread | None = None

    def prepare(self) -> None:
        """Have most of torch loaded beside other work, where that can be. Once, some time before `begin`."""
        self._library = torch_library.load_beside()

    def begin(self) -> None:
        """Start the thread; it loads torch at once. Once."""
        self._thread.start()

    @property
    def opened(self) -> Opened | None:
        """What the last model_ready told, for the thread of this object; None until the first."""
        return self._opened

    @property
    def busy(self) -> bool:
        """Whether something is drawn, or waits to be: another request of its channel would cut it short, or take its place."""
        with self._wake:
            return self._drawing is not None or bool(self._requests)

    def open(self, path: Path, device: str = "auto") -> int:
        """Load the model file at `path` onto `device`, then emit model_ready with the number returned.

        It takes the place of everything that waits to be opened or adopted.
        """

        def load() -> Model:
            from zscape.models.files.checkpoint import load_model
            from zscape.models.files.directions import directions_of

            model = load_model(path)
            return replace(model, directions=directions_of(model.spec))

        return self._set_load(load, device, path, published=False)

    @property
    def waits(self) -> bool:
        """Whether something waits to be drawn, behind what is drawn now."""
        with self._wake:
            return bool(self._requests)

    def adopt(self, model: Model, device: str = "auto", path: Path | None = None) -> int:
        """Draw with `model`, which nobody trains or changes any more, from now on; `path`: its file, if it has one.

        It takes the place of models that wait to be adopted. A file that waits to be opened is opened before it: a run that
        publishes its weights again and again must not keep a person's own choice from being loaded.
        """
        return self._set_load(lambda: model, device, path, published=True)

    def request(
        self,
        channel: str,
        sweep: Sweep,
        moving: bool = False,
        model: Model | None = None,
        look: Look | None = None,
        whole: bool = False,
        ahead: Ahead | None = None,
    ) -> int:
        """Draw `sweep` for `channel` as soon as may be, in place of what that channel still waits for.

        moving: whether it is one of many that follow each other, however slowly they are drawn. model: what draws it in place of
        the open model, on the same device; nobody trains or changes it. look: draws in place of the runner, which it is given
        with the points, and tells what it sees besides, which the frame carries (`seen`). whole: of use only with all its images:
        a newer request of its channel ends it without a frame, where else older images stand in for those that are missing.
        ahead: what follows in that channel, to be drawn by `draw_ahead`, until the channel is asked for something without.
        Returns the number that the frame will carry.
        """
        with self._wake:
            self._numbers += 1
            now, waits = time.perf_counter(), self._requests.get(channel)
            if ahead is not None:
                self._ahead = channel, ahead
            elif self._ahead is not None and self._ahead[0] == channel:
                self._ahead = None
            if moving and model is None and look is None:
                kept = self._played.find(channel, sweep, self._numbers, now)
                if kept is not None:
                    self._requests.pop(channel, None)
                    self._keep_draft(Request(self._numbers, channel, sweep, now, moving, model, look), kept.draft)
                    self._wake.notify()  # there was no rest
                    self._kept_found.emit(kept)
                    return self._numbers
            # However slowly it is drawn: on a machine that is slow or busy drafts are needed most.
            moving = moving or (waits is not None and waits.sweep != sweep and now - waits.asked < MOVING)
            # In the place of the one that waited: else a channel that is asked again and again would never have its turn.
            self._requests[channel] = Request(self._numbers, channel, sweep, now, moving, model, look, whole)
            self._wake.notify()
            return self._numbers

    def draw_ahead(self, ahead: Ahead) -> None:
        """Draw what `ahead` has, which `request` was given, whenever nothing else waits."""
        with self._wake:
            ahead.wanted = True
            self._wake.notify()

    def forget(self, channel: str) -> None:
        """Drop what `channel` waits for, and what is drawn for it as a whole."""
        with self._wake:
            self._requests.pop(channel, None)
            self._drafts.pop(channel, None)
            if self._ahead is not None and self._ahead[0] == channel:
                self._ahead = None
            if self._drawing is not None and self._drawing.channel == channel and self._drawing.whole:
                self._forgotten = True

    def stop(self) -> None:
        """End the thread and wait for it."""
        with self._wake:
            self._stopping = True
            self._wake.notify()
        for thread in (self._thread, self._library):
            if thread is not None and thread.is_alive():
                thread.join()

    def _set_load(self, load: Callable[[], Model], device: str, path: Path | None, published: bool) -> int:
        with self._wake:
            self._numbers += 1
            before = [each for each in self._loads if not each.published] if published else []
            self._loads = [*before, Load(self._numbers, published, load, device, path)]
            self._wake.notify()
            return self._numbers

    def _keep_opened(self, opened: Opened) -> None:
        self._opened = opened

    def _run(self) -> None:
        torch_library.be_passive()
        if self._library is not None:
            self._library.join()  # without Python's lock: the import would hold that while it waits for the same library
        import torch  # noqa: F401  loaded here, behind the first paint

        self.torch_ready.emit()
        while True:
            with self._wake:
                self._drawing, self._forgotten = None, False
                while not (self._stopping or self._loads or (self._runner and (self._requests or self._may_go_ahead()))):
                    if not self._wake.wait(self._patience()):
                        break
                if self._stopping:
                    return
                load = self._loads.pop(0) if self._loads else None
                request = self._requests.pop(next(iter(self._requests))) if self._requests and not load else None
                self._drawing = request
                ahead = self._ahead if self._may_go_ahead() and not load and not request else None
            try:
                if load:
                    self._take(load)
                elif request:
                    moves = self._moves(request)
                    self._draw(request, moves)
                    if moves and self._untried and self.may_draft:
                        self._try_drafts(lambda: True)  # a step, as there may be no rest for long
                elif ahead:
                    self._draw_ahead(*ahead)
                else:
                    self._rest()
            except ZscapeError as error:
                if ahead:
                    self._give_up_ahead(ahead[1])  # it is told where the frame itself is asked for
                elif not request or not self._is_over(request):
                    self.failed.emit(Failure(load.request if load else None, str(error)))
            except Exception as error:  # the thread must outlive whatever a model or driver does
                log.exception("drawing failed")
                if ahead:
                    self._give_up_ahead(ahead[1])
                    continue
                line = f"Drawing failed: {error or type(error).__name__}."
                self.failed.emit(Failure(load.request if load else None, line))

    def _may_go_ahead(self) -> bool:
        """Whether there is something to draw ahead. Under the lock."""
        return self._ahead is not None and self._ahead[1].wanted and not self._ahead[1].over

    def _give_up_ahead(self, ahead: Ahead) -> None:
        ahead.fits = False
        self.ahead_drawn.emit(ahead)

    def _keep_draft(self, request: Request, draft: bool) -> None:
        """Whether what answers `request` is a draft, to be drawn again exactly. Under the lock."""
        self._drafts.pop(request.channel, None)
        if draft:
            self._drafts[request.channel] = request

    def _patience(self) -> float | None:
        """Seconds to wait for a request before there is something to do without one. Under the lock."""
        if self._drafts:
            return REST
        return UNTOUCHED if self._untried and self.may_draft else None

    def _moves(self, request: Request) -> bool:
        """Whether `request` is one of a movement."""
        before = self._asked.get(request.channel, -math.inf)
        self._asked[request.channel] = request.asked
        return request.moving or request.asked - before < MOVING

    def _rest(self) -> None:
        """Nothing was asked for some time."""
        assert self._runner is not None
        with self._wake:
            request = self._drafts.pop(next(iter(self._drafts)), None) if self._drafts else None
        if request:
            self._draw(request, False)
        elif self._untried:
            self._try_drafts(self._is_wanted)

    def _try_drafts(self, stop: Callable[[], bool]) -> None:
        assert self._runner is not None
        self._untried = not self._runner.prepare_drafts(stop)

    def _is_over(self, request: Request) -> bool:
        """Whether another model or another request has come in its place: what is wrong with it is wrong no more."""
        with self._wake:
            return bool(self._loads) or request.channel in self._requests

    def _is_wanted(self) -> bool:
        """Whether there is something to do that cannot wait."""
        with self._wake:
            return self._stopping or bool(self._loads or self._requests)

    def _take(self, load: Load) -> None:
        from zscape.models.inference.runner import GeneratorRunner

        model = load.model()
        if self._runner is None or not self._runner.serves(model, load.device):
            self._runner = GeneratorRunner(model, load.device)
            self._untried = True
        self._last.clear()
        self._played.clear()
        with self._wake:
            self._drafts.clear()
            self._ahead = None
            self._requests.clear()  # they were made for another model; whoever shows something asks again
        self.model_ready.emit(Opened(load.request, model, load.path, str(self._runner.device)))

    def _draw(self, request: Request, moves: bool) -> None:
        from zscape.models.media.grids import bgra

        plays = moves and request.moving and request.model is None and request.look is None
        kept = self._played.find(request.channel, request.sweep, request.number, request.asked) if plays else None
        if kept is not None:  # it was drawn ahead meanwhile
            with self._wake:
                self._keep_draft(request, kept.draft)
            self.frame_ready.emit(kept)
            return
        assert self._runner is not None
        runner = self._runner if request.model is None else self._others.of(request.model, str(self._runner.device))
        points = request.sweep.points(runner.model.space)
        draft = moves and self.may_draft and runner.drafted(points.count)
        with self._wake:
            self._keep_draft(request, draft)
        start = time.perf_counter()
        if request.look is not None:
            batch, seen = request.look(runner, points)
        else:
            batch, seen = runner.draw(points, lambda: self._may_stop(request, runner, points.count), draft), None
        seconds = time.perf_counter() - start
        if batch.notice:
            self.notice.emit(batch.notice)
        if not batch.complete and self._drop(request):
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
        if ahead.draw_next(channel, self._runner, self._played, self._is_wanted, self.may_draft):
            self.ahead_drawn.emit(ahead)

    def _may_stop(self, request: Request, runner: GeneratorRunner, count: int) -> bool:
        """Whether a slow drawing may be cut short: nobody wants it any more, or something newer waits and it is of use as a whole
        only, or there are older tiles to stand in for the rest.
        """
        with self._wake:
            if self._is_left():
                return True
            newer = request.channel in self._requests
        return newer and (request.whole or self._last.has(request.channel, runner, count))

    def _is_left(self) -> bool:
        """Whether what is drawn is of no use: it was forgotten, a person opens another model, or this ends. Under the lock."""
        return self._stopping or self._forgotten or any(not load.published for load in self._loads)

    def _drop(self, request: Request) -> bool:
        """Whether a drawing that was cut short is not to be shown. Should the other model not open, it is drawn after all."""
        with self._wake:
            left = self._is_left()
            if left or request.whole:
                self._drafts.pop(request.channel, None)
            if left and not self._forgotten and request.channel not in self._requests:
                self._requests[request.channel] = request
            return left or request.whole
