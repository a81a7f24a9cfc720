"""Long work in background threads: runs any generator function of models/, with progress, pause and cancel."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from zscape.models.errors import ZscapeError
from zscape.models.progress import Progress, Work

log = logging.getLogger(__name__)

UNSEEN = 16
"""The most progress reports that may wait for the event loop; work that yields faster than that is paused."""


class Job(QObject):
    """One piece of long work in its own thread.

    It emits `progressed(Progress)` any number of times and then exactly one of `finished(result)`, `failed(line)` and
    `cancelled()`; all arrive in the thread the job was made in. `ended` follows each of the three.
    """

    progressed = Signal(object)
    finished = Signal(object)
    failed = Signal(str)
    cancelled = Signal()
    ended = Signal(object)
    state_changed = Signal()

    def __init__(self, name: str, start: Callable[[], Work[Any]], background: bool, queue: JobQueue, spare: bool = False) -> None:
        super().__init__()
        self.name = name
        self.progress = Progress(0, 0, "Starting")
        self._start, self._background, self._queue, self._spare = start, background, queue, spare
        self._wake = threading.Condition()
        self._paused = self._cancelled = False
        self._unseen = 0
        self._thread = threading.Thread(target=self._run, name=f"job: {name}", daemon=True)
        self.progressed.connect(self._keep)

    @property
    def paused(self) -> bool:
        """Whether the user has paused it."""
        return self._paused

    @property
    def stopping(self) -> bool:
        """Whether it was told to stop; its last result may not be written yet."""
        return self._cancelled

    def pause(self, paused: bool = True) -> None:
        """Pause at the next yield, or continue."""
        with self._wake:
            self._paused = paused
            self._wake.notify_all()
        self.state_changed.emit()

    def cancel(self) -> None:
        """Stop at the next yield; the `finally` blocks of the work save what is to be kept."""
        with self._wake:
            self._cancelled = True
            self._wake.notify_all()
        self.state_changed.emit()

    def look_again(self) -> None:
        """Check again whether the reason for waiting is over."""
        with self._wake:
            self._wake.notify_all()

    def begin(self) -> None:
        """Start the thread, unless it is started."""
        if self._thread.ident is None:
            self._thread.start()

    def join(self, seconds: float | None = None) -> bool:
        """Wait until the thread has ended, at most `seconds` if given; returns whether it has."""
        self.begin()
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _keep(self, progress: Progress) -> None:
        self.progress = progress
        with self._wake:
            self._unseen -= 1
            self._wake.notify_all()

    def _run(self) -> None:
        outcome: Callable[[], None] = self.cancelled.emit
        try:
            if self._background:
                from zscape.models.training.run.priority import lower_priority

                lower_priority()
            work = self._start()
            try:
                while self._may_go_on():
                    progress = next(work)
                    with self._wake:
                        self._unseen += 1
                    self.progressed.emit(progress)
            except StopIteration as stop:
                result = stop.value
                outcome = lambda: self.finished.emit(result)  # noqa: E731
            finally:
                work.close()
        except ZscapeError as error:
            line = str(error)
            outcome = lambda: self.failed.emit(line)  # noqa: E731
        except Exception as error:  # any error in a job is reported, and the window goes on
            log.exception("job %s failed", self.name)
            line = f"{self.name} failed: {error or type(error).__name__}."
            outcome = lambda: self.failed.emit(line)  # noqa: E731
        outcome()
        self.ended.emit(self)

    def _may_go_on(self) -> bool:
        """Wait while paused; if this is background work, while the user moves a control; if spare work, while a file is written.
        Returns False if cancelled.
        """
        with self._wake:
            while not self._cancelled:
                rest = self._queue.seconds_to_quiet() if self._background else 0.0
                held = self._paused or (self._spare and self._queue.held)
                if not held and rest <= 0 and self._unseen < UNSEEN:
                    return True
                self._wake.wait(rest if rest > 0 and not held else None)
        return False


class JobQueue(QObject):
    """The running jobs. started(Job) and ended(Job) report them; the window closes only after `shut_down`."""

    started = Signal(object)
    ended = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.jobs: list[Job] = []
        self._lock = threading.Lock()
        self._closed = False
        self._holds = 0
        self._quiet_at = 0.0  # protected by the lock: background threads read it

    def start(self, name: str, work: Callable[[], Work[Any]], background: bool = False, spare: bool = False) -> Job:
        """Run `work()` in a thread. background: at the lowest priority, paused while the user moves a control. spare: work that
        nobody waits for, which also pauses during `hold`.

        The thread starts at the next turn of the event loop, so that the caller can first connect the job's signals. After
        `shut_down`, no thread starts.
        """
        job = Job(name, work, background, self, spare)
        if self._closed:  # a timer may still request work
            return job
        job.ended.connect(self._forget)
        self.jobs.append(job)
        self.started.emit(job)
        QTimer.singleShot(0, job.begin)
        return job

    @property
    def held(self) -> bool:
        """Whether spare work is paused."""
        return self._holds > 0

    def hold(self) -> None:
        """Pause spare work until `release` has been called once for each `hold`."""
        self._holds += 1

    def release(self) -> None:
        """End one `hold`."""
        self._holds -= 1
        for job in self.jobs:
            job.look_again()

    def touch(self, seconds: float = 0.15) -> None:
        """The user is moving a control: pause background work for this long."""
        with self._lock:
            self._quiet_at = time.monotonic() + seconds

    def seconds_to_quiet(self) -> float:
        """How long background work will still pause."""
        with self._lock:
            return self._quiet_at - time.monotonic()

    def shut_down(self, seconds: float | None = None) -> bool:
        """Cancel every job and wait for the threads; training saves its progress in its `finally` blocks.

        seconds: the longest time to wait, None for no limit. Returns whether all threads have ended.
        """
        self._closed = True
        for job in self.jobs:
            job.cancel()
        end = time.monotonic() + (seconds or 0.0)
        return all(job.join(None if seconds is None else max(0.0, end - time.monotonic())) for job in self.jobs)

    def _forget(self, job: Job) -> None:
        job.join()  # afterwards the thread holds no reference to the job, which must be deleted in its own thread
        self.jobs.remove(job)
        self.ended.emit(job)
