"""When a sheet begins to play: once so much of it is drawn ahead that no frame comes too late."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from zscape.app.work.ahead import Ahead
from zscape.app.work.round import RATE

if TYPE_CHECKING:
    from zscape.app.work.renderer import Renderer
    from zscape.models.sweeps.base import Sweep

LONGEST_WAIT = 10.0
"""Seconds that this may take; what would take longer plays with fewer frames a second, as even as may be."""
ENOUGH = 4 * RATE
"""Frames in hand with which it plays before it is known how long one takes."""
MEASURED, SURE = 3, 1.0
"""Frames that tell how long one takes, and seconds after which fewer of them do: the first often takes longest."""
MOST_STEP = 6
"""Of so many frames one is shown at the least, 5 a second; what would take too long all the same plays at once."""


class Preparing(QObject):
    """Prepares once after `reset`, and not where that would take long, or the frames have no room.

    share: of what it needs, 0 to 1, so much is there; None while it does not prepare. changed(): there is more. ready(): the
    playhead may move. clock(): seconds.
    """

    changed = Signal()
    ready = Signal()

    def __init__(self, renderer: Renderer, clock: Callable[[], float], parent: QObject) -> None:
        super().__init__(parent)
        self._renderer, self._clock = renderer, clock
        self.share: float | None = None
        self._sheet: tuple[Sweep, Ahead] | None = None  # what is asked for, and what follows of it
        self._may = False
        self._began = 0.0
        renderer.ahead_drawn.connect(self._take)

    def reset(self, may: bool = True) -> None:
        """Something else plays. may: whether it is to be prepared where it is slow."""
        self.share, self._sheet, self._may = None, None, may

    def follows(self, sweep: Sweep, make: Callable[[], Ahead]) -> Ahead | None:
        """What follows of `sweep`, which make() makes; None where nothing is drawn ahead."""
        if self._sheet is None or self._sheet[0] != sweep:
            if not self._may:
                return None
            self._sheet = sweep, make()
        return self._sheet[1]

    def stepped(self, number: int) -> int:
        """The frame that is shown where frame `number` is due: that, or the last before it that was drawn in time."""
        return number - number % self._sheet[1].step if self._sheet is not None else number

    def go_to(self, number: int) -> None:
        """Frame `number` is shown: those that follow it are drawn first."""
        if self._sheet is not None:
            self._sheet[1].at = number

    def begin(self, shown: int) -> bool:
        """Frame `shown` may not be quick: draw what follows, where that is known and was not done; returns whether it does."""
        if not self._may or self._sheet is None:
            return False
        self._may, self.share = False, 0.0
        self._began = self._clock()
        self.go_to(shown)
        self._renderer.draw_ahead(self._sheet[1])
        return True

    def end(self) -> None:
        """The person does not wait for it: nothing more is drawn ahead."""
        self.share = self._sheet = None

    def _take(self, ahead: Ahead) -> None:
        if self._sheet is None or ahead is not self._sheet[1]:
            return
        if self.share is None:
            if ahead.over:
                ahead.step = 1  # from now on every frame is there
            return
        if not ahead.over and not ahead.measured and ahead.ready(1) >= ENOUGH:
            self.share = None  # they were kept from before; the others are looked for while it plays
            self.ready.emit()
            return
        if not ahead.over and (not ahead.measured or (ahead.measured < MEASURED and self._clock() - self._began < SURE)):
            return  # how long one takes is not known yet
        step = next((each for each in range(1, MOST_STEP + 1) if self._wait(ahead, each) <= LONGEST_WAIT), 0)
        if not ahead.fits or not step:
            self.end()
            self.ready.emit()
            return
        ahead.step = 1 if ahead.over else step
        if ahead.over or ahead.ready(step) >= ahead.needed(step):
            self.share = None  # the rest is drawn while it plays
            self.ready.emit()
        else:
            self.share = max(self.share, ahead.ready(step) / ahead.needed(step))
            self.changed.emit()

    def _wait(self, ahead: Ahead, step: int) -> float:
        """Seconds from its beginning until it plays, where every so many frames are drawn."""
        return self._clock() - self._began + max(0, ahead.needed(step) - ahead.ready(step)) * ahead.seconds
