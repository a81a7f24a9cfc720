"""The status bar: the last message, how fast it draws and on what, and the jobs that run."""

from __future__ import annotations

import time
from collections import deque
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QSizePolicy, QStatusBar, QToolButton, QWidget

from zscape.app.widgets.theme import set_icon

if TYPE_CHECKING:
    from zscape.app.widgets.frame import Frame
    from zscape.app.work.jobs import Job, JobQueue
    from zscape.models.progress import Progress

MESSAGE_SECONDS = 8
SETTLED_SECONDS = 5
"""Of work, after which its pace tells how long the rest takes."""


class JobRow(QWidget):
    """One job: its name, a bar, the time left, pause and cancel."""

    def __init__(self, job: Job) -> None:
        super().__init__()
        self.job = job
        self._began, self._first = time.monotonic(), -1
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 0, 0)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        row.setSpacing(6)
        self.name = QLabel(job.name)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(96)
        self.bar.setAccessibleName(f"Progress of {job.name}")
        self.left = QLabel()
        self.left.setMinimumWidth(56)
        self.pause = QToolButton()
        self.pause.clicked.connect(lambda: job.pause(not job.paused))
        self.cancel = QToolButton()
        set_icon(self.cancel, "mdi6.close", 14)
        self.cancel.setToolTip(f"Stop {job.name}; what it has reached is kept where it can be")
        self.cancel.setAccessibleName(f"Stop {job.name}")
        self.cancel.clicked.connect(job.cancel)
        for button in (self.pause, self.cancel):
            button.setProperty("role", "tiny")
        for widget in (self.name, self.bar, self.left, self.pause, self.cancel):
            row.addWidget(widget)
        job.progressed.connect(self._show)
        job.state_changed.connect(self._show_state)
        self._show_state()

    def _show(self, progress: Progress) -> None:
        self.bar.setRange(0, progress.total)
        self.bar.setValue(progress.done)
        self.setToolTip(progress.label)
        if "seconds_left" in progress.figures:  # the work knows best
            self.left.setText(time_words(progress.figures["seconds_left"]))
            self._first = progress.total
        elif self._first < 0:
            self._began, self._first = time.monotonic(), progress.done
        elapsed, done = time.monotonic() - self._began, progress.done - self._first
        if done > 0 and progress.total and elapsed > SETTLED_SECONDS:
            self.left.setText(time_words(elapsed * (progress.total - progress.done) / done))

    def _show_state(self) -> None:
        paused = self.job.paused
        set_icon(self.pause, "mdi6.play" if paused else "mdi6.pause", 14)
        self.pause.setToolTip(f"Go on with {self.job.name}" if paused else f"Pause {self.job.name}")
        self.pause.setAccessibleName(self.pause.toolTip())


def time_words(seconds: float) -> str:
    """A span of time in the form a person reads at a glance."""
    if seconds < 90:
        return f"{seconds:.0f} s left"
    minutes = round(seconds / 60)
    return f"{minutes} min left" if minutes < 90 else f"{minutes / 60:.1f} h left"


class Status(QStatusBar):
    """Message at the left; jobs and figures at the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self.setContentsMargins(8, 0, 8, 0)
        self.figures = QLabel()
        self.figures.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.figures.setMinimumWidth(176)
        self.figures.setToolTip("Frames painted in the last second, time the generator took for the last one, and where it runs")
        self.addPermanentWidget(self.figures)
        self.device = ""
        self._offers = 0
        self._rows: dict[Job, JobRow] = {}
        self._painted: deque[float] = deque(maxlen=240)
        self._milliseconds = 0.0
        self._tick = QTimer(self)
        self._tick.setInterval(250)
        self._tick.timeout.connect(self._show_figures)

    def watch(self, jobs: JobQueue) -> None:
        """Show every job from now on."""
        jobs.started.connect(self._add)
        jobs.ended.connect(self._remove)

    def offer(self, widget: QWidget) -> None:
        """Show `widget` at the left while there is no message."""
        self.addWidget(widget)
        self._offers += 1

    def add_row(self, widget: QWidget) -> None:
        """Have `widget` stand where jobs do, before them."""
        self.insertPermanentWidget(self._offers, widget)  # they are counted from the left
        self._keep_message()

    def say(self, line: str) -> None:
        """Show `line` for a while."""
        self.showMessage(line, MESSAGE_SECONDS * 1000)

    def count(self, frame: Frame) -> None:
        """A frame has been painted."""
        self._painted.append(time.monotonic())
        self._milliseconds = 1000 * frame.seconds
        if not self._tick.isActive():
            self._tick.start()

    def _show_figures(self) -> None:
        now = time.monotonic()
        while self._painted and now - self._painted[0] > 1:
            self._painted.popleft()
        if not self._painted:
            self._tick.stop()
        rate = f"{len(self._painted)} fps" if self._painted else "at rest"
        self.figures.setText(f"{rate}   {self._milliseconds:.1f} ms   {self.device}")

    def _add(self, job: Job) -> None:
        row = JobRow(job)
        self._rows[job] = row
        self.add_row(row)

    def _keep_message(self) -> None:
        """What stands in the bar is another: behind Qt, which then shows what a message has hidden."""
        QTimer.singleShot(0, self, self._say_again)

    def _say_again(self) -> None:
        line = self.currentMessage()
        if line:
            self.clearMessage()
            self.say(line)

    def _remove(self, job: Job) -> None:
        row = self._rows.pop(job, None)
        if row is not None:
            self.removeWidget(row)
            row.deleteLater()
            self._keep_message()
