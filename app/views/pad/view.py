"""The pad view: the current point is dragged over a plane, and the picture beside it follows."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from zscape.app.state.directions_state import DirectionsState
from zscape.app.views.base import View
from zscape.app.views.pad.background import PadBackground
from zscape.app.views.pad.controls import PadControls
from zscape.app.views.pad.locks import go, same_plane
from zscape.app.views.pad.state import PadState, kind_of, pad_of
from zscape.app.views.pad.thumbnails import connect_tiles
from zscape.app.widgets.pad.pad import PadWidget
from zscape.app.widgets.pictures.frame import Frame
from zscape.app.widgets.pictures.sheet import Sheet
from zscape.app.widgets.strip import Strip
from zscape.app.work.bind import Gesture
from zscape.app.work.context import Context
from zscape.app.work.tiles import connect_sheet
from zscape.models.errors import ZscapeError
from zscape.models.sweeps.base import Sweep
from zscape.models.sweeps.pads import alike
from zscape.models.sweeps.seeds_pad import SeedsPad
from zscape.models.sweeps.single import Single

if TYPE_CHECKING:
    from zscape.models.files.checkpoint import Model
    from zscape.models.inputs.recipe import Recipe
    from zscape.models.inputs.space import Space
    from zscape.models.sweeps.pad import Pad

FINEST, WIDEST = 1e-3, 64.0
"""The smallest and the largest visible square, relative to the default."""
LEAST_PICTURE = 120
"""The width of the current point's picture beside the pad: both fit in the minimum width of the window's middle."""
DIGITS = 4
"""The decimals of a place."""


class PadView(View):
    """The pad at the left (above, in a narrow view), the current point's picture beside it."""

    name = "pad"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.gesture, self._zoom = Gesture(self.session, context.jobs), Gesture(self.session, context.jobs)
        self._before: tuple[Recipe, PadState] | None = None  # at the start of a drag
        self._last = 0  # the gesture of the last move
        self._checked: tuple[Pad, Recipe] | None = None  # what is known to form a plane
        self._model: Model | None = None  # the model of all that is shown
        self.pad = PadWidget()
        self.sheet = Sheet(self.session.waiting_for)
        self.sheet.zoomable = True
        self.sheet.setAccessibleName("The current point")
        self.strip = Strip()
        self.controls = PadControls(context, self.strip, self)
        self.background = PadBackground(context, self.pad, self.controls.show_pictures, self)
        side = QWidget()
        beside = QVBoxLayout(side)
        beside.setContentsMargins(8, 8, 8, 8)
        beside.addWidget(self.pad, 1)
        self.strip.add(self.background.legend)
        self.background.hint_only.connect(partial(self.strip.make_optional, self.background.legend))
        self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.setSpacing(0)
        self._body.addWidget(side, 2)
        self._body.addWidget(self.sheet, 1)
        self.sheet.setMinimumWidth(LEAST_PICTURE)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._body, 1)
        column.addWidget(self.strip)
        connect_sheet(self.session, self.sheet)
        self.session.waiting_changed.connect(lambda: self.sheet.wait(self.session.waiting_for))
        self.pad.grabbed.connect(self._grab)
        self.pad.moved.connect(self._move)
        self.pad.released.connect(self._release)
        self.pad.taken_back.connect(self._take_back)
        self.pad.reset_asked.connect(lambda: self.reset(self.gesture.move()))
        self.pad.double_clicked.connect(lambda: self.reset(self._last))  # one undo step with the press before it
        self.pad.zoomed.connect(self._look_at)
        connect_tiles(self.session, self.pad, self.background.thumbnails)

    # What is shown.

    def sweep(self) -> Sweep:
        return Single(self.session.point)

    def main_sheet(self) -> Sheet:
        return self.sheet

    def show_frame(self, frame: Frame) -> None:
        self.sheet.show_frame(frame)
        space = self.session.space
        if space is not None and self._checked is not None:
            pad, base = self._checked
            shown = frame.sweep.centre if self.context.moment.is_shown else self.session.point
            on_it = alike(self._base(pad, shown, space), base, space)  # playback may leave the plane
            self.pad.show_spot(self._place(pad, shown, space) if on_it else None)

    @property
    def state(self) -> PadState:
        """The view's state."""
        return self.session.scene.view(PadState)

    @property
    def busy(self) -> bool:
        """Whether heat map or thumbnails are still being drawn."""
        return self.background.busy

    def place(self) -> tuple[float, float] | None:
        """The place of the current point on the pad, None if it is not on it, or there is no model."""
        space = self.session.space
        return self._place(self._pad(space), self.session.point, space) if space else None

    def _pad(self, space: Space) -> Pad:
        """The plane that is shown."""
        locked = self.session.scene.view(DirectionsState).names
        return pad_of(self.state, self.session.point, space, locked)

    def _base(self, pad: Pad, point: Recipe, space: Space) -> Recipe:
        """The base of the plane through `point`; the current base if the only difference is how locks were held."""
        base = pad.base(point, space)
        if self._checked is None or self._checked[0] != pad:
            return base
        free = self.context.held.holds if point == self.session.point else ()
        return self._checked[1] if same_plane(base, self._checked[1], free, space) else base

    def _place(self, pad: Pad, point: Recipe, space: Space) -> tuple[float, float] | None:
        at = self.state.at
        if at and pad.recipes(pad.base(point, space), [(at[0], at[1])], space)[0] == point:
            return at[0], at[1]
        return pad.place(point, space)

    def _seen(self, pad: Pad, place: tuple[float, float] | None) -> tuple[float, float, float]:
        """The visible square: the chosen one, moved if needed to contain the current point."""
        x, y, side = self.state.seen or pad.view
        if place is not None and max(abs(place[0] - x), abs(place[1] - y)) > side / 2:
            x, y = float(round(place[0])), float(round(place[1]))
        return x, y, side

    def refresh(self) -> None:
        super().refresh()
        space, model = self.session.space, self.session.model
        if model is not self._model:
            self._forget(model)
        if space is None:
            self.pad.say(self.session.waiting_for)
            return
        self.controls.refresh(space, self.background.heat.choices())
        pad = self._pad(space)
        try:
            place, base = self._place(pad, self.session.point, space), self._base(pad, self.session.point, space)
            if (pad, base) != self._checked:
                pad.recipes(base, [pad.home], space)
                self._checked = pad, base
        except ZscapeError as error:
            self.pad.say(str(error))
            self.background.show_none()
            return
        self.pad.say("")
        seen = self._seen(pad, place)
        self.background.show_plane(pad, base, space)
        self.pad.show_view(seen)
        if not self.context.moment.is_shown:
            self.pad.show_spot(place)
        self.background.show_seen(pad, base, seen)

    def _forget(self, model: Model | None) -> None:
        """Another model is open, or its directions have changed."""
        before = self._model
        self.background.forget(model is not None and before is not None and model.generator is before.generator)
        self._checked, self._model = None, model

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.background.rest()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = event.size()
        beside = room.width() >= 0.9 * (room.height() - self.strip.height())
        self._body.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)

    # Actions.

    def _grab(self) -> None:
        self.gesture.begin()
        self._before = self.session.point, self.state

    def _release(self) -> None:
        self.gesture.end()

    def _move(self, x: float, y: float) -> None:
        self._last = self.gesture.move()
        self._put("move on the pad", (x, y), self._last)

    def _put(self, label: str, place: tuple[float, float], gesture: int, seen: tuple[float, ...] | None = None) -> None:
        """Go to a place, and store the plane and the visible square."""
        space = self.session.space
        if space is None:
            return
        pad = self._pad(space)
        x, y = pad.within(place)
        at = round(x, DIGITS), round(y, DIGITS)
        try:
            point = pad.recipes(pad.base(self.session.point, space), [at], space)[0]
        except ZscapeError as error:
            self.session.message.emit(str(error), True)
            return
        seen = self.pad.view if seen is None else seen
        state = replace(self.state, kind=kind_of(self.state, space), at=at, seen=seen if seen != pad.view else ())
        go(self.context, label, pad, self._base(pad, self.session.point, space), at, point, gesture, state)

    def _take_back(self) -> None:
        """Escape was pressed during a drag: restore everything."""
        if self._before is not None:
            point, state = self._before
            self.session.edit("move on the pad", self.session.scene.with_view(state).with_point(point), self.gesture.move())
        self.gesture.end()

    def reset(self, gesture: int) -> None:
        """Go to the middle of the plane with the default square; among seeds, to the nearest seed."""
        space = self.session.space
        if space is None:
            return
        pad = self._pad(space)
        if isinstance(pad, SeedsPad):
            x, y = self._place(pad, self.session.point, space) or pad.home
            home = float(round(x)), float(round(y))
            self._put("reset the pad", home, gesture, (*home, pad.view[2]))
        else:
            self._put("reset the pad", pad.home, gesture, ())
        self.gesture.end()

    def _look_at(self, view: tuple[float, float, float]) -> None:
        space = self.session.space
        if space is None:
            return
        pad = self._pad(space)
        usual = pad.view[2]
        if usual * FINEST <= view[2] <= usual * WIDEST:
            seen = tuple(round(each, 6) for each in view)
            self.session.edit_view("zoom the pad", replace(self.state, seen=seen), self._zoom.move())
