"""How long a run will take: its first steps, tried on this machine."""

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
"""After the last change of what is asked for: one who leafs through the presets tries none of them."""

SLOWER = 1.5
"""So much longer it may take than what was timed: training gives way to a person's hand, and the computer may get other work."""
HOURS = 3 * 3600
"""Seconds: from here on minutes are not told."""
LONG = 1800
"""Seconds: of a run that takes longer it is said that it need not."""


class Trial(QObject):
    """Tries what is to be trained, as a job that can be cancelled; changed(): `words` says something else.

    What was tried is remembered as long as the window is open.
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
        """Find out how fast `work` is, which is tried once for each `key`. name: of what is tried."""
        if key == self._asked:
            return
        self.stop()
        self._asked = key
        if key not in self._known:
            self._next = (f"Try {name}", work)
            self._rest.start()
        self.changed.emit()

    def stop(self) -> None:
        """Try nothing any more, until it is asked for again."""
        self._rest.stop()
        self._asked, self._next, self.error, self._given_up = None, None, "", False
        self.job.cancel()
        self.changed.emit()

    @property
    def measuring(self) -> bool:
        """Whether it will be known how fast what is asked for learns."""
        return self._asked not in self._known and (self._next is not None or self.job.busy)

    def steps_in(self, seconds: float) -> int | None:
        """How many steps are learnt in `seconds`, to two figures; None where that is not known."""
        pace = self._known.get(self._asked)
        return rounded(seconds / pace.seconds(1)) if pace is not None else None

    @property
    def threads(self) -> int:
        """With how many threads of the processor what is asked for learns fastest, 0 where that is not known."""
        pace = self._known.get(self._asked)
        return pace.threads if pace else 0

    def words(self, steps: int) -> str:
        """How long `steps` steps take, as far as that is known."""
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
    """From how long to how long what was timed to take `seconds` will take."""
    if seconds > HOURS:
        return f"{seconds / 3600:.0f} to {seconds * SLOWER / 3600:.0f} h"
    low, high = duration(seconds), duration(seconds * SLOWER)
    number, _, unit = low.partition(" ")
    return f"{number if unit == high.partition(' ')[2] else low} to {high}"
