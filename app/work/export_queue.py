"""Exports, one after the other: while one is written the next ones wait, and the window goes on."""

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
"""Seconds between two looks at what gets on: every frame would be more than a person sees, and takes time from the next."""


class Export(QObject):
    """One file that is to be written. changed(): its state is another, or its progress and picture have been for OFTEN.

    at_once: whether it waits for no other. line: what went wrong, or where it lies. frame: the last one that was drawn, uint8
    [H, W, 3], None before the first.
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
        self._since: tuple[float, int, str] | None = None  # when, at which frame and of which step it was first heard of

    def see(self, frame: NDArray[np.uint8]) -> None:
        """Called by the work, in its own thread, with each frame that it has drawn."""
        self.frame = frame

    @property
    def over(self) -> bool:
        """Whether nothing more will come of it."""
        return self.state in ("done", "failed", "stopped")

    @property
    def rate(self) -> float:
        """Frames a second since the present step began, 0 until that can be said."""
        if self._since is None:
            return 0.0
        passed, done = time.monotonic() - self._since[0], self.progress.done - self._since[1]
        return done / passed if passed > 0.2 and done > 0 else 0.0

    @property
    def seconds_left(self) -> float | None:
        """Of the present step, None until that can be said."""
        rate = self.rate
        return (self.progress.total - self.progress.done) / rate if rate and self.progress.total else None

    def take(self, progress: Progress) -> None:
        """It has got on."""
        self.progress = progress
        now = time.monotonic()
        another = self._since is None or self._since[2] != progress.label
        if another:
            self._since = now, progress.done, progress.label
        if another or now - self._told >= OFTEN:
            self._told = now
            self.changed.emit()

    def become(self, state: State, line: str = "") -> None:
        """It is in another state."""
        self.state, self.line = state, line
        self.changed.emit()


class ExportQueue(QObject):
    """The exports of one window, the oldest first. added(Export): one more. ended(Export): it is over, in whatever way."""

    added = Signal(object)
    ended = Signal(object)

    def __init__(self, jobs: JobQueue) -> None:
        super().__init__(jobs)
        self._jobs = jobs
        self.exports: list[Export] = []

    def add(self, name: str, path: Path, work: Callable[[See], Work[Any]], at_once: bool = False) -> Export:
        """Write `path` by `work(see)` once those before it are over; it calls see(frame) with each frame it has drawn.

        at_once: what takes a moment does not wait.
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
        """Take it out of the queue, or stop it; nothing of its file is left, and what was there before stays."""
        if export.state == "waiting":
            export.become("stopped", "Stopped; no file was written.")
            self.ended.emit(export)
        elif export.job is not None and not export.over:
            export.job.cancel()

    def clear(self) -> None:
        """Forget those that are over."""
        for export in [each for each in self.exports if each.over]:
            self.exports.remove(export)
            export.deleteLater()

    def is_claimed(self, path: Path) -> bool:
        """Whether a file of that name is there, or is going to be."""
        try:
            there = path.exists()
        except OSError:  # no file can have such a name: writing it says so
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
        self._jobs.hold()  # on few cores what is only looked for meanwhile would take the time of what a person waits for
        export.become("running")

    def _end(self, export: Export, state: State, line: str) -> None:
        export.job = None
        self._jobs.release()
        export.become(state, line)
        self.ended.emit(export)
        self._go_on()
