"""A cache of the frames of a playing film, so that a loop plays without gaps from the second round on."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import takewhile

from zscape.app.widgets.pictures.frame import Frame
from zscape.models.sweeps.base import Sweep

ROOM = 384 << 20
"""Bytes of pictures that are kept: 10 seconds of a 640x640 sheet in colour."""
STALE = 60.0
"""Seconds after which an unused frame may be replaced."""


@dataclass
class _Kept:
    frame: Frame
    used: float

    @property
    def bytes(self) -> int:
        return int(self.frame.images.nbytes)


class PlayedFrames:
    """Frames by channel and sweep, at most `room` bytes. clock(): seconds.

    When it is full, a new frame is not kept. Of a film that does not fit, the first part thus stays; dropping the least recently
    used frame would always drop the one needed next. Thread-safe.
    """

    def __init__(self, room: int = ROOM, clock: Callable[[], float] = time.perf_counter) -> None:
        self._room, self._clock = room, clock
        self._kept: dict[tuple[str, Sweep], _Kept] = {}  # least recently used first
        self._bytes = 0
        self._lock = threading.Lock()

    def find(self, channel: str, sweep: Sweep, request: int, asked: float) -> Frame | None:
        """The frame of `sweep` as the answer to `request`, made at the time `asked`; None if it is not kept."""
        from zscape.models.media.grids import bgra

        kept = self._wanted(channel, sweep)
        if kept is None:
            return None
        pixels = bgra(kept.images, kept.points.rows, kept.points.columns)
        return replace(kept, request=request, sweep=sweep, pixels=pixels, asked=asked, seconds=0.0)

    def has(self, channel: str, sweep: Sweep) -> bool:
        """Whether the frame of `sweep` is kept; if so it counts as used now."""
        return self._wanted(channel, sweep) is not None

    def _wanted(self, channel: str, sweep: Sweep) -> Frame | None:
        with self._lock:
            kept = self._kept.pop((channel, sweep), None)
            if kept is None:
                return None
            kept.used = self._clock()
            self._kept[channel, sweep] = kept
            return kept.frame

    def keep(self, frame: Frame, since: float | None = None) -> bool:
        """Keep `frame`, if it is complete and there is room; returns whether it is kept.

        since: frames unused since then may be replaced, None for those unused for STALE.
        """
        if not frame.complete:
            return False
        new = _Kept(replace(frame, pixels=None), self._clock())  # the pixels are made again when it is shown
        self.drop_stale()
        with self._lock:
            while since is not None and self._bytes + new.bytes > self._room and self._kept:
                key, oldest = next(iter(self._kept.items()))
                if oldest.used >= since:
                    break
                self._drop(key)
            if self._bytes + new.bytes > self._room:
                return False
            self._drop((frame.channel, frame.sweep))
            self._kept[frame.channel, frame.sweep] = new
            self._bytes += new.bytes
            return True

    def room_for(self, frame: Frame, count: int) -> bool:
        """Whether `count` frames of the size of `frame` can be kept."""
        return _Kept(frame, 0.0).bytes * count <= self._room

    def drop_stale(self) -> None:
        """Remove the frames that were unused for STALE."""
        oldest = self._clock() - STALE
        with self._lock:
            self._drop_before(oldest)

    def _drop_before(self, oldest: float) -> None:
        for key, _ in list(takewhile(lambda each: each[1].used < oldest, self._kept.items())):
            self._drop(key)

    def clear(self) -> None:
        """Remove all frames, because another model draws."""
        with self._lock:
            self._kept.clear()
            self._bytes = 0

    def _drop(self, key: tuple[str, Sweep]) -> None:
        if (kept := self._kept.pop(key, None)) is not None:
            self._bytes -= kept.bytes
