"""One job in the status bar: what it is, how far it is, and what holds or stops it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QSizePolicy, QToolButton, QWidget

from zscape.app.widgets.elided import Elided
from zscape.app.widgets.greyed import grey
from zscape.app.widgets.theme import set_icon

if TYPE_CHECKING:
    from zscape.app.work.jobs import Job
    from zscape.models.progress import Progress

SETTLED_SECONDS = 5
"""Of work, after which its pace tells how long the rest takes."""
STOPPING = "stopping…"
BAR = 96
"""Width of the bar."""
NAME, SHORT_NAME = 200, 112
"""Width of a name at most, in a row with its bar and without."""
INDENT, SPACE = 16, 6


class JobRow(QWidget):
    """A job's name, a bar, the time left, pause and cancel; where there is little room no bar and a shorter name."""

    def __init__(self, job: Job) -> None:
        super().__init__()
        self.job = job
        self._step = ("", -1)  # what is being done, and how much of it there is
        self._began, self._first = time.monotonic(), 0
        row = QHBoxLayout(self)
        row.setContentsMargins(INDENT, 0, 0, 0)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        row.setSpacing(SPACE)
        self.name = Elided(job.name)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(BAR)
        self.bar.setAccessibleName(f"Progress of {job.name}")
        self.left = QLabel()
        metrics = self.left.fontMetrics()  # of one width: what stands beside it must not move with every minute
        self.left.setFixedWidth(max(metrics.horizontalAdvance(words) for words in ("88 min left", STOPPING)))
        self.pause = QToolButton()
        self.pause.clicked.connect(lambda: job.pause(not job.paused))
        self.cancel = QToolButton()
        set_icon(self.cancel, "close", 14)
        self.cancel.setToolTip(f"Stop {job.name}; its work is kept where possible")
        self.cancel.setAccessibleName(f"Stop {job.name}")
        self.cancel.clicked.connect(job.cancel)
        for button in (self.pause, self.cancel):
            button.setProperty("role", "tiny")
        for widget in (self.name, self.bar, self.left, self.pause, self.cancel):
            row.addWidget(widget)
        self._short = False
        self._set_name_width()
        self.setToolTip(job.name)
        job.progressed.connect(self._show)
        job.state_changed.connect(self._show_state)
        self._show(job.progress)
        self._show_state()

    @property
    def short(self) -> bool:
        """Whether the bar is left out."""
        return self._short

    def shorten(self, short: bool) -> None:
        """Leave out the bar and some of the name, or show both."""
        if short != self._short:
            self._short = short
            self.bar.setVisible(not short)
            self._set_name_width()

    def width_when(self, short: bool) -> int:
        """The width of the row with its bar or without, pixels."""
        rest = sum(widget.sizeHint().width() + SPACE for widget in (self.pause, self.cancel))
        bar = 0 if short else BAR + SPACE
        return INDENT + self._name_width(short) + SPACE + bar + self.left.width() + rest

    @property
    def words(self) -> str:
        """The job and how it stands, in a line."""
        state = "paused" if self.job.paused and not self.job.stopping else self.left.text()
        return f"{self.job.name}: {state}" if state else self.job.name

    def _name_width(self, short: bool) -> int:
        return min(self.name.sizeHint().width() + 1, SHORT_NAME if short else NAME)

    def _set_name_width(self) -> None:
        self.name.setFixedWidth(self._name_width(self._short))

    def _show(self, progress: Progress) -> None:
        self.bar.setRange(0, progress.total)
        self.bar.setValue(progress.done)
        self.setToolTip(f"{self.job.name}: {progress.label}" if progress.label else self.job.name)
        if self.job.stopping:  # how long all of it would have taken is past
            return
        if "seconds_left" in progress.figures:  # the work knows best
            self.left.setText(time_words(progress.figures["seconds_left"]))
            return
        step = (progress.label, progress.total)
        if step != self._step:  # how long the one before took says nothing of this one
            self._step, self._began, self._first = step, time.monotonic(), progress.done
            self.left.setText("")
        elapsed, done = time.monotonic() - self._began, progress.done - self._first
        if done > 0 and progress.total and elapsed > SETTLED_SECONDS:
            self.left.setText(time_words(elapsed * (progress.total - progress.done) / done))

    def _show_state(self) -> None:
        paused, stopping = self.job.paused, self.job.stopping
        set_icon(self.pause, "play" if paused else "pause", 14)
        self.pause.setToolTip(f"Continue {self.job.name}" if paused else f"Pause {self.job.name}")
        self.pause.setAccessibleName(self.pause.toolTip())
        for button in (self.pause, self.cancel):
            grey(button, "It is being stopped" if stopping else "")
        if stopping:
            self.left.setText(STOPPING)


def time_words(seconds: float) -> str:
    """A span of time in the form a person reads at a glance."""
    if seconds < 90:
        return f"{seconds:.0f} s left"
    minutes = round(seconds / 60)
    return f"{minutes} min left" if minutes < 90 else f"{minutes / 60:.1f} h left"
