"""The order of the units, by measurements of their effects, which are kept as long as the model is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Signal

from zscape.app.views.layers.state import BY_ACTIVITY, BY_NUMBER
from zscape.app.work.context import Context
from zscape.app.work.latest_job import LatestJob

if TYPE_CHECKING:
    from zscape.models.directions.unit_effects import UnitEffects
    from zscape.models.families.base import Generator
    from zscape.models.inference.inside.look_inside import Seen
    from zscape.models.progress import Progress


class Ranking(QObject):
    """Measures the units of a layer when an order needs it. changed(): there are new results, or there is progress."""

    changed = Signal()

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self.context, self.session = context, context.session
        self.words = ""
        self._generator: Generator | None = None
        self._known: dict[str, UnitEffects] = {}
        self._wanted = ""
        self._job = LatestJob(context.jobs, self)
        self._job.progressed.connect(self._tell)
        self._job.finished.connect(self._take)
        self._job.failed.connect(self._fail)
        self._job.cancelled.connect(lambda: self._fail(""))

    @property
    def busy(self) -> bool:
        """Whether units are being measured."""
        return self._job.busy

    def orders(self) -> list[str]:
        """The orders available for the open model's units."""
        from zscape.models.directions.unit_effects import CHANGE, attributes_of

        model = self.session.model
        return [BY_NUMBER, BY_ACTIVITY, *([CHANGE, *attributes_of(model)] if model is not None else [])]

    def want(self, layer: str, order: str) -> None:
        """Measure what `order` needs for `layer`; does nothing if it is known, or needs no measuring."""
        self._forget_others()
        model = self.session.model
        if model is None or order in (BY_NUMBER, BY_ACTIVITY) or layer in self._known:
            if self._job.busy:
                self.stop()
            return
        if self._wanted == layer:
            return  # it is running, or it was stopped
        from zscape.models.directions.unit_effects import unit_effects

        self._wanted, device = layer, self.session.device or "auto"
        self._job.start("Measure units", lambda: unit_effects(model, layer, device), background=True)

    def stop(self) -> None:
        """Stop measuring."""
        self._wanted, self.words = "", ""
        self._job.cancel()

    def again(self) -> None:
        """Allow stopped measurements to start when needed again."""
        if not self._job.busy:
            self._wanted = ""

    def effects(self, layer: str) -> dict[str, np.ndarray]:
        """The results for a layer's units: name -> float64 [U]."""
        self._forget_others()
        return dict(self._known[layer].effects) if layer in self._known else {}

    def order(self, seen: Seen, order: str) -> list[int]:
        """The units in that order, as far as measured: the largest effects first, regardless of sign."""
        count = len(seen.maps)
        if order == BY_ACTIVITY:
            sizes = seen.activity
        elif seen.layer is not None and order in (known := self.effects(seen.layer.name)):
            sizes = np.abs(known[order])
        else:
            return list(range(count))
        return [int(unit) for unit in np.argsort(-sizes, kind="stable")]

    def _forget_others(self) -> None:
        model = self.session.model
        generator = model.generator if model is not None else None
        if generator is not self._generator:
            self._generator = generator
            self._known.clear()
            if self._job.busy:
                self.stop()
            self._wanted = ""

    def _tell(self, progress: Progress) -> None:
        share = f" {100 * progress.done // progress.total} %" if progress.total else ""
        self.words = f"Measuring{share}"
        self.changed.emit()

    def _take(self, found: UnitEffects) -> None:
        self._known[found.layer] = found
        self.words = ""
        self.changed.emit()

    def _fail(self, line: str) -> None:
        self.words = ""
        if line:
            self.session.message.emit(line, True)
        self.changed.emit()
