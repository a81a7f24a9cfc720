"""The heat map behind a pad: drawn in the background while nothing else happens, first coarse and then finer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from zscape.app.work.context import Context
from zscape.app.work.latest_job import LatestJob
from zscape.models.progress import Progress

if TYPE_CHECKING:
    from zscape.models.files.checkpoint import Model
    from zscape.models.heatmap.choices import Choice
    from zscape.models.heatmap.maker import Heat, HeatMaker
    from zscape.models.inputs.recipe import Recipe
    from zscape.models.sweeps.pad import Pad

REST_MS = 250
"""Milliseconds without a change before it starts, because the picture itself comes first."""


@dataclass(frozen=True)
class _Wanted:
    name: str
    pad: Pad
    base: Recipe
    view: tuple[float, float, float]


class HeatLayer(QObject):
    """Computes the selected heat map of the open model. changed(): there is a new heat map, or `words` has changed.

    heat: the heat map so far; until there is one, that of the last pad. words: what is being done, or why it cannot be done.
    """

    changed = Signal()

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.context, self.session = context, context.session
        self.heat: Heat | None = None
        self.words = ""
        self._made: tuple[Model, HeatMaker] | None = None
        self._wanted: _Wanted | None = None
        self._begun: _Wanted | None = None
        self._drawn: _Wanted | None = None
        self._choices: tuple[Model, tuple[Choice, ...]] | None = None
        self._job = LatestJob(context.jobs, self)
        self._job.progressed.connect(self._tell)
        self._job.finished.connect(self._take)
        self._job.failed.connect(self._fail)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(REST_MS)
        self._later.timeout.connect(self._begin)

    @property
    def busy(self) -> bool:
        """Whether the selected heat map is not finished."""
        return self._later.isActive() or self._job.busy

    def choices(self) -> tuple[Choice, ...]:
        """The heat maps that the open model offers."""
        from zscape.models.heatmap.choices import choices

        model = self.session.model
        if model is None:
            return ()
        if self._choices is None or self._choices[0] is not model:
            self._choices = model, choices(model)
        return self._choices[1]

    def show(self, name: str, pad: Pad, base: Recipe, view: tuple[float, float, float]) -> None:
        """Select the heat map `name` of a square of a pad; "" for none."""
        wanted = _Wanted(name, pad, base, view) if name else None
        if wanted == self._wanted:
            return
        before, self._wanted = self._wanted, wanted
        if wanted is None or before is None or (before.name, type(before.pad)) != (name, type(pad)):
            self._clear()
        if wanted is None:
            self._later.stop()
            self._job.cancel()
        elif wanted != self._drawn:
            self._later.start()
        else:
            self._later.stop()

    def stop(self) -> None:
        """Stop the computation; it starts again when the heat map is selected again."""
        self._later.stop()
        self._job.cancel()
        self._wanted = self._drawn

    def forget(self) -> None:
        """Another model is open: remove the heat map of the last one."""
        self._later.stop()
        self._job.cancel()
        self._wanted = self._made = None
        self._clear()

    def _clear(self) -> None:
        self.heat, self.words, self._drawn = None, "", None
        self.changed.emit()

    def _begin(self) -> None:
        from zscape.models.heatmap.maker import HeatMaker

        model, wanted = self.session.model, self._wanted
        if model is None or wanted is None:
            return
        if self._made is None or self._made[0].generator is not model.generator:
            self._made = model, HeatMaker(self.session.device or "auto")
        maker = self._made[1]
        self._begun, self._drawn = wanted, None
        self._job.start("Heat map", lambda: maker.draw(model, wanted.name, wanted.pad, wanted.base, wanted.view), background=True)

    def _tell(self, progress: Progress) -> None:
        from zscape.models.heatmap.maker import HeatProgress

        share = f" {100 * progress.done // progress.total} %" if progress.total else ""
        self.words = f"{progress.label}{share}"
        if isinstance(progress, HeatProgress) and progress.heat is not None:
            self.heat = progress.heat
        self.changed.emit()

    def _take(self, heat: Heat) -> None:
        self.heat, self.words, self._drawn = heat, "", self._begun
        self.changed.emit()

    def _fail(self, line: str) -> None:
        self.heat, self.words = None, line
        self.changed.emit()
