"""The default pictures of the open model's map, and which likenesses its pictures do not allow."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from zscape.app.views.map.likeness import LIKENESSES
from zscape.app.views.map.maker import origin_of
from zscape.app.views.map.state import MapState
from zscape.models.maps.collection import Likeness, Origin, Source

if TYPE_CHECKING:
    from zscape.models.files.checkpoint import Model
    from zscape.models.maps.collection import Collection


class Comparable:
    """Looks up both once for a model and its pictures. lines: why they cannot be compared by each likeness, else ""."""

    def __init__(self) -> None:
        self.lines: dict[Likeness, str] = {}
        self._usual_of: tuple[object, str, bool] = (None, "", False)
        self._lacking_of: tuple[Model | None, Source, tuple[str, ...] | None] = (None, "data", None)
        self._told_of: tuple[Model | None, Origin | None] = (None, None)

    def usual(self, model: Model) -> tuple[str, bool]:
        """The default pictures, in words, and whether they are a data set."""
        if self._usual_of[0] is not model.generator:
            origin = origin_of(model, MapState())
            words = Path(origin.data).stem or f"{origin.count:,} random points"
            self._usual_of = model.generator, words, bool(origin.data)
        return self._usual_of[1:]

    def strange(self, model: Model, every: Collection) -> str:
        """A sentence, given once, that the pictures belong to none of the model's classes; else ""."""
        if self._told_of == (model, every.origin):
            return ""
        from zscape.models.maps.likeness import other_pictures

        self._told_of = model, every.origin
        return other_pictures(every, model.spec)

    def look_up(self, model: Model, state: MapState, every: Collection | None) -> bool:
        """Update `lines` for the mapped pictures, `every` once they are read; returns whether they had to be updated."""
        data = state.source == "data" or (state.source == "usual" and self.usual(model)[1])
        source: Source = every.origin.source if every else "data" if data else "generated"
        by = model, source, every.class_names if every else None
        if by == self._lacking_of:
            return False
        from zscape.models.maps.likeness import lacking

        self._lacking_of = by
        self.lines = {name: lacking(model, name, *by[1:]) for name in LIKENESSES}
        return True
