"""The map view: thousands of pictures, with similar ones close together, the current point, and its nearest neighbours."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QTimer
from PySide6.QtGui import QCursor, QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from zscape.app.views.base import View
from zscape.app.views.map.chosen import ChosenActions
from zscape.app.views.map.comparable import Comparable
from zscape.app.views.map.controls import MapControls
from zscape.app.views.map.film import drawing_of
from zscape.app.views.map.maker import MapMaker
from zscape.app.views.map.picture_actions import PictureActions
from zscape.app.views.map.shown import ShownMap
from zscape.app.views.map.side import MapSide
from zscape.app.views.map.state import MapState
from zscape.app.widgets.controls.passing_menu import pop_up
from zscape.app.widgets.map.canvas import MapCanvas
from zscape.app.widgets.pictures.frame import Frame
from zscape.app.widgets.pictures.sheet import Sheet
from zscape.app.work.bind import Gesture
from zscape.app.work.context import Context
from zscape.app.work.exporting.export import Drawing
from zscape.app.work.tiles import connect_sheet
from zscape.models.errors import ZscapeError
from zscape.models.maps.map import Map
from zscape.models.progress import Progress
from zscape.models.sweeps.base import Sweep
from zscape.models.sweeps.single import Single

if TYPE_CHECKING:
    from zscape.models.files.checkpoint import Model

REST_MS = 400
"""Milliseconds after the last move of the map until the scene stores the visible part."""


class MapView(View):
    """The map with the current point and its neighbours beside it, above a strip of controls."""

    name = "map"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.maker = MapMaker(context, self)
        self.actions_on_chosen = ChosenActions(context, self)
        self.canvas = MapCanvas(self.session.waiting_for)
        self.side = MapSide(self.session.waiting_for)
        self.controls = MapControls(context, self)
        self.strip = self.controls.strip
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.canvas, 1)
        row.addWidget(self.side)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row, 1)
        column.addWidget(self.strip)
        self.shown = ShownMap(context, self.maker, self.canvas, self.side)
        self.actions_on_one = PictureActions(context, self.shown, self)
        self._asked: tuple[object, ...] = ()
        self._comparable = Comparable()
        self._wished = False  # the user has requested a map
        self._tried: tuple[MapState, MapState, int] | None = None  # other pictures were tried: before, after, the gesture
        self._brush = Gesture(self.session, context.jobs)
        self._looking = self.session.new_gesture()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._keep_look)
        self._connect()

    def _connect(self) -> None:
        connect_sheet(self.session, self.side.sheet)
        self.session.waiting_changed.connect(self._wait)
        canvas, side, controls, chosen, one = self.canvas, self.side, self.controls, self.side.chosen, self.actions_on_one
        canvas.clicked.connect(one.go)
        canvas.opened.connect(lambda _: self.session.view_requested.emit("image"))
        canvas.hovered.connect(one.point_at)
        canvas.menu_asked.connect(one.show_menu)
        canvas.dragged.connect(lambda place: one.drag(canvas, place))
        canvas.lassoed.connect(self._choose)
        canvas.moved.connect(self._look)
        side.near.clicked.connect(lambda index: one.go(self.shown.neighbour(index)))
        side.near.hovered.connect(lambda index: one.point_at(self.shown.neighbour(index) if index >= 0 else -1))
        side.near.dragged.connect(lambda index: one.drag(side.near, self.shown.neighbour(index)))
        side.near.menu_asked.connect(lambda index, where: one.show_menu(self.shown.neighbour(index), where))
        side.compare_chosen.connect(lambda name: self._keep("compare by", compare=name))
        side.brushed.connect(self._brush_over)
        side.released.connect(lambda _: self._brush.end())
        side.brush_cleared.connect(lambda name: self._edit("choose all", self.state.with_brush(name, None)))
        chosen.averaged.connect(lambda: self._with_chosen(self.actions_on_chosen.average))
        chosen.directed.connect(lambda: self._with_chosen(self.actions_on_chosen.ask_direction))
        chosen.kept.connect(lambda: self._with_chosen(self.actions_on_chosen.keep))
        chosen.exported.connect(lambda: self._popup(controls.chosen_menu()))
        chosen.cleared.connect(lambda: self._keep("choose all", lasso=(), brushes=()))
        controls.wanted.connect(self.want)
        controls.coloured.connect(lambda name: self._keep("colour the map", colour=name))
        controls.pictured.connect(lambda on: self._keep("show pictures on the map", pictures=on))
        controls.contoured.connect(lambda on: self._keep("show contours on the map", contours=on))
        controls.lassoing.connect(canvas.set_lassoing)
        controls.fitted.connect(canvas.fit)
        controls.exported.connect(self.export)
        self.maker.shown.connect(self._show_map)
        self.maker.failed.connect(self._fail)
        self.maker.changed.connect(self._say)
        self.maker.progressed.connect(self._progress)

    # What is shown.

    @property
    def state(self) -> MapState:
        """The view's state."""
        return self.session.scene.view(MapState)

    @property
    def busy(self) -> bool:
        """Whether something is still to be shown."""
        return self.maker.busy and (self.maker.map is None or not self.maker.map.knows_neighbours("pixels"))

    def sweep(self) -> Sweep | None:
        return Single(self.session.point) if self.session.space is not None else None

    def main_sheet(self) -> Sheet:
        return self.side.sheet

    def drawing(self) -> Drawing | None:
        """The map with the moving point, beside its picture; the picture alone if there is no map."""
        if self.maker.map is None and self.maker.busy:
            raise ZscapeError("The map is still being made: export once it is there.")
        return drawing_of(self.maker.map, self.state.colour) if self.maker.map is not None else None

    def zoom(self, how: str) -> None:
        {"fit": self.canvas.fit, "in": self.canvas.zoom_in, "out": self.canvas.zoom_out}[how]()

    def refresh(self) -> None:
        model, state = self.session.model, self.state
        asked = model, self.session.point
        if asked != self._asked or self.context.moment.is_shown:
            self._asked = asked
            super().refresh()
        if model is None:
            return
        self.maker.suit(model)
        if not self.maker.serves(model, state) and (self.maker.by_itself or self._wished or state.made != MapState().made):
            self.maker.start(model, state)
        if self.maker.map is None and self.shown.pictures is not None:
            self.shown.clear()
        collection = self.maker.map.collection if self.maker.map else None
        attributes = collection.attributes if collection else {}
        self.controls.show_state(state, *self._comparable.usual(model), attributes)
        self._show_lacking(model)
        self.side.compare.setCurrentIndex(max(0, self.side.compare.findData(state.compare)))
        self.canvas.show_pictures(state.pictures)
        if self.maker.map is not None:
            self.shown.refresh(self.maker.map)
        self._say()

    def _show_lacking(self, model: Model) -> None:
        """Disable the likenesses by which the pictures cannot be compared with this model."""
        if self._comparable.look_up(model, self.state, self.maker.map.collection if self.maker.map else None):
            self.controls.likeness.show_lacking(self._comparable.lines)
            self.side.compare.show_lacking(self._comparable.lines)

    def show_frame(self, frame: Frame) -> None:
        self.side.sheet.show_frame(frame)
        self.side.where.show_text(frame.caption(0))
        self.shown.show_frame(frame)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._asked = ()
        if self._rest.isActive():
            self._rest.stop()
            self._keep_look()

    def painted_by(self) -> list[Any]:
        return [self.side.sheet]

    def _show_map(self, found: Map) -> None:
        self._tried = None
        if self.session.model is not None and (line := self._comparable.strange(self.session.model, found.collection)):
            self.session.message.emit(line, False)
        self.shown.show_map(found)
        self.refresh()
        self.shown.mark(found)
        self.shown.follow()

    def _wait(self) -> None:
        self.side.sheet.wait(self.session.waiting_for)
        self._say()

    def _say(self, progress: Progress | None = None) -> None:
        """Set the text on the empty canvas."""
        if self.session.model is None:
            words = self.session.waiting_for
        elif self.maker.busy:
            words = progress.label if progress else "Reading the pictures"
            if progress and progress.total:
                words = f"{words}: {progress.done:,} of {progress.total:,}"
        else:
            words = self._comparable.lines.get(self.state.likeness, "") or "No map yet. Choose below which pictures to map."
        if words != self.canvas.words:
            self.canvas.words = words
            self.canvas.update()

    def _progress(self, progress: Progress) -> None:
        if not len(self.canvas.points):
            self._say(progress)

    def _fail(self, line: str) -> None:
        """Show the error, and restore the previous map as if nothing had been tried."""
        self.session.message.emit(line, True)
        tried, self._tried = self._tried, None
        if tried is not None and tried[1] == self.state:
            self.session.edit_view("make another map", tried[0], tried[2])
        self._say()

    # Actions.

    def _choose(self, corners: NDArray[np.float64]) -> None:
        self._keep("draw a lasso", lasso=tuple((float(x), float(y)) for x, y in corners))
        self.controls.lasso.setChecked(False)

    def _brush_over(self, name: str, low: float, high: float) -> None:
        self.session.edit_view("choose a range", self.state.with_brush(name, (low, high)), self._brush.move())

    def _with_chosen(self, action: Any) -> None:
        found = self.maker.map
        if found is not None and self.shown.active is not None:
            action(found, np.flatnonzero(self.shown.active))

    def want(self, changes: dict[str, Any]) -> None:
        """Make the map in another way."""
        if changes.get("method", "pca") != "pca":
            try:
                from zscape.models.maps.reduction.tsne import check_installed

                check_installed()
            except ZscapeError as error:
                self.session.message.emit(str(error), True)
                self.refresh()
                return
        self._wished = True
        before, after = self.state, self.state.elsewhere(**changes)
        if after == before and self.session.model is not None and self.maker.stopped:
            self.maker.start(self.session.model, after)
        gesture = self.session.new_gesture()
        self._tried = (before, after, gesture) if "file" in changes else None
        self.session.edit_view("make another map", after, gesture)

    def open(self, path: Path) -> None:
        """Show a saved map; errors are shown in one line."""
        self.want({"file": str(path.absolute())})

    def export(self, path: Path, chosen: bool) -> None:
        """Save the map, or the selected pictures."""
        found = self.maker.map
        if found is None:
            self.session.message.emit("There is no map yet: wait until it is made.", True)
            return
        places = np.flatnonzero(self.shown.active) if chosen and self.shown.active is not None else None
        self.context.settings.keep_folder(path)
        self.actions_on_chosen.export(found, path, places, self.state.colour)

    def _popup(self, menu: Any) -> None:
        pop_up(menu, QCursor.pos())

    def _look(self) -> None:
        """The user moves the map: pause background work meanwhile."""
        self.context.jobs.touch()
        self._rest.start()

    def _keep_look(self) -> None:
        """Store the visible part in the scene."""
        view = self.canvas.view
        middle = None if view.is_home else (view.x, view.y)
        after = replace(self.state, middle=middle, zoom=view.zoom)
        self.session.edit_view("look elsewhere on the map", after, self._looking)

    def _keep(self, label: str, **changes: Any) -> None:
        self._edit(label, replace(self.state, **changes))

    def _edit(self, label: str, state: MapState) -> None:
        self.session.edit_view(label, state)
