"""Decides when a sheet begins to play: once enough of it is drawn ahead that no frame will be late."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from zscape.app.work.playing.round import RATE
from zscape.app.work.rendering.ahead import Ahead

if TYPE_CHECKING:
    from zscape.app.work.rendering.renderer import Renderer
    from zscape.models.sweeps.base import Sweep

LONGEST_WAIT = 10.0
"""The most seconds to prepare. What would take longer plays with fewer frames per second, evenly spaced."""
ENOUGH = 4 * RATE
"""Frames in hand that are enough to start while the drawing time is unknown."""
MEASURED, SURE = 3, 1.0
"""The frames needed to estimate the drawing time, or the seconds after which fewer are enough: the first is often slow."""
MOST_STEP = 6
"""At least every MOST_STEP-th frame is shown, 5 per second; a sheet that is too slow even for that plays at once."""


class Preparing(QObject):
    """Prepares once after `reset`, unless that would take too long, or there is no memory for the frames.

    share: how much of what is needed is drawn, from 0 to 1; None while not preparing. changed(): there is progress. ready():
    playback may start. clock(): seconds.
    """

    changed = Signal()
    ready = Signal()

    def __init__(self, renderer: Renderer, clock: Callable[[], float], parent: QObject) -> None:
        super().__init__(parent)
        self._renderer, self._clock = renderer, clock
        self.share: float | None = None
        self._sheet: tuple[Sweep, Ahead] | None = None  # the requested sheet, and its frames to draw ahead
        self._may = False
        self._began = 0.0
        renderer.ahead_drawn.connect(self._take)

    def reset(self, may: bool = True) -> None:
        """Something else is played. may: whether to prepare it if it is slow."""
        self.share, self._sheet, self._may = None, None, may

    def follows(self, sweep: Sweep, make: Callable[[], Ahead]) -> Ahead | None:
        """The frames of `sweep` to draw ahead, made by make(); None if nothing is drawn ahead."""
        if self._sheet is None or self._sheet[0] != sweep:
            if not self._may:
                return None
            self._sheet = sweep, make()
        return self._sheet[1]

    def stepped(self, number: int) -> int:
        """The frame to show when frame `number` is due: that one, or the last before it that was drawn in time."""
        return number - number % self._sheet[1].step if self._sheet is not None else number

    def go_to(self, number: int) -> None:
        """Frame `number` is shown: draw those after it first."""
        if self._sheet is not None:
            self._sheet[1].at = number

    def begin(self, shown: int) -> bool:
        """Frame `shown` may be slow: draw those after it, if they are known and were not prepared; returns whether it does."""
        if not self._may or self._sheet is None:
            return False
        self._may, self.share = False, 0.0
        self._began = self._clock()
        self.go_to(shown)
        self._renderer.draw_ahead(self._sheet[1])
        return True

    def end(self) -> None:
        """The user does not want to wait: nothing more is drawn ahead."""
        self.share = self._sheet = None

    def _take(self, ahead: Ahead) -> None:
        if self._sheet is None or ahead is not self._sheet[1]:
            return
        if self.share is None:
            if ahead.over:
                ahead.step = 1  # now every frame is drawn
            return
        if not ahead.over and not ahead.measured and ahead.ready(1) >= ENOUGH:
            self.share = None  # those were in the cache; the others are found during playback
            self.ready.emit()
            return
        if not ahead.over and (not ahead.measured or (ahead.measured < MEASURED and self._clock() - self._began < SURE)):
            return  # the drawing time is not known yet
        step = next((each for each in range(1, MOST_STEP + 1) if self._wait(ahead, each) <= LONGEST_WAIT), 0)
        if not ahead.fits or not step:
            self.end()
            self.ready.emit()
            return
        ahead.step = 1 if ahead.over else step
        if ahead.over or ahead.ready(step) >= ahead.needed(step):
            self.share = None  # the rest is drawn during playback
            self.ready.emit()
        else:
            self.share = max(self.share, ahead.ready(step) / ahead.needed(step))
            self.changed.emit()

    def _wait(self, ahead: Ahead, step: int) -> float:
        """Seconds from the start of preparing until playback, if every `step`-th frame is drawn."""
        return self._clock() - self._began + max(0, ahead.needed(step) - ahead.ready(step)) * ahead.seconds
