"""Estimates the duration of a run by timing its first steps on this machine."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from zscape.app.views.train.live import duration
from zscape.app.views.train.time_box import rounded
from zscape.app.work.jobs import JobQueue
from zscape.app.work.latest_job import LatestJob
from zscape.models.progress import Work

if TYPE_CHECKING:
    from zscape.models.training.trial import Pace

SETTLED_MS = 400
"""Milliseconds after the last change of the settings: switching through the presets tries none of them."""

SLOWER = 1.5
"""The factor by which it may take longer than timed: training pauses for the user, and the computer may get other work."""
HOURS = 3 * 3600
"""Seconds above which minutes are not shown."""
LONG = 1800
"""Seconds above which the text says that a run can be stopped early."""


class Trial(QObject):
    """Times what is to be trained, as a job that can be cancelled; changed(): `words` has changed.

    Results are kept as long as the window is open.
    """

    changed = Signal()

    def __init__(self, jobs: JobQueue, parent: QObject) -> None:
        super().__init__(parent)
        self.job = LatestJob(jobs, self)
        self.error = ""
        self._known: dict[Hashable, Pace] = {}
        self._asked: Hashable = None
        self._next: tuple[str, Callable[[], Work[Pace]]] | None = None
        self._given_up = False
        self._rest = QTimer(self, singleShot=True, interval=SETTLED_MS)
        self._rest.timeout.connect(self._begin)
        self.job.finished.connect(self._take)
        self.job.failed.connect(self._fail)
        self.job.changed.connect(self.changed)
        self.job.cancelled.connect(self._give_up)

    def ask(self, key: Hashable, name: str, work: Callable[[], Work[Pace]]) -> None:
        """Time `work`, once for each `key`. name: of what is timed."""
        if key == self._asked:
            return
        self.stop()
        self._asked = key
        if key not in self._known:
            self._next = (f"Try {name}", work)
            self._rest.start()
        self.changed.emit()

    def stop(self) -> None:
        """Stop timing until the next request."""
        self._rest.stop()
        self._asked, self._next, self.error, self._given_up = None, None, "", False
        self.job.cancel()
        self.changed.emit()

    @property
    def measuring(self) -> bool:
        """Whether the speed of the request is going to be known."""
        return self._asked not in self._known and (self._next is not None or self.job.busy)

    def steps_in(self, seconds: float) -> int | None:
        """How many steps fit in `seconds`, to two digits; None if unknown."""
        pace = self._known.get(self._asked)
        return rounded(seconds / pace.seconds(1)) if pace is not None else None

    @property
    def threads(self) -> int:
        """The number of processor threads with which the request trains fastest, 0 if unknown."""
        pace = self._known.get(self._asked)
        return pace.threads if pace else 0

    def words(self, steps: int) -> str:
        """How long `steps` steps take, as far as known."""
        pace = self._known.get(self._asked)
        if pace is not None:
            seconds = pace.seconds(max(0, steps))
            early = " You can stop at any time and keep what it has learnt, or choose a shorter Time." if seconds > LONG else ""
            steps_timed = f"{pace.timed:,} steps" if pace.timed > 1 else "the first steps"
            return f"{between(seconds)} on this computer, by {steps_timed} timed just now.{early}"
        if self.error:
            return self.error
        if self._given_up:
            return "How long it takes was not measured."
        return "Measuring how long it takes here\u2026" if self._next or self.job.busy else ""

    def _begin(self) -> None:
        if self._next is not None:
            (name, work), self._next = self._next, None
            self.job.start(name, work, background=True)

    def _take(self, pace: Pace) -> None:
        self._known[self._asked] = pace
        self.changed.emit()

    def _fail(self, line: str) -> None:
        self.error = line
        self.changed.emit()

    def _give_up(self) -> None:
        self._given_up = True
        self.changed.emit()


def between(seconds: float) -> str:
    """The range of the real duration, in words, for an estimate of `seconds`."""
    if seconds > HOURS:
        return f"{seconds / 3600:.0f} to {seconds * SLOWER / 3600:.0f} h"
    low, high = duration(seconds), duration(seconds * SLOWER)
    number, _, unit = low.partition(" ")
    return f"{number if unit == high.partition(' ')[2] else low} to {high}"
