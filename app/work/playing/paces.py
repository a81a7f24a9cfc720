"""The paces of timelines with even change: measured in a job when needed, and again after each edit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from zscape.models.errors import ZscapeError

if TYPE_CHECKING:
    from zscape.app.work.context import Context
    from zscape.models.files.checkpoint import Model
    from zscape.models.progress import Work
    from zscape.models.sweeps.base import Sweep
    from zscape.models.timeline.pace import Pace
    from zscape.models.timeline.timeline import Timeline

REST_MS = 400
"""Milliseconds after the last edit until it is measured."""
KEPT = 8
"""How many paces are kept, so that undo and redo find theirs."""


@dataclass(eq=False)
class _Measured:
    """What was measured, and its pace; None if measuring failed: then playback uses the clock."""

    model: Model
    first: Sweep
    timeline: Timeline
    pace: Pace | None

    def same(self, other: _Measured) -> bool:
        """Whether both are for the same model, sweep and timeline."""
        if self.model.generator is not other.model.generator:
            return False
        return self.first == other.first and self.timeline == other.timeline


class Paces(QObject):
    """changed(): a new pace is known. sweep(): what the current view shows, None if it shows no sheet."""

    changed = Signal()

    def __init__(self, context: Context, sweep: Callable[[], Sweep | None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context, self._session, self._sweep = context, context.session, sweep
        self._kept: list[_Measured] = []
        self._busy = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(REST_MS)
        self._timer.timeout.connect(self._measure)
        self._session.scene_changed.connect(self._follow)
        self._session.model_changed.connect(self._follow)

    def of(self, timeline: Timeline) -> Pace | None:
        """The pace of `timeline` in the current view; None if it uses the clock, or has not been measured."""
        if not timeline.even:
            return None
        wanted = self._wanted(timeline)
        if wanted is None:
            return None
        known = self._known(wanted)
        if known is None and not self._busy and not self._timer.isActive():
            self._timer.start()
        return known.pace if known is not None else None

    def _wanted(self, timeline: Timeline) -> _Measured | None:
        sweep, model = self._sweep(), self._session.model
        if sweep is None or model is None:
            return None
        try:
            first = timeline.suiting(sweep).sweep(sweep, timeline.played[0], model.space)
        except ZscapeError:
            return None  # it is for another model: reported during playback
        return _Measured(model, first, timeline, None)

    def _known(self, wanted: _Measured) -> _Measured | None:
        return next((each for each in self._kept if each.same(wanted)), None)

    def _follow(self) -> None:
        """The timeline may have changed: measure it after a delay without edits."""
        timeline = self._session.scene.timeline
        if timeline is None or not timeline.even:
            self._timer.stop()
        elif not self._session.moves_itself:
            self._timer.start()

    def _measure(self) -> None:
        timeline = self._session.scene.timeline
        wanted = self._wanted(timeline) if timeline is not None and timeline.even else None
        if wanted is None or self._busy or self._known(wanted) is not None:
            return
        device = self._session.device or "auto"

        def work() -> Work[Pace]:
            from zscape.models.inference.films.even_change import pace_of
            from zscape.models.inference.runner import GeneratorRunner

            return (yield from pace_of(GeneratorRunner(wanted.model, device), wanted.first, wanted.timeline))

        self._busy = True
        job = self._context.jobs.start("Measure the change", work)
        job.finished.connect(lambda pace: self._keep(wanted, pace))
        job.failed.connect(lambda line: self._session.message.emit(line, True))
        job.ended.connect(lambda _: self._end(wanted))

    def _keep(self, wanted: _Measured, pace: Pace | None) -> None:
        wanted.pace = pace
        self._kept = [wanted, *self._kept[: KEPT - 1]]

    def _end(self, wanted: _Measured) -> None:
        self._busy = False
        if self._known(wanted) is None:
            self._keep(wanted, None)  # it failed or was cancelled: do not try again
        self.changed.emit()
        self._follow()  # the timeline may have changed meanwhile
