"""What waits to be drawn: between who asks and the thread that draws."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zscape.app.work.render_requests import Load, Request

if TYPE_CHECKING:
    from pathlib import Path

    from zscape.app.widgets.frame import Frame
    from zscape.app.work.ahead import Ahead
    from zscape.app.work.render_requests import Options
    from zscape.models.files.checkpoint import Model
    from zscape.models.sweeps.base import Sweep

MOVING = 0.15
"""Seconds: requests of a channel that follow each other more quickly are a movement, and the moving picture may be a draft."""
REST = 0.1
"""Seconds without a request after which a draft is drawn again exactly."""


@dataclass(frozen=True)
class Task:
    """What is to be done next; nothing of it: it is a rest.

    moves: whether the request is one of a movement. ahead: a channel, and what is to be drawn ahead for it.
    """

    load: Load | None = None
    request: Request | None = None
    moves: bool = False
    ahead: tuple[str, Ahead] | None = None


class RenderQueue:
    """One slot a channel: a request replaces the one that waits there, and channels take turns, those that have waited longest
    first. Models to be loaded go before. All of it may be called by either thread.
    """

    def __init__(self) -> None:
        self._wake = threading.Condition()
        self._numbers = 0
        self._stopping = False
        self._loads: list[Load] = []
        self._requests: dict[str, Request] = {}
        self._drafts: dict[str, Request] = {}
        self._asked: dict[str, float] = {}  # when that of each channel was that was drawn last
        self._drawing: Request | None = None
        self._forgotten = False  # what is drawn
        self._ahead: tuple[str, Ahead] | None = None
        self._untold: int | None = None  # the model that draws now, by its number, while who asks does not know of it yet

    # Who asks.

    @property
    def busy(self) -> bool:
        """Whether something is drawn, or waits to be."""
        with self._wake:
            return self._drawing is not None or bool(self._requests)

    @property
    def waits(self) -> bool:
        """Whether something waits to be drawn, behind what is drawn now."""
        with self._wake:
            return bool(self._requests)

    def load(self, model: Callable[[], Model], device: str, path: Path | None, published: bool) -> int:
        """Have a model loaded, as of `Load`; returns its number.

        It takes the place of those that wait, but for one that was published: files go before that.
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
        """As `Renderer.request`; returns the number, and the frame itself where there is one.

        find(number, time): a frame that was kept of what moves. What is asked for between `clear` and `tell` is for the model
        before, of which the one that draws may know nothing: it is dropped, as what `clear` drops.
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
            # However slowly it is drawn: on a machine that is slow or busy drafts are needed most.
            moving = options.moving or (waits is not None and waits.sweep != sweep and now - waits.asked < MOVING)
            request = Request(number, channel, sweep, now, moving, options)
            if kept is not None:
                self._requests.pop(channel, None)
                self._keep_draft(request, kept.draft)
            else:
                # In the place of the one that waited: else a channel that is asked again and again would never have its turn.
                self._requests[channel] = request
            self._wake.notify()  # there was no rest
            return number, kept

    def go_ahead(self, ahead: Ahead) -> None:
        """Draw what `ahead` has whenever nothing else waits."""
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
            if self._drawing is not None and self._drawing.channel == channel and self._drawing.options.whole:
                self._forgotten = True

    def end(self) -> None:
        """Nothing more is to be drawn."""
        with self._wake:
            self._stopping = True
            self._wake.notify()

    # Who draws.

    def next(self, ready: bool, patience: float | None) -> Task | None:
        """Wait for something to do; None at the end. ready: whether there is a model to draw with. patience: seconds after which
        there is something to do at rest, None for never; where there are drafts it is REST.
        """
        with self._wake:
            self._drawing, self._forgotten = None, False
            while not (self._stopping or self._loads or (ready and (self._requests or self._may_go_ahead()))):
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
            return Task(ahead=self._ahead if self._may_go_ahead() else None)

    def _may_go_ahead(self) -> bool:
        return self._ahead is not None and self._ahead[1].wanted and not self._ahead[1].over

    def keep_draft(self, request: Request, draft: bool) -> None:
        """Whether what answers `request` is a draft, to be drawn again exactly."""
        with self._wake:
            self._keep_draft(request, draft)

    def _keep_draft(self, request: Request, draft: bool) -> None:
        self._drafts.pop(request.channel, None)
        if draft:
            self._drafts[request.channel] = request

    def take_draft(self) -> Request | None:
        """One that is to be drawn again exactly."""
        with self._wake:
            return self._drafts.pop(next(iter(self._drafts))) if self._drafts else None

    def is_over(self, request: Request) -> bool:
        """Whether another model or another request has come in its place: what is wrong with it is wrong no more."""
        with self._wake:
            return bool(self._loads) or request.channel in self._requests

    def is_wanted(self, besides: tuple[str, Sweep] | None = None) -> bool:
        """Whether there is something to do that cannot wait. besides: a channel and what is drawn for it already."""
        with self._wake:
            requests = any(besides is None or (name, each.sweep) != besides for name, each in self._requests.items())
            return self._stopping or bool(self._loads) or requests

    def is_left(self) -> bool:
        """Whether what is drawn is of no use: it was forgotten, a person opens another model, or this ends."""
        with self._wake:
            return self._is_left()

    def _is_left(self) -> bool:
        return self._stopping or self._forgotten or any(not load.published for load in self._loads)

    def is_newer(self, channel: str) -> bool:
        """Whether something newer waits there."""
        with self._wake:
            return channel in self._requests

    def drop(self, request: Request) -> bool:
        """Whether a drawing that was cut short is not to be shown. Should the other model not open, it is drawn after all."""
        with self._wake:
            left = self._is_left()
            if left or request.options.whole:
                self._drafts.pop(request.channel, None)
            if left and not self._forgotten and request.channel not in self._requests:
                self._requests[request.channel] = request
            return left or request.options.whole

    def clear(self, load: int, same: bool) -> None:
        """There is another model, of the number `load`: what waits was made for the one before, and whoever shows something asks
        again. same: it only knows more than that one; what was asked for after that number stays, as it knows the new one.
        """
        with self._wake:
            self._drafts.clear()
            self._ahead = None
            kept = {name: each for name, each in self._requests.items() if same and each.number > load}
            self._requests = kept
            if not same:
                self._untold = load

    def tell(self, load: int) -> None:
        """Who asks knows of the model of the number `load` now."""
        with self._wake:
            if self._untold is not None and self._untold <= load:
                self._untold = None
