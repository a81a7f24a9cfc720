"""The queue of requests between the callers of the renderer and the thread that draws."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zscape.app.work.rendering.render_requests import Load, Request

if TYPE_CHECKING:
    from pathlib import Path

    from zscape.app.widgets.pictures.frame import Frame
    from zscape.app.work.rendering.ahead import Ahead
    from zscape.app.work.rendering.render_requests import Options
    from zscape.models.files.checkpoint import Model
    from zscape.models.sweeps.base import Sweep

MOVING = 0.15
"""Seconds: requests of a channel that follow each other faster count as a movement, whose pictures may be drafts."""
REST = 0.1
"""Seconds without a request after which a draft is drawn again in full quality."""


@dataclass(frozen=True)
class Task:
    """What to do next; with all fields None, there is time for idle work.

    moves: whether the request is part of a movement. ahead: a channel, and the frames to draw ahead for it.
    """

    load: Load | None = None
    request: Request | None = None
    moves: bool = False
    ahead: tuple[str, Ahead] | None = None


class RenderQueue:
    """One slot per channel: a request replaces the one waiting there. Channels take turns; the one that has waited longest is
    first. Models to be loaded come before requests. Thread-safe.
    """

    def __init__(self) -> None:
        self._wake = threading.Condition()
        self._numbers = 0
        self._stopping = False
        self._loads: list[Load] = []
        self._requests: dict[str, Request] = {}
        self._drafts: dict[str, Request] = {}
        self._asked: dict[str, float] = {}  # when the last drawn request of each channel was made
        self._drawing: Request | None = None
        self._forgotten = False  # whether what is being drawn was forgotten
        self._ahead: tuple[str, Ahead] | None = None
        self._draft_first = False  # whether a draft is drawn again before frames are drawn ahead
        self._untold: int | None = None  # number of the model now drawing, until the callers know of it

    # For the callers.

    @property
    def busy(self) -> bool:
        """Whether something is being drawn or waits."""
        with self._wake:
            return self._drawing is not None or bool(self._requests)

    @property
    def waits(self) -> bool:
        """Whether a request waits behind the one being drawn."""
        with self._wake:
            return bool(self._requests)

    def load(self, model: Callable[[], Model], device: str, path: Path | None, published: bool) -> int:
        """Queue a model to be loaded (see `Load`); returns its number.

        It replaces the models that wait. A published model does not replace a file, which is loaded before it.
        """
        with self._wake:
            self._numbers += 1
            before = [each for each in self._loads if not each.published] if published else []
            self._loads = [*before, Load(self._numbers, published, model, device, path)]
            self._wake.notify()
            return self._numbers

    def ask(
        self,
        channel: str,
        sweep: Sweep,
        options: Options,
        find: Callable[[int, float], Frame | None],
    ) -> tuple[int, Frame | None]:
        """Like `Renderer.request`; returns the number, and the frame itself if it is cached.

        find(number, time): a cached frame, for requests that are part of a movement. A request made between `clear` and `tell` is
        for the previous model, about which the new one may know nothing: it is dropped, like those that `clear` drops.
        """
        with self._wake:
            self._numbers += 1
            number, now, waits = self._numbers, time.perf_counter(), self._requests.get(channel)
            if self._untold is not None:
                return number, None
            if options.ahead is not None:
                self._ahead = channel, options.ahead
            elif self._ahead is not None and self._ahead[0] == channel:
                self._ahead = None
            kept = find(number, now) if options.moving and options.keepable else None
            # Independent of the drawing speed: a slow or busy machine needs drafts most.
            moving = options.moving or (waits is not None and waits.sweep != sweep and now - waits.asked < MOVING)
            request = Request(number, channel, sweep, now, moving, options)
            if kept is not None:
                self._requests.pop(channel, None)
                self._keep_draft(request, kept.draft)
            else:
                # It keeps the place of the one it replaces: otherwise a channel with frequent requests would never have its turn.
                self._requests[channel] = request
            self._wake.notify()  # the machine is not idle
            return number, kept

    def go_ahead(self, ahead: Ahead) -> None:
        """Draw the frames of `ahead` whenever nothing else waits. What is shown until then is drawn in full quality first."""
        with self._wake:
            ahead.wanted = True
            self._draft_first = bool(self._drafts)
            self._wake.notify()

    def forget(self, channel: str) -> None:
        """Drop the request of `channel` that waits, and what is being drawn for it if that is useful only as a whole."""
        with self._wake:
            self._requests.pop(channel, None)
            self._drafts.pop(channel, None)
            if self._ahead is not None and self._ahead[0] == channel:
                self._ahead = None
            if self._drawing is not None and self._drawing.channel == channel and self._drawing.options.whole:
                self._forgotten = True

    def end(self) -> None:
        """End the queue: nothing more is drawn."""
        with self._wake:
            self._stopping = True
            self._wake.notify()

    # For the thread that draws.

    def next(self, ready: bool, patience: float | None) -> Task | None:
        """Wait for something to do; None at the end. ready: whether there is a model to draw with. patience: seconds of idle time
        after which it returns a task without work, None for never; with drafts to redraw it is REST.
        """
        with self._wake:
            self._drawing, self._forgotten = None, False
            while not (self._stopping or self._loads or (ready and self._has_work())):
                if not self._wake.wait(REST if self._drafts else patience):
                    break
            if self._stopping:
                return None
            if self._loads:
                return Task(load=self._loads.pop(0))
            if self._requests:
                self._drawing = request = self._requests.pop(next(iter(self._requests)))
                before = self._asked.get(request.channel, -math.inf)
                self._asked[request.channel] = request.asked
                return Task(request=request, moves=request.moving or request.asked - before < MOVING)
            if self._draft_first:
                self._draft_first = False
                return Task()
            return Task(ahead=self._ahead if self._may_go_ahead() else None)

    def _has_work(self) -> bool:
        return bool(self._requests) or self._draft_first or self._may_go_ahead()

    def _may_go_ahead(self) -> bool:
        return self._ahead is not None and self._ahead[1].wanted and not self._ahead[1].over

    def keep_draft(self, request: Request, draft: bool) -> None:
        """Remember whether the answer to `request` is a draft, which is to be drawn again in full quality."""
        with self._wake:
            self._keep_draft(request, draft)

    def _keep_draft(self, request: Request, draft: bool) -> None:
        self._drafts.pop(request.channel, None)
        if draft:
            self._drafts[request.channel] = request

    def take_draft(self) -> Request | None:
        """A request whose draft is to be drawn again in full quality."""
        with self._wake:
            return self._drafts.pop(next(iter(self._drafts))) if self._drafts else None

    def is_over(self, request: Request) -> bool:
        """Whether another model or request has replaced it, so that its errors no longer matter."""
        with self._wake:
            return bool(self._loads) or request.channel in self._requests

    def is_wanted(self, besides: tuple[str, Sweep] | None = None) -> bool:
        """Whether there is urgent work. besides: a channel and the sweep already being drawn for it, which do not count."""
        with self._wake:
            requests = any(besides is None or (name, each.sweep) != besides for name, each in self._requests.items())
            return self._stopping or bool(self._loads) or requests

    def is_left(self) -> bool:
        """Whether what is being drawn is no longer of use: it was forgotten, the user opens another model, or the queue ends."""
        with self._wake:
            return self._is_left()

    def _is_left(self) -> bool:
        return self._stopping or self._forgotten or any(not load.published for load in self._loads)

    def is_newer(self, channel: str) -> bool:
        """Whether a newer request of the channel waits."""
        with self._wake:
            return channel in self._requests

    def drop(self, request: Request) -> bool:
        """Whether an interrupted drawing is not to be shown. It is queued again, in case the other model cannot be opened."""
        with self._wake:
            left = self._is_left()
            if left or request.options.whole:
                self._drafts.pop(request.channel, None)
            if left and not self._forgotten and request.channel not in self._requests:
                self._requests[request.channel] = request
            return left or request.options.whole

    def clear(self, load: int, same: bool) -> None:
        """There is another model, loaded by request `load`: drop the requests made for the previous one; the callers request
        again what they show. same: it is the previous model with something added; requests numbered above `load` stay, because
        they already know it.
        """
        with self._wake:
            self._drafts.clear()
            self._ahead, self._draft_first = None, False
            kept = {name: each for name, each in self._requests.items() if same and each.number > load}
            self._requests = kept
            if not same:
                self._untold = load

    def tell(self, load: int) -> None:
        """The callers now know of the model loaded by request `load`."""
        with self._wake:
            if self._untold is not None and self._untold <= load:
                self._untold = None
