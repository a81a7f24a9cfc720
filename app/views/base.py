"""The common base of all views. A new view is a file here and an entry in app/views/__init__.py."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from zscape.app.widgets.pictures.frame import Frame
from zscape.app.widgets.pictures.sheet import Sheet
from zscape.app.widgets.strip import Strip
from zscape.app.work.context import Context
from zscape.app.work.rendering.render_requests import Options
from zscape.app.work.tiles import connect_sheet

if TYPE_CHECKING:
    from zscape.app.work.exporting.export import Drawing, OwnFilm
    from zscape.app.work.rendering.render_requests import Look
    from zscape.models.sweeps.base import Sweep


class View(QWidget):
    """One way of showing the scene.

    name: used by sessions, `zscape screenshot --view` and VIEWS, which has its title and tooltip. A view reads the session's
    scene, changes it only by session edits, and requests pictures from the renderer with its own name as the channel. It is
    updated only while it is visible: `refresh` runs when it is shown and after each change of the scene or the model.

    painted(frame): the view's result for a frame is on screen, if the view has no sheet; sheets have their own signal.
    """

    painted = Signal(object)
    name: ClassVar[str]
    takes_pictures: ClassVar[bool] = False
    """Whether a picture that the user opens or pastes goes to this view while it is shown: then it has `open(Path or bytes)`."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.session = context.session
        self._worked_on: tuple[object, object] = (None, None)  # the model, and the last result of `worked_on`
        self._requested: Sweep | None = None  # the sheet last requested, as it is at that moment of playback
        self.session.scene_changed.connect(self._follow_scene)
        self.session.model_changed.connect(self._refresh_if_seen)
        context.moment.changed.connect(self._ask_if_seen)
        context.renderer.frame_ready.connect(self._take_frame)

    def sweep(self) -> Sweep | None:
        """The view's current sheet, without playback; it is also what is exported. None if it shows no sheet."""
        return None

    def whole_frame(self) -> Frame | None:
        """The frame that is saved and copied as this view's picture: the sheet with the most tiles, None if nothing is drawn."""
        frames = [sheet.frame for sheet in self.findChildren(Sheet) if sheet.frame is not None]
        return max(frames, key=lambda frame: frame.points.count, default=None)

    def drawing(self) -> Drawing | None:
        """How films draw the sheet, if they show more than the sheet; None: only the sheet.

        Raises ZscapeError while what they are to show is still loading: a film of the rest would not be what was asked for.
        """
        return None

    def films(self) -> Mapping[str, OwnFilm]:
        """What can be exported as a film besides a moving sheet, by label."""
        return {}

    def worked_on(self) -> object:
        """What the sheet is made from, if the user works on something other than the current point here; None if it is that
        point.

        A change of it stops playback, as a change of the current point does. What is found for it automatically is not part of
        it.
        """
        return None

    @property
    def whole_height(self) -> int:
        """The height that is needed to show all of it at once; the timeline below it leaves it that height."""
        return self.minimumSizeHint().height()

    def look(self) -> Look | None:
        """A function that draws the sheet and also measures something (`Options.look`); frames carry the result as `seen`."""
        return None

    def refresh(self) -> None:
        """Update the view: request the sheet. Views that show more extend this."""
        self._ask()

    def suit_room(self) -> None:
        """Request the sheet again after a resize, for which another number of tiles per line is better."""
        if self._requested is None or not self.isVisible() or self.context.moment.moving:
            return  # during playback requests follow anyway, and wait for the pending one
        sweep = self.sweep()
        if sweep is not None and self.context.moment.of(sweep) != self._requested:
            self._ask()

    @property
    def tile_size(self) -> QSize:
        """The size of a picture of the open model, in its own pixels; that of a digit if there is no model."""
        model = self.session.model
        height, width = model.spec.image_shape[1:] if model else (28, 28)
        return QSize(width, height)

    @property
    def class_count(self) -> int:
        """The number of classes of the open model."""
        return len(self.session.space.labels) if self.session.space else 0

    def main_sheet(self) -> Sheet | None:
        """The sheet that shows `sweep`; None in a view without pictures."""
        return None

    def zoom(self, how: str) -> None:
        """Zoom in ("in"), out ("out") or show everything ("fit"): of a view with a sheet, that, if it can be zoomed."""
        sheet = self.main_sheet()
        if sheet is not None and sheet.zoomable:
            {"fit": sheet.fit_picture, "in": sheet.zoom_in, "out": sheet.zoom_out}[how]()

    def painted_by(self) -> Sequence[Any]:
        """The widgets that show pictures: each has a signal `painted`, emitted after a new picture is on screen."""
        return self.findChildren(Sheet)

    def show_frame(self, frame: Frame) -> None:
        """Show a sheet drawn for this view by the open model."""

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._worked_on = self.session.model, self.worked_on()
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.context.renderer.forget(self.name)

    def _follow_scene(self) -> None:
        if not self.isVisible():
            return
        before, self._worked_on = self._worked_on, (self.session.model, self.worked_on())
        if before[0] is self.session.model and before[1] != self._worked_on[1]:
            self.context.moment.leave()
        self.refresh()

    def _refresh_if_seen(self) -> None:
        if self.isVisible():
            self.refresh()

    def _ask(self) -> None:
        """Request the sheet, at the current moment of playback."""
        sweep = self.sweep()
        if sweep is not None and self.session.model is not None:
            moment, look = self.context.moment, self.look()
            ahead = moment.ahead(sweep) if look is None else None  # what `look` measures is not cached
            self._requested = moment.of(sweep)
            self.context.renderer.request(self.name, self._requested, Options(moment.moving, look=look, ahead=ahead))

    def _ask_if_seen(self) -> None:
        if self.isVisible():
            self._ask()

    def _take_frame(self, frame: Frame) -> None:
        if frame.channel == self.name and frame.model is self.session.model:
            self.show_frame(frame)
            if (sheet := self.main_sheet()) is not None:
                sheet.show_marks(self.context.moment.marks_of(frame.sweep))


class SheetView(View):
    """A view with one sheet above one strip of controls."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.sheet = Sheet(self.session.waiting_for)
        self.sheet.zoomable = True
        self.strip = Strip()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.sheet, 1)
        column.addWidget(self.strip)
        connect_sheet(self.session, self.sheet, go_to=lambda tile: self.go_to(tile))
        self.session.waiting_changed.connect(self._wait)

    def main_sheet(self) -> Sheet:
        return self.sheet

    def go_to(self, tile: int) -> None:
        """A tile was clicked."""
        self.session.edit_point("go to tile", self.sheet.recipe(tile))

    def show_frame(self, frame: Frame) -> None:
        self.sheet.show_frame(frame)

    def _wait(self) -> None:
        self.sheet.wait(self.session.waiting_for)
