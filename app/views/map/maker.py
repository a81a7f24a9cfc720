"""Makes the view's map in a job that reports what can already be shown.

The code that makes maps needs torch and is imported only when one is made, because the window may start with this view.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QObject, Signal

from zscape.app.views.map.state import MapState
from zscape.app.work.context import Context
from zscape.app.work.latest_job import LatestJob
from zscape.models.maps.collection import Likeness, Origin
from zscape.models.maps.files.map_file import load_map
from zscape.models.maps.map import Map
from zscape.models.maps.settings import MapSettings
from zscape.models.progress import Progress, Work

if TYPE_CHECKING:
    from zscape.models.files.checkpoint import Model

FOUND_ALONE: tuple[Likeness, ...] = ("features", "discriminator")
"""Likenesses that an available network computes from the pictures afterwards; latents come with the map."""
KEPT = 3
"""How many maps are kept, one of which is shown."""


class MapMaker(QObject):
    """shown(Map): there is a map, or a better one. failed(line). changed(): it starts or ends. progressed(Progress).

    by_itself: whether a map is made when the view is first shown, without the user's request.
    """

    shown = Signal(object)
    failed = Signal(str)
    changed = Signal()
    progressed = Signal(object)
    _told = Signal(int, object)
    by_itself: ClassVar[bool] = True

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.context, self.session = context, context.session
        self.map: Map | None = None
        self.stopped = False  # by the user: it is not made again until something changes
        self._of: tuple[object, ...] = ()  # what `map` was made from
        self._kept: dict[tuple[object, ...], Map] = {}  # by that key; the last ones, for undo
        self._number = 0
        self._rest: Callable[[Map], Work[Map]] | None = None  # what follows the first map
        self._job = LatestJob(context.jobs, self)
        self._comparing = LatestJob(context.jobs, self)
        self._told.connect(self._take)
        self._job.progressed.connect(self.progressed)
        self._job.finished.connect(self._go_on)
        self._job.failed.connect(self._fail)
        self._job.cancelled.connect(self._stop)
        self._job.changed.connect(self.changed)
        self._comparing.finished.connect(lambda found: self._take(self._number, found))
        self._comparing.failed.connect(self.failed)
        self.session.model_changed.connect(self._give_up)

    @property
    def busy(self) -> bool:
        """Whether a map is being made."""
        return self._job.busy

    def serves(self, model: Model, state: MapState) -> bool:
        """Whether the map that exists, is being made or was stopped is the one of `state`."""
        return self._of == (model.generator, *state.made)

    def start(self, model: Model, state: MapState) -> None:
        """Make the map of `state`; existing pictures are only arranged again."""
        before = self._of
        self._of, self.stopped = (model.generator, *state.made), False
        self._number += 1
        self._comparing.cancel()
        self._rest = None
        if self._of in self._kept:
            self._job.cancel()
            self._take(self._number, self._kept[self._of])
            return
        from zscape.models.maps.make import begun, completed

        device = self.session.device or "auto"
        tell = partial(self._told.emit, self._number)
        known = self.map
        work: Callable[[], Work[Map]]
        if state.file:
            self.map = None
            work = partial(_loading, Path(state.file), model)
        elif known is not None and known.complete and before[:-2] == self._of[:-2] and _can(known, state.likeness):
            work = partial(_rearranging, known, model, state, tell, device)
        else:
            self.map = None
            settings = MapSettings(state.method, state.likeness, device)
            work = partial(begun, model, origin_of(model, state), settings, tell)
            self._rest = partial(completed, model=model, settings=settings, tell=tell)
        self._job.start("Make the map", work, background=self._rest is None and state.method != "pca")

    def adopt(self, found: Map, model: Model, state: MapState) -> None:
        """Show a map that was made elsewhere, as that of `state`."""
        self._rest = None
        self._job.cancel()
        self._comparing.cancel()
        self._number += 1
        self._of = (model.generator, *state.made)
        self._take(self._number, found)

    def suit(self, model: Model) -> None:
        """Drop what belongs to another model."""
        if self._of and self._of[0] is not model.generator:
            self._rest = None
            self._job.cancel()
            self._comparing.cancel()
            self.map, self._of, self._number = None, (), self._number + 1
            self._kept.clear()

    def compare_by(self, likeness: Likeness) -> None:
        """Prepare to find neighbours by `likeness`; `shown` is emitted when it can be done."""
        found, model = self.map, self.session.model
        if model is None or found is None or not found.complete or found.knows_neighbours(likeness) or self._comparing.busy:
            return
        self._comparing.start("Get ready to compare", partial(_comparing, found, model, likeness, self.session.device or "auto"))

    def stop(self) -> None:
        """Stop the job; the map that is shown stays."""
        self._job.cancel()
        self._stop()

    def _take(self, number: int, found: Map) -> None:
        if number == self._number:
            self.map = found
            if found.complete:
                self._kept.pop(self._of, None)
                self._kept[self._of] = found
                while len(self._kept) > KEPT:
                    del self._kept[next(iter(self._kept))]
            self.shown.emit(found)

    def _go_on(self, found: Map) -> None:
        """A job has ended: show its map, and start the job that completes it at low priority."""
        rest, self._rest = self._rest, None
        if rest is not None:
            self._job.start("Complete the map", partial(rest, found), background=True)
        self._take(self._number, found)

    def _give_up(self) -> None:
        """End the making of another model's map, also in a hidden view: it would take time, and be shown as this model's."""
        if self.session.model is not None and self.busy:
            self.suit(self.session.model)

    def _fail(self, line: str) -> None:
        self.stopped = True
        self.failed.emit(line)

    def _stop(self) -> None:
        self.stopped = True
        self._number += 1
        self.changed.emit()


def origin_of(model: Model, state: MapState) -> Origin:
    """The pictures that a state specifies. Raises ZscapeError for invalid ones."""
    from zscape.models.maps.gather import usual_origin

    if state.source == "usual":
        return usual_origin(model.spec)
    if state.source == "data":
        return Origin("data", state.data)
    return Origin("generated", "", state.count, state.seed)


def _can(known: Map, likeness: Likeness) -> bool:
    """Whether a map's pictures can be arranged by `likeness` with existing features, or with some computed from them alone."""
    return known.collection.has(likeness) or likeness in FOUND_ALONE


def _rearranging(known: Map, model: Model, state: MapState, tell: Callable[[Map], None], device: str) -> Work[Map]:
    from zscape.models.maps.likeness import with_values
    from zscape.models.maps.make import arranged

    collection = yield from with_values(known.collection, model, state.likeness, device)
    return (yield from arranged(collection, state.method, state.likeness, tell, known))


def _loading(path: Path, model: Model) -> Work[Map]:
    from zscape.models.maps.make import ready

    yield Progress(0, 0, f"Opening {path.name}")
    found = load_map(path, model.spec)
    yield Progress(0, 0, f"Opening {path.name}")
    return (yield from ready(found, found.likeness))


def _comparing(found: Map, model: Model, likeness: Likeness, device: str) -> Work[Map]:
    from dataclasses import replace

    from zscape.models.maps.likeness import with_values
    from zscape.models.maps.make import ready

    collection = yield from with_values(found.collection, model, likeness, device)
    if collection is not found.collection:
        found = replace(found, collection=collection)
    return (yield from ready(found, likeness))
