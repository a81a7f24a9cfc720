"""The compare view: one point drawn by two models, or two points by one, and how much the pictures differ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from zscape.app.views.base import View
from zscape.app.views.compare.ages import AgesRow
from zscape.app.views.compare.chooser import name_of
from zscape.app.views.compare.facts import Facts
from zscape.app.views.compare.other_sheet import OtherSheet
from zscape.app.views.compare.pairs import Pairs
from zscape.app.views.compare.right_side import right_of
from zscape.app.views.compare.state import CompareState
from zscape.app.views.compare.strip import CompareStrip
from zscape.app.views.compare.whole import drawing_of, joined_frame
from zscape.app.widgets.greyed import NO_MODEL, ONE_CLASS, grey
from zscape.app.widgets.layouts.elided import Elided
from zscape.app.widgets.layouts.lines_that_fit import columns_that_fit
from zscape.app.widgets.path_drop import PathDrop
from zscape.app.widgets.pictures.frame import Frame
from zscape.app.widgets.pictures.sheet import Sheet
from zscape.app.work.bind import Gesture
from zscape.app.work.context import Context
from zscape.app.work.exporting.export import Drawing, OwnFilm
from zscape.app.work.exporting.export_ages import ages_film
from zscape.app.work.other_model import OtherModel
from zscape.app.work.rendering.render_requests import Options
from zscape.app.work.tiles import connect_sheet
from zscape.models.errors import ZscapeError
from zscape.models.inputs.adapting import note_line
from zscape.models.sweeps.base import Sweep
from zscape.models.sweeps.single import ClassRow, Single

if TYPE_CHECKING:
    from zscape.models.inference.films.side_by_side import Side

OTHER = "compare: other"
"""The channel of the sheet on the right."""
WORDS = "Choose a model below, or drop one here. Or right\u2011click a tile of any sheet: Compare with this."
FILM = "Through the checkpoints"
"""The label of the film of the checkpoints."""


class CompareView(View):
    """The current point on the left; on the right the same point by a second model, another point, or both at once."""

    name = "compare"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.other = OtherModel(context.jobs, self)
        self._pairs = Pairs()
        self._left: Frame | None = None
        self._right: Frame | None = None
        self._notes: tuple[str, ...] = ()
        self._asked = -1
        self.sheet, self.second, self.apart = Sheet(self.session.waiting_for), OtherSheet(WORDS), Sheet()
        self.sheet.setAccessibleName("The current point, drawn by the open model")
        self.second.setAccessibleName("What it is compared with")
        self.apart.setAccessibleName("Where the two differ")
        self.sheet.zoom_with(self.second, self.apart)
        for sheet in (self.sheet, self.second, self.apart):
            sheet.zoomable = True
        self.titles = Elided(""), Elided("")
        self.facts = Facts()
        self.ages = AgesRow()
        self.strip = CompareStrip(context, self._choose, self._keep, self.facts.scale)
        self.chooser, self.anchor = self.strip.chooser, self.strip.anchor
        self.same, self.classes = self.strip.same, self.strip.classes
        self._lay_out()
        connect_sheet(self.session, self.sheet)
        connect_sheet(self.session, self.apart)
        connect_sheet(self.session, self.second, lambda: self._right.model if self._right is not None else None)
        self.sheet.resized.connect(self.suit_room)
        self.session.waiting_changed.connect(lambda: self.sheet.wait(self.session.waiting_for))
        context.renderer.frame_ready.connect(self._take_other)
        self.other.changed.connect(self._refresh_if_seen)
        drop = PathDrop(self, lambda path: path.is_dir() or path.suffix == ".safetensors", self.second)
        drop.dropped.connect(lambda path: self._choose(str(path)))
        self._gesture = Gesture(self.session, context.jobs)
        self.ages.slider.sliderPressed.connect(self._gesture.begin)
        self.ages.slider.sliderReleased.connect(self._gesture.end)
        self.ages.moved.connect(lambda step: self._keep("choose a checkpoint", self._gesture.move(), step=step))
        self.ages.export_asked.connect(lambda: self.session.export_requested.emit(FILM))

    def _lay_out(self) -> None:
        table = self._table = QGridLayout()
        table.setContentsMargins(0, 0, 0, 0)
        table.setSpacing(2)
        for place, title in enumerate(self.titles):
            title.setProperty("role", "dim")
            title.setFixedHeight(28)
            title.setContentsMargins(16, 0, 16, 0)
            table.addWidget(title, 0, place)
            table.setColumnStretch(place, 1)
        table.addWidget(self.sheet, 1, 0)
        table.addWidget(self.second, 1, 1)
        table.addWidget(self.apart, 2, 0)
        table.addWidget(self.facts, 2, 1)
        table.setRowStretch(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(table, 1)
        column.addWidget(self.ages)
        column.addWidget(self.strip)

    @property
    def state(self) -> CompareState:
        """The view's state."""
        return self.session.scene.view(CompareState)

    @property
    def busy(self) -> bool:
        """Whether something is still to be shown."""
        left, right = (-1 if frame is None else frame.request for frame in (self._left, self._right))
        return self.other.busy or left != self._asked or self._pairs.newest not in (None, right)

    def _keep(self, label: str, gesture: int | None = None, **changes: Any) -> None:
        self.session.edit_view(label, replace(self.state, **changes), gesture)

    def _choose(self, second: str) -> None:
        self._keep("choose a model to compare with", second=second, step=-1)
        self.other.look_again()

    # What is shown.

    def main_sheet(self) -> Sheet:
        return self.sheet

    def sweep(self) -> Sweep:
        count = self.class_count
        if not self.state.classes or count < 2:
            return Single(self.session.point)
        return ClassRow(self.session.point, (), -(-count // columns_that_fit(count, self.tile_size, self.sheet.room)))

    def films(self) -> Mapping[str, OwnFilm]:
        space, ages = self.session.space, self.other.ages
        if space is None or ages is None or len(ages.ages) < 2:
            return {}
        return {FILM: ages_film(ages.ages, self.sweep(), space)}

    def whole_frame(self) -> Frame | None:
        """Both sides and their difference, as one tile."""
        frames = [sheet.frame for sheet in (self.sheet, self.second, self.apart) if sheet.frame is not None]
        return joined_frame(frames) if len(frames) > 1 else self.sheet.frame

    def drawing(self) -> Drawing | None:
        model, state = self.session.model, self.state
        if model is None or not (state.second or state.anchor is not None):
            return None
        if state.second and self.other.model is None:
            wait = f"{name_of(state.second)} is still being loaded: export once it is on the right."
            raise ZscapeError(wait if self.other.busy else self.other.line)
        return drawing_of(model, self.other.model if state.second else None, state, self.sweep())

    def refresh(self) -> None:
        state, model = self.state, self.session.model
        self.other.want(state.second, state.step)
        self.chooser.show_second(state.second)
        grey(self.classes, "" if self.class_count > 1 else NO_MODEL if model is None else ONE_CLASS)
        grey(self.same, "" if state.anchor is not None else "Both sides show the current point already")
        self.anchor.show_recipe(state.anchor or self.session.point, "Other point", stand_in=state.anchor is None)
        self.ages.show_ages(self.other.ages if state.second else None, self.other.step if state.step < 0 else state.step)
        self.titles[0].show_text(model.spec.name if model else "")
        compares = bool(state.second) or state.anchor is not None
        for widget in (self.apart, self.facts):  # there is nothing to say before, so the pictures have the space
            widget.setVisible(compares)
        self._table.setRowStretch(2, int(compares))
        super().refresh()
        self._say()

    def _ask(self) -> None:
        """Request both sheets, at the current moment of playback."""
        if self.session.model is None:
            return
        moment = self.context.moment
        left, shown = moment.of(self.sweep()), self._left
        self._requested = left
        there = shown is not None and shown.sweep == left and shown.model is self.session.model and shown.complete
        if not there or shown is None or shown.draft or moment.is_shown or shown.request != self._asked:
            self._asked = self.context.renderer.request(self.name, left, Options(moment.moving))
            there = False
        right = self._right_of(left)
        if right is not None and (there or moment.moving):  # otherwise it is requested once the left one is drawn
            self._ask_right(self._asked, right, moment.moving, shown if there else None)

    def _right_of(self, left: Sweep) -> Side | None:
        """The right side for `left`; if there is none, it shows why."""
        assert self.session.model is not None
        try:
            right = right_of(left, self.state, self.session.model.space, self.other.model)
        except ZscapeError as error:
            self._show_nothing(str(error))
            return None
        if right is None:
            waits = self.state.second and self.other.busy
            self._show_nothing("Loading." if waits else self.other.line if self.state.second else WORDS)
        return right

    def _ask_right(self, left: int, right: Side, moving: bool, frame: Frame | None) -> None:
        """frame: that of the request `left`, None if it is not drawn yet."""
        number = self.context.renderer.request(OTHER, right.sweep, Options(moving, right.model))
        self._pairs.add(left, number, right, frame)

    def _show_nothing(self, words: str) -> None:
        """Show that there is nothing to compare with."""
        self.context.renderer.forget(OTHER)
        self._pairs.clear()
        self._right = None
        self._notes = ()
        self.second.clear(words)
        self.apart.clear("Where the two differ is shown here.")
        self._say()

    def show_frame(self, frame: Frame) -> None:
        self._left = frame
        self.sheet.show_frame(frame)
        if self.state.anchor is None:
            self.anchor.show_picture(self.sheet.tile_image(0))
        if self._pairs.keep(frame):
            self._show_difference(frame.request)
        elif self.isVisible() and (right := self._right_of(frame.sweep)) is not None:
            # For the drawn sheet, not the requested one: a slow machine skips some of each side, and not the same ones.
            self._ask_right(frame.request, right, frame.draft, frame)

    def _take_other(self, frame: Frame) -> None:
        pair = self._pairs.take(frame.request) if frame.channel == OTHER else None
        if pair is None:
            return
        side, self._right, self._notes = pair.side, frame, pair.side.notes
        self.second.sources = side.sources
        self.second.drawn_by = self._second_name() if side.model is not None else ""
        self.second.show_frame(frame)
        if self.state.anchor is not None:
            self.anchor.show_picture(self.second.tile_image(0))
        self._show_difference()

    def _show_difference(self, of: int | None = None) -> None:
        """Show where the right sheet differs from its left one, once both are drawn. of: only if it has this request number."""
        from zscape.models.media.difference import difference, heat
        from zscape.models.media.grids import bgra

        right = self._right
        pair = self._pairs.take(right.request) if right is not None else None
        if right is None or pair is None or pair.frame is None or (of is not None and pair.left != of):
            return
        left = pair.frame
        if left.images.shape[:3] != right.images.shape[:3]:
            (_, high, wide, _), (_, other_high, other_wide, _) = left.images.shape, right.images.shape
            self.apart.clear(f"Pictures of {wide} × {high} and of {other_wide} × {other_high} pixels have no difference to show.")
            self._say()
            return
        apart = difference(left.images, right.images)
        colours = heat(apart, self.state.scale)
        points = left.points
        self.apart.show_frame(replace(left, images=colours, pixels=bgra(colours, points.rows, points.columns)))
        self._say(f"They differ by {100 * apart.mean():.1f} % on average, by {100 * apart.max():.0f} % where they differ most.")

    def _second_name(self) -> str:
        step = f", step {self.other.step:,}" if self.other.step >= 0 else ""
        return f"{name_of(self.state.second)}{step}" if self.state.second else self.titles[0].whole

    def _say(self, apart: str = "") -> None:
        there = self.apart.frame is not None
        shown = apart or (self.facts.apart.text() if there else "")
        notes = [f"{self._second_name()}: {note_line(self._notes)}."] if self._notes else []
        line = self.other.line if self.state.second and self.other.model is not None else ""
        self.facts.say(shown, "\n".join(filter(None, [*notes, line])), there, self.state.scale)
        title = self._second_name() if self.state.second or self.state.anchor is not None else ""
        self.titles[1].show_text(title + (", at the other point" if self.state.anchor is not None else ""))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.other.look_again()  # a run may have made progress meanwhile

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.context.renderer.forget(OTHER)
