"""A model beside the open one: a file, or one of the checkpoints of a run; loaded in the background."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from zscape.app.work.jobs import JobQueue
from zscape.app.work.latest_job import LatestJob
from zscape.models.errors import ZscapeError
from zscape.models.files.library import find
from zscape.models.files.run_checkpoints import Checkpoint, Checkpoints, checkpoints, folder_of
from zscape.models.files.run_record import written_at
from zscape.models.progress import Progress, Work

if TYPE_CHECKING:
    from zscape.models.files.checkpoint import Model

MOST_BYTES = 512 << 20
"""Of weights that are kept in memory: so many checkpoints are there at once when one slides over them."""


@dataclass(frozen=True)
class _Found:
    """What `second` stands for: the run it belongs to, None for a model alone, and the file that was wanted, loaded.

    stamp: of the file as it was loaded (`written_at`). model: None where it is the one that is known already.
    """

    ages: Checkpoints | None
    path: Path
    stamp: int
    model: Model | None


class OtherModel(QObject):
    """changed(): another model is there, or something else to say. All is of the thread of this object.

    model: what is there now, None for none; while another one is loaded it stays. path: its file. ages: the checkpoints of its
    run, None where it stands alone. line: why it is not there, or what of the run is missing; "" for nothing to say.
    """

    changed = Signal()
    _loaded = Signal(object, object, object)

    def __init__(self, jobs: JobQueue, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.model: Model | None = None
        self.path: Path | None = None
        self.ages: Checkpoints | None = None
        self.line = ""
        self._second, self._step = "", -1
        self._models: dict[Path, Model] = {}
        self._stamps: dict[Path, int] = {}  # of the files that those were loaded from
        self._job = LatestJob(jobs, self)
        self._job.finished.connect(self._take)
        self._job.failed.connect(self._fail)
        self._job.changed.connect(self.changed)
        self._loaded.connect(self._keep)

    @property
    def busy(self) -> bool:
        """Whether what was wanted is still being loaded."""
        return self._job.busy and self.path is None

    @property
    def ready(self) -> int:
        """How many models can be shown at once: the one that is there, and checkpoints of its run that are in memory."""
        return len(self._models)

    @property
    def step(self) -> int:
        """Of the checkpoint that is there, -1 for a model that stands alone."""
        here = next((each for each in self.ages.ages if each.path == self.path), None) if self.ages else None
        return here.step if here else -1

    def want(self, second: str, step: int = -1) -> None:
        """Have the model `second`: a name in the library, a file, or a run's folder, of which `step` says the checkpoint, the
        newest for one below 0. "": none.
        """
        if (second, step) == (self._second, self._step):
            return
        same, self._second, self._step = second == self._second, second, step
        if same and self.ages is not None and (chosen := self.ages.at(step)).path in self._models:
            self._show(chosen.path)
            return
        if not same:
            self._models.clear()
            self._stamps.clear()
            self.model = self.path = self.ages = None
            self.line = ""
        if not second:
            self._job.cancel()
            self.changed.emit()
        else:
            self._look()

    def look_again(self) -> None:
        """Read the folder again: a run may have gone on. What is loaded and has not changed stays; what is loading goes on."""
        if self._second and not self.busy:
            self._look()

    def _look(self) -> None:
        second, step, known = self._second, self._step, dict(self._stamps)
        self._job.start("Load a model to compare with", lambda: _wanted(second, step, known))

    def _take(self, found: _Found | None) -> None:
        if found is None:
            return  # the others of the run are there
        self.ages = found.ages
        self.line = found.ages.words if found.ages else ""
        if found.model is not None:
            self._models[found.path], self._stamps[found.path] = found.model, found.stamp
        if found.path not in self._models:
            self._look()  # it was dropped meanwhile
            return
        self._show(found.path)
        if found.ages is not None and (missing := self._missing(found.ages)):
            self._job.start("Load checkpoints", lambda: self._rest(missing), background=True)

    def _missing(self, ages: Checkpoints) -> tuple[Checkpoint, ...]:
        """The other checkpoints that memory has room for, the nearest first."""
        assert self.path is not None
        here = next((place for place, each in enumerate(ages.ages) if each.path == self.path), 0)
        order = sorted(range(len(ages.ages)), key=lambda place: abs(place - here))
        room = max(1, MOST_BYTES // max(1, self.path.stat().st_size if self.path.exists() else 1))
        near = [ages.ages[place] for place in order[:room]]
        there = {each.path for each in near if self._stamps.get(each.path) == written_at(each.path)}
        self._models = {path: model for path, model in self._models.items() if path in there}
        self._stamps = {path: stamp for path, stamp in self._stamps.items() if path in there}
        return tuple(each for each in near if each.path not in there)

    def _rest(self, missing: Sequence[Checkpoint]) -> Work[None]:
        for number, each in enumerate(missing):
            yield Progress(number, len(missing), "Loading checkpoints")
            stamp = written_at(each.path)
            try:
                self._loaded.emit(each.path, load_whole(each.path), stamp)
            except ZscapeError:
                self._loaded.emit(each.path, None, stamp)

    def _keep(self, path: Path, model: Model | None, stamp: int) -> None:
        if self.ages is None or all(each.path != path for each in self.ages.ages):
            return  # of another run than the one wanted now
        if model is not None:
            self._models[path], self._stamps[path] = model, stamp
        else:
            self.ages = self.ages.without(path, "its weights are damaged")
            self.line = self.ages.words
            self.changed.emit()

    def _show(self, path: Path) -> None:
        self.path, self.model = path, self._models[path]
        self.changed.emit()

    def _fail(self, line: str) -> None:
        self.model = self.path = None
        self.line = line
        self.changed.emit()


def _wanted(second: str, step: int, known: Mapping[Path, int]) -> Work[_Found]:
    yield Progress(0, 1, "Loading a model to compare with")
    given = Path(second)
    path = given if given.is_dir() else find(second)
    folder = folder_of(path)
    if folder is None:
        return _found(None, path, known)
    ages = checkpoints(folder)
    if step < 0 and path.is_file() and any(each.path == path for each in ages.ages):
        step = next(each.step for each in ages.ages if each.path == path)
    while ages.ages:
        chosen = ages.at(step)
        try:
            return _found(ages if len(ages.ages) > 1 or ages.left_out else None, chosen.path, known)
        except ZscapeError:
            ages = ages.without(chosen.path, "its weights are damaged")
    raise ZscapeError(f"None of the models in {folder} can be read: {ages.left_out[-1][0]} is damaged. Choose another folder.")


def _found(ages: Checkpoints | None, path: Path, known: Mapping[Path, int]) -> _Found:
    stamp = written_at(path)
    return _Found(ages, path, stamp, None if stamp and known.get(path) == stamp else load_whole(path))


def load_whole(path: Path) -> Model:
    """The model in the file at `path`, with its directions."""
    from zscape.models.files.checkpoint import load_model
    from zscape.models.files.directions import directions_of

    model = load_model(path)
    return replace(model, directions=directions_of(model.spec))
