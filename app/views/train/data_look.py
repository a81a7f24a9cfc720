"""Reads the overview of the selected data in the background."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from zscape.app.work.jobs import JobQueue
from zscape.app.work.latest_job import LatestJob
from zscape.models.progress import Work

if TYPE_CHECKING:
    from zscape.models.data.overview import Overview

NOTHING = "There is no data yet: choose a folder of pictures."
STOPPED = "It was not examined: choose it again."


class DataLook(QObject):
    """The newest choice wins. changed(): `found` or `error` has changed.

    spec: the data set being read, None before the first choice. found: its overview, None until known. error: why it cannot
    be used.
    """

    changed = Signal()

    def __init__(self, jobs: JobQueue, parent: QObject) -> None:
        super().__init__(parent)
        self.job = LatestJob(jobs, self)
        self.spec: str | None = None
        self.error = ""
        self.found: Overview | None = None
        self.job.finished.connect(self._take)
        self.job.failed.connect(self._fail)
        self.job.cancelled.connect(lambda: self._fail(STOPPED))

    def look(self, spec: str, again: bool = False) -> None:
        """Read the data set `spec`, unless it was the last one. again: its files may have changed."""
        if spec == self.spec and not again:
            return
        self.spec, self.found, self.error = spec, None, "" if spec else NOTHING
        if not spec:
            self.job.cancel()
            self.changed.emit()
            return

        def work() -> Work[Overview]:
            from zscape.models.data.overview import overview

            return (yield from overview(spec))

        self.job.start(f"Look at {Path(spec).name}", work)
        self.changed.emit()

    def _take(self, found: Overview) -> None:
        self.found = found
        self.changed.emit()

    def _fail(self, line: str) -> None:
        self.error = line
        self.changed.emit()
