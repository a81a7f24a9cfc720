"""Writes exports one after the other in the background, while the window stays usable."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from PySide6.QtCore import QObject, Signal

from zscape.app.work.jobs import Job, JobQueue
from zscape.models.progress import Progress, Work

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

State = Literal["waiting", "running", "done", "failed", "stopped"]
See = Callable[["NDArray[np.uint8]"], None]
OFTEN = 0.1
"""Seconds between two progress updates: one for every frame would cost time and not be seen."""


class Export(QObject):
    """One file to be written. changed(): its state has changed, or, at most once per OFTEN, its progress and picture.

    at_once: whether it starts without waiting for others. line: what went wrong, or where the file is. frame: the last one drawn,
    uint8 [H, W, 3], None before the first.
    """

    changed = Signal()

    def __init__(self, name: str, path: Path, work: Callable[[See], Work[Any]], at_once: bool, parent: QObject) -> None:
        super().__init__(parent)
        self.name, self.path, self.work, self.at_once = name, path, work, at_once
        self.state: State = "waiting"
        self.line = ""
        self.progress = Progress(0, 0, "Waiting")
        self.frame: NDArray[np.uint8] | None = None
        self.job: Job | None = None
        self._told = -OFTEN
        self._since: tuple[float, int, str] | None = None  # when, at which frame and in which step progress was first reported

    def see(self, frame: NDArray[np.uint8]) -> None:
        """Called by the work, in its own thread, with each frame that it has drawn."""
        self.frame = frame

    @property
    def over(self) -> bool:
        """Whether it has ended."""
        return self.state in ("done", "failed", "stopped")

    @property
    def rate(self) -> float:
        """Frames per second since the current step began, 0 while unknown."""
        if self._since is None:
            return 0.0
        passed, done = time.monotonic() - self._since[0], self.progress.done - self._since[1]
        return done / passed if passed > 0.2 and done > 0 else 0.0

    @property
    def seconds_left(self) -> float | None:
        """Seconds left in the current step, None while unknown."""
        rate = self.rate
        return (self.progress.total - self.progress.done) / rate if rate and self.progress.total else None

    def take(self, progress: Progress) -> None:
        """Take the new progress."""
        self.progress = progress
        now = time.monotonic()
        another = self._since is None or self._since[2] != progress.label
        if another:
            self._since = now, progress.done, progress.label
        if another or now - self._told >= OFTEN:
            self._told = now
            self.changed.emit()

    def become(self, state: State, line: str = "") -> None:
        """Change its state."""
        self.state, self.line = state, line
        self.changed.emit()


class ExportQueue(QObject):
    """The exports of one window, oldest first. added(Export): a new one. ended(Export): one has ended, in whatever way."""

    added = Signal(object)
    ended = Signal(object)

    def __init__(self, jobs: JobQueue) -> None:
        super().__init__(jobs)
        self._jobs = jobs
        self.exports: list[Export] = []

    def add(self, name: str, path: Path, work: Callable[[See], Work[Any]], at_once: bool = False) -> Export:
        """Write `path` by `work(see)` after the exports before it; the work calls see(frame) with each frame it has drawn.

        at_once: for work that takes only a moment and does not wait.
        """
        export = Export(name, path, work, at_once, self)
        self.exports.append(export)
        self.added.emit(export)
        if at_once:
            self._begin(export)
        else:
            self._go_on()
        return export

    def cancel(self, export: Export) -> None:
        """Remove it from the queue, or stop it; its file is not left half-written, and an existing file stays."""
        if export.state == "waiting":
            export.become("stopped", "Stopped; no file was written.")
            self.ended.emit(export)
        elif export.job is not None and not export.over:
            export.job.cancel()

    def clear(self) -> None:
        """Remove the exports that have ended."""
        for export in [each for each in self.exports if each.over]:
            self.exports.remove(export)
            export.deleteLater()

    def is_claimed(self, path: Path) -> bool:
        """Whether a file of that name exists, or is going to be written."""
        try:
            there = path.exists()
        except OSError:  # not a valid file name: writing reports it
            there = False
        return there or any(each.path == path for each in self.exports if not each.over)

    def _go_on(self) -> None:
        if any(each.state == "running" and not each.at_once for each in self.exports):
            return
        export = next((each for each in self.exports if each.state == "waiting"), None)
        if export is not None:
            self._begin(export)

    def _begin(self, export: Export) -> None:
        job = export.job = self._jobs.start(export.name, lambda: export.work(export.see))
        job.progressed.connect(export.take)
        job.finished.connect(lambda _: self._end(export, "done", f"Wrote {export.path}."))
        job.failed.connect(lambda line: self._end(export, "failed", line))
        job.cancelled.connect(lambda: self._end(export, "stopped", "Stopped; no file was written."))
        self._jobs.hold()  # spare work would take time from the export on a machine with few cores
        export.become("running")

    def _end(self, export: Export, state: State, line: str) -> None:
        export.job = None
        self._jobs.release()
        export.become(state, line)
        self.ended.emit(export)
        self._go_on()
