"""Finds directions in the background for a model that has none, after its first picture is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from zscape.app.state.settings import FIND_DIRECTIONS
from zscape.app.widgets.pictures.frame import Frame
from zscape.app.work.context import Context
from zscape.app.work.directions.directions import use
from zscape.app.work.latest_job import LatestJob
from zscape.models.errors import ZscapeError
from zscape.models.inputs.directions import DirectionSet
from zscape.models.inputs.kinds.latent import Latent
from zscape.models.progress import Progress

if TYPE_CHECKING:
    from zscape.models.files.checkpoint import Model

REST_MS = 1500
"""The delay after the first picture of a model, when the user looks at it."""


class DirectionFinder(QObject):
    """Finds the directions of the open model if it has none: automatically, or when asked.

    It runs as a job of the lowest priority, which pauses while the user moves something or a file is exported, and can be
    stopped. The directions found are used at once and saved. changed(): it has started, stopped or made progress. words: what it
    is doing and how far it is, or why it found nothing; short: the same for narrow places.
    """

    changed = Signal()
    by_itself = True

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.context, self.session = context, context.session
        self.words = self.short = ""
        self._for: Model | None = None
        self._seen: set[str] = set()  # hashes of the models it has searched in this window
        self._job = LatestJob(context.jobs, self)
        self._job.progressed.connect(self._tell)
        self._job.finished.connect(self._take)
        self._job.failed.connect(self._fail)
        self._job.cancelled.connect(self._stopped)
        self._job.changed.connect(self.changed)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(REST_MS)
        self._later.timeout.connect(self._begin)
        context.renderer.frame_ready.connect(self._drawn)
        self.session.model_changed.connect(self._give_up)

    @property
    def busy(self) -> bool:
        """Whether it is running."""
        return self._job.busy

    @property
    def possible(self) -> bool:
        """Whether directions can move anything in the open model."""
        space = self.session.space
        return space is not None and space.first(Latent) is not None

    def start(self) -> None:
        """Start finding the directions of the open model."""
        from zscape.models.directions.bank import find_bank

        model = self.session.model
        if model is None or not self.possible:
            return
        self._later.stop()
        self._for, self.words = model, ""
        self._seen.add(model.spec.sha256)
        device = self.session.device or "auto"
        self._job.start("Find directions", lambda: find_bank(model, device), background=True, spare=True)

    def stop(self) -> None:
        """Stop searching."""
        self._later.stop()
        self.words = ""
        self._job.cancel()

    def _stopped(self) -> None:
        self.words = ""
        self.changed.emit()

    def _drawn(self, frame: Frame) -> None:
        """A picture of the open model is shown: if its directions are wanted, start after a delay."""
        model = self.session.model
        if model is None or frame.model is not model or model.directions or model.spec.sha256 in self._seen:
            return
        wanted = self.by_itself and self.context.settings.flag(FIND_DIRECTIONS, True)
        # Weights that a run publishes every few seconds have no hash; they are searched once opened from a file, or by the
        # button.
        if wanted and model.spec.sha256 and self.session.model_path is not None and not self.busy:
            self._seen.add(model.spec.sha256)
            self._later.start()

    def _begin(self) -> None:
        if self.session.model is not None and not self.session.model.directions:
            self.start()

    def _give_up(self) -> None:
        """Another model is open: abandon the search for the last one. More directions do not make it another model."""
        model = self.session.model
        if self._for is not None and (model is None or model.generator is not self._for.generator):
            self._seen.discard(self._for.spec.sha256)
            self._for = None
            self.stop()

    def _tell(self, progress: Progress) -> None:
        share = f" {100 * progress.done // progress.total} %" if progress.total else ""
        self.words, self.short = f"{progress.label}{share}", f"Searching{share}"
        self.changed.emit()

    def _fail(self, line: str) -> None:
        self.words = line
        self.changed.emit()

    def _take(self, found: DirectionSet) -> None:
        model = self.session.model
        if model is None or self._for is None or model.generator is not self._for.generator:
            return
        self._for = None
        names = {each.name for each in model.directions}
        new = [each for each in found.directions if each.name not in names]
        try:
            use(self.context, (*new, *model.directions))
        except ZscapeError as error:
            self._fail(str(error))
