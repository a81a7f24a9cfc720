"""The paint view: paint what must, must not or may change in a picture; the model draws one that matches."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QHideEvent, QImage, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from zscape.app.views.base import View
from zscape.app.views.paint.bars import BrushBar, CanvasStrip
from zscape.app.views.paint.class_row import LOW_ROW, ROW, ClassSheet
from zscape.app.views.paint.editing import PaintEditing
from zscape.app.views.paint.inks import Inks
from zscape.app.views.paint.side import PaintSide
from zscape.app.views.paint.state import PaintState, lacks
from zscape.app.views.paint.words import COMING, EMPTY, FILM, NO_PAPER, WORDS, in_words, why_no_other, why_no_result
from zscape.app.widgets.drawing.paint_pad import PaintPad
from zscape.app.widgets.greyed import NO_MODEL, NO_PICTURE, grey
from zscape.app.widgets.pictures.captioned import captioned_row
from zscape.app.widgets.pictures.frame import Frame
from zscape.app.widgets.pictures.pixels import image_of
from zscape.app.widgets.pictures.sheet import Sheet
from zscape.app.work.context import Context
from zscape.app.work.tile_actions import TILE_ACTIONS, TileAction
from zscape.app.work.tiles import connect_sheet, tile_of, tool_for
from zscape.models.inputs.kinds.classes import Classes
from zscape.models.sweeps.base import Sweep
from zscape.models.sweeps.single import Single

if TYPE_CHECKING:
    from zscape.models.files.checkpoint import Model

BASE = "paint-base"
"""The channel of the picture that is painted on."""
LEAST = 84
"""The minimum side of the two pictures."""
LOW = 420
"""The height below which the pictures have priority over the row of classes."""
CAPTION = 20
GAP = 16


class PaintView(View):
    """A picture with paint over it, and beside it the model's picture that matches the paint.

    Strokes and choices go to `editing`; this class shows the state in the scene.
    """

    name = "paint"
    takes_pictures = True

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._base: Frame | None = None  # the picture that is painted on, as drawn by the model
        self._frame: Frame | None = None  # as drawn by the model
        self.pad = PaintPad()
        self.pad.setToolTip("Paint; the right button takes paint away. Arrow keys move the pen, with Shift they paint")
        self.sheet = Sheet(WORDS)
        self.sheet.setAccessibleName("The picture that matches the paint")
        self.sheet.setMinimumSize(LEAST, LEAST)
        self.classes = ClassSheet(context)
        self.classes.resized.connect(self._ask_classes)
        self.side = PaintSide()
        self.brushes = BrushBar()
        self.editing = PaintEditing(context, self.pad, self)
        self.inks = Inks(context, self.pad, self.brushes, self)
        self.strip = CanvasStrip()
        useful = [action for name, action in TILE_ACTIONS.items() if name in ("go", "keep", "copy")]
        self.tools = {each.name: tool_for(each, partial(self._act, each), "the result") for each in useful}
        self.strip.add_stretch()
        self.strip.add_together(*self.tools.values())

        top = captioned_row({"Paint on it": self.pad, "Result": self.sheet}, self.side)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.classes, 1)
        column.addWidget(self.brushes)
        column.addWidget(self.strip)
        self._connect()

    def _connect(self) -> None:
        connect_sheet(self.session, self.sheet)
        self.context.renderer.frame_ready.connect(self._take_base)
        editing, job = self.editing, self.editing.job
        editing.begun.connect(self._show_nothing)
        job.progressed.connect(self.side.show_progress)
        job.changed.connect(lambda: self.side.show_busy(job.busy))
        self.side.class_chosen.connect(editing.choose_class)
        self.side.rest.sliderPressed.connect(editing.moves.begin)
        self.side.rest.sliderReleased.connect(editing.moves.end)
        self.side.rest_moved.connect(lambda rest: editing.change("keep the rest", editing.moves.move(), rest=rest, agreed=False))
        self.side.only_painted_chosen.connect(lambda on: editing.change("change only where painted", only_painted=on))
        self.side.another_asked.connect(editing.look_elsewhere)
        self.side.stop_asked.connect(job.cancel)
        self.strip.point_asked.connect(lambda: editing.begin_on("paint on the current point"))
        self.strip.empty_asked.connect(lambda: editing.begin_on("paint on empty paper", empty=True, any_class=editing.several))
        self.strip.open_asked.connect(editing.ask_file)
        self.strip.paste_asked.connect(editing.paste)
        self.strip.clear_asked.connect(editing.clear)
        for bar in (self.brushes, self.strip):  # it wraps after the view has its size
            bar.lines_changed.connect(self._size_pictures)
        self.strip.result_asked.connect(lambda: editing.begin_on("paint on the result", start=self.state.found))

    def minimumSizeHint(self) -> QSize:
        """The size with the smallest pictures, so that the current ones do not keep the window from shrinking."""
        height = max(self.side.minimumSizeHint().height(), LEAST + CAPTION) + GAP + GAP // 2
        return QSize(self.side.width() + 2 * LEAST + 4 * GAP, height + LOW_ROW + self._bars())

    def _bars(self) -> int:
        return self.brushes.height() + self.strip.height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._size_pictures()

    def _size_pictures(self) -> None:
        """Give the two pictures the same size, with a whole-number zoom."""
        tile = self.tile_size
        across = (self.width() - self.side.width() - 4 * GAP) // 2
        spare = self.height() - self.minimumSizeHint().height() if self.height() >= LOW else 0
        row = max(LOW_ROW, min(ROW, LOW_ROW + spare))
        down = self.height() - self._bars() - CAPTION - GAP - GAP // 2 - row
        zoom = max(1, min(across // tile.width(), down // tile.height()))
        size = (tile * zoom).expandedTo(QSize(LEAST, LEAST))
        for picture in (self.pad, self.sheet):
            picture.setFixedSize(size)

    @property
    def busy(self) -> bool:
        """Whether something is being read, searched for, or drawn to be painted on."""
        waits = self.pad.blank and self.sweep() is not None
        return waits or any(each.busy for each in (self.editing.job, self.editing.photos, self.inks))

    # What is shown.

    @property
    def state(self) -> PaintState:
        """The view's state, as far as it fits the open model."""
        return self.editing.state

    def sweep(self) -> Sweep | None:
        state, space = self.state, self.session.space
        if space is None or lacks(space) or (state.photo is not None and state.start is None):
            return None
        if state.untouched:
            return None if state.empty else Single(self.editing.start)
        return Single(state.found or self.editing.held or self.editing.start)

    def worked_on(self) -> object:
        return self.state.asked

    def main_sheet(self) -> Sheet:
        return self.sheet

    def _ask(self) -> None:
        super()._ask()
        self._ask_classes()

    def _ask_classes(self) -> None:
        """Request all classes, but not during a stroke: the result has priority."""
        sweep = self.sweep()
        if isinstance(sweep, Single) and self.class_count > 1 and not self.pad.painting and self.session.model is not None:
            self.classes.ask(sweep.centre, self.class_count, self.tile_size)

    def refresh(self) -> None:
        super().refresh()
        state, model = self.state, self.session.model
        able = model is not None and not lacks(model.space)
        grey(self.pad, "" if able else NO_MODEL if model is None else lacks(model.space))
        self.pad.words = EMPTY if state.empty else ""
        self.pad.while_blank = NO_PAPER if model is not None and not able else COMING
        self._size_pictures()
        if model is not None and able:
            self.inks.follow(model)
            if not self.pad.painting:
                self._show_canvas(state, model)
            self.editing.follow(state, model)
        self.classes.setVisible(self.class_count != 1)
        if self.sweep() is None:
            self._frame = None
            self.classes.clear()
            self.sheet.clear(lacks(model.space) if model is not None and not able else WORDS)
        elif self._frame is not None and state.photo is not None:
            self._show_frame(self._frame)  # other paint, or the choice of painted areas only
        self._show_side()

    def _show_canvas(self, state: PaintState, model: Model) -> None:
        """Show the picture below the paint, and the paint."""
        channels, height, width = model.spec.image_shape
        if state.photo is not None:
            self.pad.show_picture(image_of(state.photo.array[None], 1))
        elif state.empty:
            paper = QImage(width, height, QImage.Format.Format_RGB32)
            paper.fill(Qt.GlobalColor.black if channels == 1 else QColor("#e4e4e4"))
            self.pad.show_picture(paper)
        if not state.empty and not (state.photo is not None and state.start is None):
            base = Single(self.editing.start)
            if self._base is None or self._base.sweep != base or self._base.model is not model:
                self.context.renderer.request(BASE, base)
            elif state.photo is None:
                self.pad.show_picture(image_of(self._base.images, 1))
        self.pad.show_paint(state.wishes(model.spec.image_shape))

    def _take_base(self, frame: Frame) -> None:
        if frame.channel != BASE or frame.model is not self.session.model or frame.sweep.centre != self.editing.start:
            return
        self._base = frame
        if self.state.photo is None and not self.state.empty:
            self.pad.show_picture(image_of(frame.images, 1))
        elif self._frame is not None:
            self._show_frame(self._frame)
        self._show_side()

    def _show_nothing(self) -> None:
        """Remove the result of what was painted on before."""
        self._frame = None
        self.sheet.clear("")

    def show_frame(self, frame: Frame) -> None:
        if self.sweep() is not None:
            self._frame = frame
            self._show_frame(frame)
            self._show_side()

    def _show_frame(self, frame: Frame) -> None:
        """Show the frame; for a photograph, the photograph with that change."""
        from zscape.models.media.grids import bgra
        from zscape.models.media.residual import edited

        state, model = self.state, self.session.model
        base = self._base
        if (
            state.photo is None
            or model is None
            or base is None
            or base.sweep.centre != self.editing.start
            or base.model is not model
        ):
            self.sheet.show_frame(frame)
            return
        self.side.show_drawn(image_of(frame.images, 1))
        if state.untouched and self.context.moment.is_shown:
            self.sheet.show_frame(frame)
            return
        wishes = state.wishes(model.spec.image_shape)
        image = edited(state.photo.array, base.images[0], frame.images[0], wishes, state.only_painted)[None]
        self.sheet.show_frame(replace(frame, images=image, pixels=bgra(image, 1, 1)))

    def _show_side(self) -> None:
        state, space = self.state, self.session.space
        classes = space.first(Classes) if space else None
        shown = state.found if state.any_class and state.found else self.editing.start
        chosen = None if classes is None or (state.empty and state.any_class) else classes.heaviest(shown.value(classes))
        finds = state.empty and self.editing.several
        self.side.show_state(
            classes.labels if classes else (),
            chosen,
            finds,
            state.photo is not None,
            state.rest,
            state.only_painted,
            why_no_other(state, self.session.model),
        )
        if not self.editing.job.busy and state.untouched:
            self.side.curve.show_values(())
        self.side.note.setText(self._words(state))
        grey(self.strip.clear, "Nothing has been painted yet" if state.untouched else "")
        grey(self.strip.result, why_no_result(state))
        found = self.sheet.frame is not None
        for tool in self.tools.values():
            grey(tool, "" if found else NO_PICTURE)

    def _words(self, state: PaintState) -> str:
        if state.untouched and self.context.moment.is_shown:
            return FILM
        base = self._base if self._base is not None and self._base.sweep.centre == self.editing.start else None
        drawn, before = (None if each is None else each.images[0] for each in (self._frame, base))
        return in_words(state, self.session.model, drawn, before)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.context.renderer.forget(BASE)

    def _act(self, action: TileAction) -> None:
        action.run(self.session, tile_of(self.sheet, 0))

    def open(self, source: Path | bytes) -> None:
        """Paint on the picture in a file, or in the bytes of one."""
        self.editing.open(source)
