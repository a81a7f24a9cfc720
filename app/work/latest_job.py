"""Jobs of which only the latest matters: when the input changes, the running job is cancelled."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from zscape.app.work.jobs import Job, JobQueue
from zscape.models.progress import Work


class LatestJob(QObject):
    """Runs one job at a time; a new start cancels the running job and waits for its end.

    progressed(Progress), finished(result) and failed(line) are those of the latest job only. cancelled(): the user cancelled it
    in the window's list of jobs. changed(): `busy` has changed.
    """

    progressed = Signal(object)
    finished = Signal(object)
    failed = Signal(str)
    cancelled = Signal()
    changed = Signal()

    def __init__(self, jobs: JobQueue, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._job: Job | None = None
        self._next: tuple[str, Callable[[], Work[Any]], bool, bool] | None = None
        self._dropped = False

    @property
    def busy(self) -> bool:
        """Whether a job is running whose result is still wanted."""
        return self._next is not None or (self._job is not None and not self._dropped)

    def start(self, name: str, work: Callable[[], Work[Any]], background: bool = False, spare: bool = False) -> None:
        """Run `work()` instead of the running job. background, spare: as for JobQueue.start."""
        self._next = (name, work, background, spare)
        if self._job is None:
            self._begin()
        else:
            self._give_up()

    def cancel(self) -> None:
        """Cancel the running and the waiting job."""
        self._next = None
        if self._job is not None:
            self._give_up()

    def _give_up(self) -> None:
        assert self._job is not None
        self._dropped = True
        self._job.cancel()
        self.changed.emit()

    def _begin(self) -> None:
        assert self._next is not None
        (name, work, background, spare), self._next = self._next, None
        self._dropped = False
        self._job = job = self._jobs.start(name, work, background, spare)
        job.progressed.connect(self._on_progress)
        job.finished.connect(self._on_finished)
        job.failed.connect(self._on_failed)
        job.cancelled.connect(self._on_cancelled)
        job.ended.connect(self._on_ended)
        self.changed.emit()

    def _on_progress(self, progress: object) -> None:
        if not self._dropped:
            self.progressed.emit(progress)

    def _on_finished(self, result: object) -> None:
        if self._take_end():
            self.finished.emit(result)

    def _on_failed(self, line: str) -> None:
        if self._take_end():
            self.failed.emit(line)

    def _on_cancelled(self) -> None:
        if self._take_end():
            self.cancelled.emit()

    def _take_end(self) -> bool:
        """Become free when only the end of the thread is missing; returns whether the result is wanted."""
        wanted, self._dropped = not self._dropped, True
        return wanted

    def _on_ended(self) -> None:
        self._job = None
        if self._next is not None:
            self._begin()
        else:
            self.changed.emit()
