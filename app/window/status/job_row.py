"""One job in the status bar: its name, its progress, and buttons to pause and stop it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QSizePolicy, QToolButton, QWidget

from zscape.app.widgets.greyed import grey
from zscape.app.widgets.layouts.elided import Elided
from zscape.app.widgets.theme import set_icon

if TYPE_CHECKING:
    from zscape.app.work.jobs import Job
    from zscape.models.progress import Progress

SETTLED_SECONDS = 5
"""Seconds of work after which its pace is good enough to estimate the time left."""
STOPPING = "stopping…"
BAR = 96
"""The width of the progress bar."""
NAME, SHORT_NAME = 200, 112
"""The maximum width of the name, with and without the bar."""
INDENT, SPACE = 16, 6


class JobRow(QWidget):
    """A job's name, a bar, the time left, pause and cancel; if there is little space, no bar and a shorter name."""

    def __init__(self, job: Job) -> None:
        super().__init__()
        self.job = job
        self._step = ("", -1)  # the current step, and its total
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
        metrics = self.left.fontMetrics()  # a fixed width, so that its neighbours do not move every minute
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
        """Whether the bar is hidden."""
        return self._short

    def shorten(self, short: bool) -> None:
        """Hide the bar and shorten the name, or show both in full."""
        if short != self._short:
            self._short = short
            self.bar.setVisible(not short)
            self._set_name_width()

    def width_when(self, short: bool) -> int:
        """The width of the row in pixels, with or without the bar."""
        rest = sum(widget.sizeHint().width() + SPACE for widget in (self.pause, self.cancel))
        bar = 0 if short else BAR + SPACE
        return INDENT + self._name_width(short) + SPACE + bar + self.left.width() + rest

    @property
    def words(self) -> str:
        """The job and its progress, in one line."""
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
        if self.job.stopping:  # the time left no longer applies
            return
        if "seconds_left" in progress.figures:  # the work's own estimate is the best
            self.left.setText(time_words(progress.figures["seconds_left"]))
            return
        step = (progress.label, progress.total)
        if step != self._step:  # the duration of the previous step says nothing about this one
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
    """A duration in a form that is read at a glance."""
    if seconds < 90:
        return f"{seconds:.0f} s left"
    minutes = round(seconds / 60)
    return f"{minutes} min left" if minutes < 90 else f"{minutes / 60:.1f} h left"
