"""The shown map: its colours, its selection, the current point on it and the nearest pictures beside it."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject

from zscape.app.views.map.controls import DISTANCE
from zscape.app.views.map.maker import FOUND_ALONE, MapMaker
from zscape.app.views.map.pictures import Pictures
from zscape.app.views.map.side import MapSide
from zscape.app.views.map.state import Likeness, MapState
from zscape.app.widgets.map.canvas import MapCanvas
from zscape.app.widgets.map.legend import Legend
from zscape.app.widgets.pictures.frame import Frame
from zscape.app.widgets.throttle import throttled
from zscape.app.work.context import Context
from zscape.models.maps.drawing.colours import STOPS, class_colours, shades, span
from zscape.models.maps.drawing.density import contours
from zscape.models.maps.map import Map
from zscape.models.maps.reduction.neighbours import Nearest
from zscape.models.maps.region import inside

Row = NDArray[np.uint8] | NDArray[np.float32]


class ShownMap(QObject):
    """Keeps `canvas` and `side` up to date with the map of `maker` and the scene.

    pictures: of the map, None if there is none. active: bool [N], which are selected, None for all. frame: the current
    point, as last drawn.
    """

    def __init__(self, context: Context, maker: MapMaker, canvas: MapCanvas, side: MapSide) -> None:
        super().__init__(canvas)
        self._session, self._maker, self._canvas, self._side = context.session, maker, canvas, side
        self.pictures: Pictures | None = None
        self.active: NDArray[np.bool_] | None = None
        self.frame: Frame | None = None
        self._near: Nearest | None = None
        self._chosen_by: tuple[object, ...] = ()
        self._coloured_by: tuple[object, ...] = ()
        self._contoured_by: tuple[object, ...] = ()
        self.follow_soon = throttled(self.follow, self)

    @property
    def state(self) -> MapState:
        """The view's state."""
        return self._session.scene.view(MapState)

    def show_map(self, found: Map) -> None:
        """Show a map, or a better one of the same pictures."""
        space = self._session.space
        if space is None:
            return
        if self.pictures is None or self.pictures.collection is not found.collection:
            self.pictures = Pictures(found.collection, space)
            self._canvas.picture, self._canvas.caption = self.pictures.image, self._caption
            self._side.show_attributes(found.collection.attributes)
        before = self._canvas.points.positions
        fresh = before.shape != found.positions.shape or bool((before[:100] != found.positions[:100]).any())
        self._coloured_by = self._chosen_by = ()
        self._canvas.show_points(found.positions, self._colours(found))
        if fresh:
            self._canvas.show_part(self.state.middle, self.state.zoom)
        self._near = None

    def clear(self) -> None:
        """Remove the map: it belongs to another model, or to other pictures."""
        self.pictures, self._near, self.active = None, None, None
        self._coloured_by = self._chosen_by = ()
        self._canvas.show_points(np.empty((0, 2), np.float32), np.empty(0, np.uint32))
        self._canvas.show_marker(None)
        self._canvas.show_lasso(np.empty((0, 2)))
        self._canvas.show_contours(())
        self._contoured_by = ()
        self._side.near.show_pictures([], [])
        self._side.show_attributes({})
        self._side.chosen.hide()

    def refresh(self, found: Map) -> None:
        """The scene has changed."""
        self._show_chosen(found)
        self._show_colours(found)
        self._show_contours(found)
        self.follow_soon.throttle()

    def show_frame(self, frame: Frame) -> None:
        """The current point was drawn, or moved by playback."""
        self.frame = frame
        if self._maker.map is not None:
            self.mark(self._maker.map)
            self.follow_soon.throttle()

    def _caption(self, place: int) -> str:
        return self.pictures.caption(place, self.state.colour) if self.pictures is not None else ""

    # Colours, and the selection.

    def _colours(self, found: Map) -> NDArray[np.uint32]:
        collection, by = found.collection, self.state.colour
        values: NDArray[Any] | None = collection.attributes.get(by)
        name = by
        if by == DISTANCE:
            row = self.row(found, self.state.compare)
            if row is not None and found.knows_neighbours(self.state.compare):
                values, name = found.neighbours(self.state.compare).distances(row), f"distance by {self.state.compare}"
        if values is None:
            classes = class_colours(len(collection.class_names))
            pairs = tuple(zip(collection.class_names, (classes & 0xFFFFFF).tolist(), strict=True))
            self._canvas.show_legend(Legend(pairs))
            return classes[collection.labels]
        low, high = span(values)
        self._canvas.show_legend(Legend((), name, STOPS, (f"{low:.3g}", f"{high:.3g}")))
        return shades(values)

    def _show_colours(self, found: Map) -> None:
        by = (found, self.state.colour, (self.frame, self.state.compare) if self.state.colour == DISTANCE else None)
        if by != self._coloured_by:
            self._coloured_by = by
            self._canvas.show_colours(self._colours(found))

    def _show_chosen(self, found: Map) -> None:
        state = self.state
        by = (found, state.brushes, state.lasso)
        if by == self._chosen_by:
            return
        self._chosen_by = by
        attributes = found.collection.attributes
        brushes = [each for each in state.brushes if each[0] in attributes]
        self.active = np.ones(len(found), np.bool_) if brushes or state.lasso else None
        if self.active is not None:
            for name, low, high in brushes:
                self.active &= (attributes[name] >= low) & (attributes[name] <= high)
            if state.lasso:
                self.active &= inside(found.positions, np.array(state.lasso))
        self._canvas.show_lasso(np.array(state.lasso).reshape(-1, 2))
        self._canvas.show_active(self.active)
        unknown = self.pictures.unknown if self.pictures else ""
        self._side.show_chosen(attributes, self.active, brushes, unknown)

    def _show_contours(self, found: Map) -> None:
        """Show lines of equal density of the selection."""
        by = (found.positions, self.active) if self.state.contours else ()
        if len(by) != len(self._contoured_by) or any(one is not other for one, other in zip(by, self._contoured_by, strict=True)):
            self._contoured_by = by
            chosen = found.positions if self.active is None else found.positions[self.active]
            self._canvas.show_contours(contours(chosen) if by else ())

    # The current point and its neighbours.

    def row(self, found: Map, likeness: Likeness) -> Row | None:
        """The current point's features for the comparison, None if there are none."""
        frame, collection = self.frame, found.collection
        if frame is None or frame.model.generator is not getattr(self._session.model, "generator", None):
            return None
        from zscape.models.maps.likeness import row_of

        return row_of(collection, frame.model, likeness, frame.images[0], frame.points, self._session.device or "auto")

    def mark(self, found: Map) -> None:
        """Draw a ring at the current point."""
        place = None
        if found.axes is not None or found.knows_neighbours(found.likeness):
            row = self.row(found, found.likeness)
            if row is not None:
                x, y = found.place(row).tolist()
                place = x, y
        self._canvas.show_marker(place)

    def follow(self) -> None:
        """Show the pictures nearest to the current point."""
        found, likeness = self._maker.map, self.state.compare
        if found is None or self.pictures is None or not self._canvas.isVisible():
            return
        self._near, words = None, ""
        if found.knows_neighbours(likeness):
            row = self.row(found, likeness)
            if row is not None:
                self._near = found.neighbours(likeness).nearest(row, self._side.near.most)
        elif found.collection.has(likeness) or (likeness in FOUND_ALONE and not self._lacking(found, likeness)):
            words = "Getting ready to compare."
            self._maker.compare_by(likeness)
        else:
            words = self._lacking(found, likeness)
            if likeness == "latent":
                words = "The points of these pictures are not known yet." if self._maker.busy else self.pictures.unknown
        places = [] if self._near is None else self._near.places.tolist()
        far = [] if self._near is None else self._near.distances.tolist()
        captions = [f"{self.pictures.caption(place)}, distance {apart:.3g}" for place, apart in zip(places, far, strict=True)]
        self._side.near.show_pictures([self.pictures.image(place) for place in places], captions, words)
        if self.state.colour == DISTANCE:
            self._show_colours(found)

    def _lacking(self, found: Map, likeness: Likeness) -> str:
        """Why the pictures cannot be compared by `likeness`, in one line; "" if they can."""
        from zscape.models.maps.likeness import lacking

        model, every = self._session.model, found.collection
        return "" if model is None else lacking(model, likeness, every.origin.source, every.class_names)

    def neighbour(self, index: int) -> int:
        """The index of one of the nearest pictures, -1 if there is none."""
        return int(self._near.places[index]) if self._near is not None and 0 <= index < len(self._near.places) else -1
