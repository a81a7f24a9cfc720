"""Long work in background threads: any generator function of models/, with progress, pause and cancel."""

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
"""Signs of life that may wait for the event loop; work that yields faster than the window looks waits for it."""


class Job(QObject):
    """One piece of long work in a thread of its own.

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
        """Whether the person has paused it."""
        return self._paused

    @property
    def stopping(self) -> bool:
        """Whether it was told to end; what it has reached may still be on its way to the disk."""
        return self._cancelled

    def pause(self, paused: bool = True) -> None:
        """Stop at the next yield, or go on."""
        with self._wake:
            self._paused = paused
            self._wake.notify_all()
        self.state_changed.emit()

    def cancel(self) -> None:
        """End at the next yield; the work's `finally` blocks keep what is to be kept."""
        with self._wake:
            self._cancelled = True
            self._wake.notify_all()
        self.state_changed.emit()

    def look_again(self) -> None:
        """What it rests for may be over."""
        with self._wake:
            self._wake.notify_all()

    def begin(self) -> None:
        """Start the thread, if it has not been started yet."""
        if self._thread.ident is None:
            self._thread.start()

    def join(self, seconds: float | None = None) -> bool:
        """Wait until the thread has ended, at most `seconds` where they are given; returns whether it has."""
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
                from zscape.models.training.priority import lower_priority

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
        except Exception as error:  # whatever goes wrong in a job is told, and the window goes on
            log.exception("job %s failed", self.name)
            line = f"{self.name} failed: {error or type(error).__name__}."
            outcome = lambda: self.failed.emit(line)  # noqa: E731
        outcome()
        self.ended.emit(self)

    def _may_go_on(self) -> bool:
        """Wait while paused, while a person moves a control if this is background work, while a file is written if it is spare
        work. False: cancelled.
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
    """The jobs that run now. started(Job) and ended(Job) tell of them; the window closes only after `shut_down`."""

    started = Signal(object)
    ended = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.jobs: list[Job] = []
        self._lock = threading.Lock()
        self._closed = False
        self._holds = 0
        self._quiet_at = 0.0  # under the lock: the threads of background jobs ask for it

    def start(self, name: str, work: Callable[[], Work[Any]], background: bool = False, spare: bool = False) -> Job:
        """Run `work()` in a thread. background: at the lowest priority, and at rest while a person moves a control. spare: what
        nobody waits for, which rests while others `hold` it too.

        The thread starts at the next turn of the event loop, so that the caller can connect the job's signals first. After
        `shut_down` none starts any more.
        """
        job = Job(name, work, background, self, spare)
        if self._closed:  # a timer may still ask for work
            return job
        job.ended.connect(self._forget)
        self.jobs.append(job)
        self.started.emit(job)
        QTimer.singleShot(0, job.begin)
        return job

    @property
    def held(self) -> bool:
        """Whether spare work rests."""
        return self._holds > 0

    def hold(self) -> None:
        """Spare work rests until `release` has been called as often as this."""
        self._holds += 1

    def release(self) -> None:
        """The end of one `hold`."""
        self._holds -= 1
        for job in self.jobs:
            job.look_again()

    def touch(self, seconds: float = 0.15) -> None:
        """A person is moving a control: background work rests for this long."""
        with self._lock:
            self._quiet_at = time.monotonic() + seconds

    def seconds_to_quiet(self) -> float:
        """How long background work still rests."""
        with self._lock:
            return self._quiet_at - time.monotonic()

    def shut_down(self, seconds: float | None = None) -> bool:
        """Cancel every job and wait for the threads; what training had reached is saved by its own `finally`.

        seconds: how long to wait at most, None for as long as it takes. Returns whether all have ended.
        """
        self._closed = True
        for job in self.jobs:
            job.cancel()
        end = time.monotonic() + (seconds or 0.0)
        return all(job.join(None if seconds is None else max(0.0, end - time.monotonic())) for job in self.jobs)

    def _forget(self, job: Job) -> None:
        job.join()  # the thread has nothing left to do; after this nothing of it holds the job, which must die in its own thread
        self.jobs.remove(job)
        self.ended.emit(job)
