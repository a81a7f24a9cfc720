"""Runs the optimiser during and after painting: each improvement is reported, and the newest paint counts."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from zscape.app.work.jobs import Job, JobQueue
from zscape.models.inputs.recipe import Recipe
from zscape.models.progress import Progress, Work

if TYPE_CHECKING:
    from zscape.models.files.checkpoint import Model
    from zscape.models.inference.paint import Canvas
    from zscape.models.media.wishes import Wishes

IDLE = 0.1
"""How often, in seconds, the idle thread checks whether it is to end."""
SLICE = 0.015
"""Seconds of optimisation between two progress reports."""


class PaintingJob(QObject):
    """Runs one painting at a time; a new one replaces the running one.

    improved(Wishes, Recipe): a point that matches that paint better than any before. progressed(Progress). failed(line).
    changed(): whether one runs.
    """

    improved = Signal(object, object)
    progressed = Signal(object)
    failed = Signal(str)
    changed = Signal()
    _reported = Signal(object, object, object)

    def __init__(self, jobs: JobQueue, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._task: _Task | None = None
        self._reported.connect(self._take)

    @property
    def busy(self) -> bool:
        """Whether a painting is running."""
        return self._task is not None

    def begin(
        self, model: Model, canvas: Canvas, wishes: Wishes, found: Recipe | None, variant: int = 0, held: bool = False
    ) -> None:
        """Search for a point that matches `wishes` (see PaintRun). held: a stroke is in progress, and more paint will come."""
        self.cancel()
        self._task = task = _Task(canvas, wishes, found, variant, held)
        task.job = job = self._jobs.start("Paint", lambda: self._follow(model, task))
        job.progressed.connect(lambda progress: self._on_progress(task, progress))
        job.failed.connect(lambda line: self._on_failed(task, line))
        job.ended.connect(lambda _: self._on_ended(task))
        self.changed.emit()

    def ask(self, wishes: Wishes) -> None:
        """Replace the paint by `wishes`."""
        if self._task is not None:
            self._task.put(wishes)

    def let_go(self) -> None:
        """The stroke has ended: stop when there is no further improvement."""
        if self._task is not None:
            self._task.let_go()

    def cancel(self) -> None:
        """Cancel it; nothing more is reported."""
        task, self._task = self._task, None
        if task is not None:
            task.let_go()
            if task.job is not None:
                task.job.cancel()
            self.changed.emit()

    def _follow(self, model: Model, task: _Task) -> Work[None]:
        yield Progress(0, 0, "Painting")
        from zscape.models.inference.paint import PaintRun

        run = PaintRun(model, task.canvas, task.wishes, task.found, task.variant)
        better = False
        while True:
            if (wishes := task.newest()) is not None:
                run.ask(wishes)
            if run.done:
                if not task.held:
                    break
                task.wait()
            end = time.perf_counter() + SLICE
            while not run.done:  # one step at least, however long the thread was held up
                better = run.step() or better
                if time.perf_counter() >= end:
                    break
            if better and task.may_report():
                better = False
                self._reported.emit(task, run.wishes, run.recipe)
                task.wait_until_seen()
            yield run.progress
        self._reported.emit(task, run.wishes, run.recipe)

    def _take(self, task: _Task, wishes: Wishes, recipe: Recipe) -> None:
        if task is self._task:
            self.improved.emit(wishes, recipe)
        task.seen()

    def _on_progress(self, task: _Task, progress: Progress) -> None:
        if task is self._task:
            self.progressed.emit(progress)

    def _on_failed(self, task: _Task, line: str) -> None:
        if task is self._task:
            self.failed.emit(line)

    def _on_ended(self, task: _Task) -> None:
        if task is self._task:
            self._task = None
            self.changed.emit()


class _Task:
    """One painting, and the newest paint on its way from the window's thread to the job's."""

    def __init__(self, canvas: Canvas, wishes: Wishes, found: Recipe | None, variant: int, held: bool) -> None:
        self.canvas, self.wishes, self.found, self.variant = canvas, wishes, found, variant
        self.job: Job | None = None
        self._changed = threading.Condition()
        self._held, self._unseen = held, False
        self._newest: Wishes | None = None

    @property
    def held(self) -> bool:
        """Whether more paint will come."""
        with self._changed:
            return self._held or self._newest is not None

    def put(self, wishes: Wishes) -> None:
        with self._changed:
            self._newest = wishes
            self._changed.notify()

    def newest(self) -> Wishes | None:
        """The newest paint, returned once."""
        with self._changed:
            wishes, self._newest = self._newest, None
            return wishes

    def let_go(self) -> None:
        with self._changed:
            self._held = False
            self._changed.notify()

    def wait(self) -> None:
        """Wait for something to do, at most IDLE."""
        with self._changed:
            self._changed.wait_for(lambda: self._newest is not None or not self._held, IDLE)

    def may_report(self) -> bool:
        """Whether the last report has been shown; if so, the caller is to report now."""
        with self._changed:
            free, self._unseen = not self._unseen, True
            return free

    def seen(self) -> None:
        """The last report has been shown."""
        with self._changed:
            self._unseen = False
            self._changed.notify()

    def wait_until_seen(self) -> None:
        """During a stroke the window has priority: wait until the last report is shown before optimising further."""
        with self._changed:
            self._changed.wait_for(lambda: not self._held or not self._unseen, IDLE)
