"""Since when a film plays and from where, and so which of its frames is due."""

from __future__ import annotations

import math
from collections.abc import Callable

from zscape.app.work.playing.round import RATE


class PlayClock:
    """start: where playback began, in seconds of the film's clock. frame: the last frame shown, counted from there; -1 for none.

    clock(): seconds.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self.begin(0.0)

    def begin(self, start: float, frame: int = -1) -> None:
        """Playback begins now at `start`. frame: 0 if the first frame is already shown."""
        self._begun, self.start, self.frame = self._clock(), start, frame

    def resume(self) -> None:
        """Playback has waited, and continues now at the last frame."""
        self._begun = self._clock() - max(0, self.frame) / RATE

    @property
    def place(self) -> float:
        """Where playback is now, in seconds of the film's clock; in a loop it grows on."""
        return self.start + self._passed

    @property
    def due(self) -> int:
        """The frame that is due now."""
        return math.floor(self._passed * RATE + 1e-6)

    def until(self, frame: int) -> int:
        """Milliseconds until `frame` is due, at least 1."""
        return max(1, math.ceil(1000 * (frame / RATE - self._passed)))

    @property
    def _passed(self) -> float:
        return self._clock() - self._begun
