"""Autosave: at most half a second after an edit, even during a drag, the session is handed to a thread that writes it."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from zscape.app.state.saved_session import SessionFile
from zscape.models.errors import ZscapeError

log = logging.getLogger(__name__)

AFTER_MS = 500
"""Milliseconds from the first unsaved edit until the session is handed over; later edits in that time go with it."""
SELDOM_MS = 30_000
"""The same for edits that are not made by hand and keep coming, such as those of drift."""
AGAIN_MS = 5000
"""Milliseconds until a retry after a failure."""
WORK, REST = 0.001, 0.002
"""Seconds that the thread works without a pause, and seconds it then leaves Python's lock to the window."""


class Autosave(QObject):
    """Keeps the result of `snapshot` on disk by calling `write`, which may raise ZscapeError, in a separate thread.

    failed(line): writing failed; emitted once, then retried until `recovered`. An unchanged snapshot is not written again.
    """

    failed = Signal(str)
    recovered = Signal()
    _answered = Signal(str)

    def __init__(
        self, snapshot: Callable[[], SessionFile], write: Callable[[SessionFile], None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._snapshot, self._write = snapshot, write
        self._wake = threading.Condition()
        # Shared by both threads, under the lock:
        self._waiting: SessionFile | None = None
        self._busy = self._stopping = False
        self._line = ""
        # Used only in the thread that owns this object:
        self._thread: threading.Thread | None = None
        self._handed: SessionFile | None = None
        self._failing = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._hand_over)
        self._answered.connect(self._take_answer)

    def touch(self, after: int = AFTER_MS) -> None:
        """Something may have changed: hand it over within `after` milliseconds."""
        if not self._timer.isActive() or self._timer.remainingTime() > after:
            self._timer.start(after)

    def flush(self) -> bool:
        """Write everything to disk now; returns whether that succeeded."""
        self._timer.stop()
        self._hand_over()
        with self._wake:
            while self._busy or self._waiting is not None:
                self._wake.wait()
            line = self._line
        self._take_answer(line)
        return not line

    def forget(self) -> None:
        """Assume that nothing has been written to the place where `write` writes now."""
        self._handed = None
        self.touch()

    def stop(self) -> None:
        """End the thread after it has written what was handed over."""
        self._timer.stop()
        with self._wake:
            self._stopping = True
            self._wake.notify_all()
        if self._thread is not None:
            self._thread.join()

    def _hand_over(self) -> None:
        if self._stopping:
            return  # nobody would write it
        saved = self._snapshot()
        if saved == self._handed:
            return
        self._handed = saved
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="autosave", daemon=True)
            self._thread.start()
        with self._wake:
            self._waiting = saved
            self._wake.notify_all()

    def _run(self) -> None:
        while True:
            with self._wake:
                while self._waiting is None:
                    if self._stopping:
                        return
                    self._wake.wait()
                saved, self._waiting, self._busy = self._waiting, None, True
            line = self._written(saved)
            with self._wake:
                self._busy, self._line = False, line
                self._wake.notify_all()
            self._answered.emit(line)

    def _written(self, saved: SessionFile) -> str:
        """Write the session; returns the error message, "" on success."""
        try:
            self._write(saved)
        except ZscapeError as error:
            return str(error)
        except Exception as error:  # whatever the error is, the thread must go on to the next attempt
            log.exception("autosave failed")
            return f"{error or type(error).__name__}."
        return ""

    def _take_answer(self, line: str) -> None:
        if line:
            self._handed = None  # not written, so an equal snapshot must be written too
            self._timer.start(AGAIN_MS)
        if line and not self._failing:
            self.failed.emit(line)
        elif not line and self._failing:
            self.recovered.emit()
        self._failing = bool(line)


class Rest:
    """Called between two pieces of work in a thread: pauses after a stretch of work so that the window can go on."""

    def __init__(self) -> None:
        self._began = time.perf_counter()

    def __call__(self) -> None:
        if time.perf_counter() - self._began > WORK:
            time.sleep(REST)
            self._began = time.perf_counter()
