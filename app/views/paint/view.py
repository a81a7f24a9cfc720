"""Paint on a picture what must be there, what must not, what may change: the model draws one that agrees."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QHideEvent, QImage, QResizeEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from zscape.app.views.base import View
from zscape.app.views.paint.bars import BrushBar, CanvasStrip
from zscape.app.views.paint.painting_job import PaintingJob
from zscape.app.views.paint.photo import FoundPhoto, find, prepared, read
from zscape.app.views.paint.side import PaintSide
from zscape.app.views.paint.state import PaintState, lacks
from zscape.app.widgets.captioned import captioned
from zscape.app.widgets.frame import Frame
from zscape.app.widgets.lines_that_fit import columns_that_fit
from zscape.app.widgets.paint_pad import PICK, PaintPad
from zscape.app.widgets.picture_source import PICTURES
from zscape.app.widgets.pixels import image_of
from zscape.app.widgets.sheet import Sheet
from zscape.app.work.bind import Gesture
from zscape.app.work.context import Context
from zscape.app.work.latest_job import LatestJob
from zscape.app.work.tile_actions import TILE_ACTIONS, TileAction
from zscape.app.work.tiles import connect_sheet, tile_of, tool_for
from zscape.app.work.world_colours import SIMPLE, WorldColours, colours_of
from zscape.models.inputs.classes import Classes
from zscape.models.inputs.recipe import Recipe
from zscape.models.sweeps.base import Sweep
from zscape.models.sweeps.single import ClassRow, Single

if TYPE_CHECKING:
    from zscape.models.files.checkpoint import Model
    from zscape.models.media.wishes import Wishes

BASE = "paint-base"
"""The channel of the picture that is painted on."""
CLASSES = "paint-classes"
"""That of all classes."""
LEAST = 84
"""Smallest side of the two pictures."""
ROW = 72
"""Height of the row of classes at least."""
CAPTION = 20
GAP = 16
HINT = "Choose a brush below and paint on the left picture, or drop, paste or open one of yours."
EMPTY = "Paint here."
WORDS = "The picture that agrees with your paint appears here."
GREYS = tuple(QColor(name) for name in ("white", "#808080", "black"))
LABELS = {"must": "paint what must be", "must not": "paint what must not be", "free": "erase", "keep": "take paint away"}
"""What undo calls a stroke of each brush."""


class PaintView(View):
    """A picture with paint over it, and beside it the picture of the model that agrees with the paint.

    The scene keeps what is painted on, the paint and the point that was found; `job` looks for it. While the pen is down the pad
    is ahead of the scene, which learns of the paint with each improvement.
    """

    name = "paint"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.job = PaintingJob(context.jobs, self)
        self.photos = LatestJob(context.jobs, self)
        self.colours_job = LatestJob(context.jobs, self)
        self.preparing = LatestJob(context.jobs, self)
        self._gesture: int | None = None  # of the last change of what is asked: what is found for it joins its step of undo
        self._label = "paint"
        self._asked: tuple[object, ...] = ()  # what the job looks for, looked for or was told to leave
        self._asked_of: Model | None = None
        self._held: Recipe | None = None  # what was found last, shown until something is found for newer paint
        self._base: Frame | None = None  # the picture that is painted on, as the model draws it
        self._frame: Frame | None = None  # as the model drew it
        self._coloured: tuple[object, ...] = ()
        self._moves = Gesture(self.session, context.jobs)
        self._waiting: Path | bytes | None = None  # a picture that came before the model

        self.pad = PaintPad()
        self.pad.setToolTip("Paint; the right button takes paint away. Arrow keys move the pen, with Shift they paint")
        self.sheet = Sheet(WORDS)
        self.sheet.setAccessibleName("The picture that agrees with the paint")
        self.sheet.setMinimumSize(LEAST, LEAST)
        self.classes = Sheet("Every class in the style of the result appears here.")
        self.classes.setAccessibleName("All classes in this style")
        self.classes.setMinimumHeight(ROW)
        self.classes.resized.connect(self._ask_classes)
        self.side = PaintSide()
        self.brushes = BrushBar()
        self.strip = CanvasStrip()
        useful = [action for name, action in TILE_ACTIONS.items() if name in ("go", "keep", "copy")]
        self.tools = {each.name: tool_for(each, partial(self._act, each), "the result") for each in useful}
        self.strip.add_stretch()
        for tool in self.tools.values():
            self.strip.add(tool)

        top = QHBoxLayout()
        top.setContentsMargins(GAP, GAP, GAP, GAP // 2)
        top.setSpacing(GAP)
        top.addStretch(1)
        top.addLayout(captioned("Paint on it", self.pad))
        top.addLayout(captioned("Result", self.sheet))
        top.addWidget(self.side)
        top.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.classes, 1)
        column.addWidget(self.brushes)
        column.addWidget(self.strip)
        self._connect()

    def _connect(self) -> None:
        for sheet in (self.sheet, self.classes):
            connect_sheet(self.session, sheet)
        self.context.renderer.frame_ready.connect(self._take_other)
        self.pad.inked.connect(self._follow_pen)
        self.pad.drawn.connect(self._take_stroke)
        self.pad.picked.connect(self._take_colour)
        self.pad.given.connect(self.open)
        self.job.improved.connect(self._take_found)
        self.job.progressed.connect(self.side.show_progress)
        self.job.failed.connect(self._say_error)
        self.job.changed.connect(lambda: self.side.show_busy(self.job.busy))
        self.photos.finished.connect(self._take_photo)
        self.photos.failed.connect(self._say_error)
        self.colours_job.finished.connect(self._take_colours)
        self.brushes.tool_chosen.connect(self._use)
        self.brushes.colour_chosen.connect(self._ink)
        self.brushes.width_changed.connect(self._widen)
        self.side.class_chosen.connect(self._choose_class)
        self.side.rest.sliderPressed.connect(self._moves.begin)
        self.side.rest.sliderReleased.connect(self._moves.end)
        self.side.rest_moved.connect(lambda rest: self._change("keep the rest", self._moves.move(), rest=rest, agreed=False))
        self.side.only_painted_chosen.connect(lambda on: self._change("change only where painted", only_painted=on))
        self.side.another_asked.connect(self._look_elsewhere)
        self.side.stop_asked.connect(self.job.cancel)
        self.strip.point_asked.connect(lambda: self._begin_on("paint on the current point"))
        self.strip.empty_asked.connect(lambda: self._begin_on("paint on empty paper", empty=True, any_class=self._several))
        self.strip.open_asked.connect(self._ask_file)
        self.strip.paste_asked.connect(self._paste)
        self.strip.clear_asked.connect(self._clear)
        self.strip.result_asked.connect(lambda: self._begin_on("paint on the result", start=self.state.found))

    def minimumSizeHint(self) -> QSize:
        """With the smallest pictures; those of now must not keep the window from shrinking."""
        height = max(self.side.minimumSizeHint().height(), LEAST + CAPTION) + GAP + GAP // 2
        return QSize(self.side.width() + 2 * LEAST + 4 * GAP, height + ROW + self._bars())

    def _bars(self) -> int:
        return self.brushes.height() + self.strip.height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._size_pictures()

    def _size_pictures(self) -> None:
        """Give the two pictures one size, of whole-number zoom."""
        tile = self.tile_size
        across = (self.width() - self.side.width() - 4 * GAP) // 2
        down = self.height() - self._bars() - CAPTION - 2 * GAP - ROW
        zoom = max(1, min(across // tile.width(), down // tile.height()))
        size = (tile * zoom).expandedTo(QSize(LEAST, LEAST))
        for picture in (self.pad, self.sheet):
            picture.setFixedSize(size)

    @property
    def busy(self) -> bool:
        """Whether something is read or looked for."""
        return any(each.busy for each in (self.job, self.photos, self.colours_job, self.preparing))

    # What is shown.

    @property
    def state(self) -> PaintState:
        """What the view keeps, as far as it suits the open model."""
        kept, model = self.session.scene.view(PaintState), self.session.model
        suits = model is None or kept.suits(model.spec.image_shape)
        return kept if suits else PaintState(rest=kept.rest, only_painted=kept.only_painted)

    @property
    def _several(self) -> bool:
        """Whether there are classes to find one among."""
        from zscape.models.inference.paint import MOST_CLASSES

        return 1 < self.class_count <= MOST_CLASSES

    @property
    def _start(self) -> Recipe:
        return self.state.start or self.session.point

    def sweep(self) -> Sweep | None:
        state, space = self.state, self.session.space
        if space is None or lacks(space) or (state.photo is not None and state.start is None):
            return None
        if state.untouched:
            return None if state.empty else Single(self._start)
        return Single(state.found or self._held or self._start)

    def main_sheet(self) -> Sheet:
        return self.sheet

    def _ask(self) -> None:
        super()._ask()
        self._ask_classes()

    def _ask_classes(self) -> None:
        """All classes, while the pen is up: the result comes first."""
        sweep, count, moment = self.sweep(), self.class_count, self.context.moment
        if not isinstance(sweep, Single) or count < 2 or self.pad.painting or self.session.model is None:
            return
        columns = columns_that_fit(count, self.tile_size, self.classes.room)
        self.context.renderer.request(CLASSES, moment.of(ClassRow(sweep.centre, (), -(-count // columns))), moment.moving)

    def refresh(self) -> None:
        super().refresh()
        state, model = self.state, self.session.model
        able = model is not None and not lacks(model.space)
        self.pad.setEnabled(able)
        self.pad.words = EMPTY if state.empty else ""
        self._size_pictures()
        if state.untouched:
            self._held = None
        if model is not None and able:
            self._suit_colours(model)
            if not self.pad.painting:
                self._show_canvas(state, model)
            self._follow(state, model)
            if self._waiting is not None:
                source, self._waiting = self._waiting, None
                self.open(source)
        self.classes.setVisible(self.class_count != 1)
        if self.sweep() is None:
            self._frame = None
            self.classes.clear()
            self.sheet.clear(lacks(model.space) if model is not None and not able else WORDS)
        elif self._frame is not None and state.photo is not None:
            self._show_frame(self._frame)  # only where painted, or other paint
        self._show_side()

    def _show_canvas(self, state: PaintState, model: Model) -> None:
        """The picture under the paint, and the paint."""
        channels, height, width = model.spec.image_shape
        if state.photo is not None:
            self.pad.show_picture(image_of(state.photo.array[None], 1))
        elif state.empty:
            paper = QImage(width, height, QImage.Format.Format_RGB32)
            paper.fill(Qt.GlobalColor.black if channels == 1 else QColor("#e4e4e4"))
            self.pad.show_picture(paper)
        if not state.empty and not (state.photo is not None and state.start is None):
            base = Single(self._start)
            if self._base is None or self._base.sweep != base or self._base.model is not model:
                self.context.renderer.request(BASE, base)
            elif state.photo is None:
                self.pad.show_picture(image_of(self._base.images, 1))
        self.pad.show_paint(state.wishes(model.spec.image_shape))

    def _take_other(self, frame: Frame) -> None:
        if frame.channel == CLASSES and frame.model is self.session.model and self.sweep() is not None:
            self.classes.show_frame(frame)
        if frame.channel != BASE or frame.model is not self.session.model or frame.sweep.centre != self._start:
            return
        self._base = frame
        if self.state.photo is None and not self.state.empty:
            self.pad.show_picture(image_of(frame.images, 1))
        elif self._frame is not None:
            self._show_frame(self._frame)

    def show_frame(self, frame: Frame) -> None:
        if self.sweep() is not None:
            self._frame = frame
            self._show_frame(frame)
            self._show_side()

    def _show_frame(self, frame: Frame) -> None:
        """The frame, of a photograph the photograph with that change."""
        from zscape.models.media.grids import bgra
        from zscape.models.media.residual import edited

        state, model = self.state, self.session.model
        base = self._base
        if state.photo is None or model is None or base is None or base.sweep.centre != self._start or base.model is not model:
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
        shown = state.found if state.any_class and state.found else self._start
        chosen = None if classes is None or (state.empty and state.any_class) else classes.heaviest(shown.value(classes))
        finds = state.empty and self._several
        self.side.show_state(
            classes.labels if classes else (),
            chosen,
            finds,
            state.photo is not None,
            state.rest,
            state.only_painted,
            not state.untouched,
        )
        if not self.job.busy and state.untouched:
            self.side.curve.show_values(())
        self.side.note.setText(self._words(state))
        self.strip.clear.setEnabled(not state.untouched)
        self.strip.result.setEnabled(state.found is not None and state.photo is None)
        found = self.sheet.frame is not None
        for tool in self.tools.values():
            tool.setEnabled(found)

    def _words(self, state: PaintState) -> str:
        """How far it agrees."""
        from zscape.models.inference.paint import agreement
        from zscape.models.media.wishes import MUST, MUST_NOT

        model, space = self.session.model, self.session.space
        if state.untouched:
            return HINT
        if model is None or space is None or state.found is None or self._frame is None:
            return ""
        wishes, drawn = state.wishes(model.spec.image_shape), self._frame.images[0]
        must, must_not = agreement(drawn, wishes, MUST), agreement(drawn, wishes, MUST_NOT)
        words = [f"{must:.0%} of what must be is there."] if must is not None else []
        words += [f"{1 - must_not:.0%} of what must not be is left."] if must_not is not None else []
        classes = space.first(Classes)
        if state.any_class and classes is not None:
            words.append(f"Found as {classes.describe(state.found.value(classes))}.")
        return " ".join(words)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        for channel in (BASE, CLASSES):
            self.context.renderer.forget(channel)

    # Painting.

    def _follow_pen(self, wishes: Wishes) -> None:
        model, state = self.session.model, self.state
        if model is None:
            return
        if self._gesture is None or not self._stroking:
            self._gesture, self._label = self.session.new_gesture(), LABELS[self.pad.tool]
            self._stroking = True
        self.context.jobs.touch()
        if self.pad.tool == "free" or wishes.empty:
            return  # what is erased is filled in once the stroke has ended
        if self.job.busy:
            self.job.ask(wishes)
        else:
            found = None if state.any_class else state.found
            self.job.begin(model, state.canvas(self.session.point), wishes, found, state.variant, held=True)
            self._asked_of = model

    _stroking = False

    def _take_stroke(self, wishes: Wishes) -> None:
        state, model = self.state, self.session.model
        self._stroking = False
        if model is None:
            return
        fresh = self.pad.tool == "free" or (state.empty and state.any_class)
        now = replace(state.with_wishes(wishes), start=self._start, variant=0 if fresh else state.variant)
        if wishes.empty:
            self.job.cancel()
        elif fresh:
            self.job.cancel()
            self._held, now = state.found, replace(now, found=None)
        elif self.job.busy:
            self.job.ask(wishes)
            self.job.let_go()
            self._asked, self._asked_of = now.asked, model
        self.session.edit_view(self._label, now, self._gesture)

    def _take_found(self, wishes: Wishes, recipe: Recipe) -> None:
        """Put what was found into the scene; in the midst of a stroke with the paint it was found for."""
        state = self.state
        if self.pad.painting:
            now = replace(state.with_wishes(wishes), start=self._start, found=recipe, agreed=True)
        else:
            now = replace(state, found=recipe, agreed=True)
        if now.untouched:
            return
        self._held = recipe
        self.session.edit_view(self._label, now, self._gesture)

    def _follow(self, state: PaintState, model: Model) -> None:
        """Have looked for what the scene asks for, where that is due."""
        if self.pad.painting:
            return
        if state.photo is not None and (state.start is None or (self._asked_of not in (None, model) and not self.job.busy)):
            if not self.photos.busy and self._asked != state.asked:
                picture, self._asked, self._asked_of = state.photo, state.asked, model
                self.photos.start("Find picture", lambda: find(picture, model))
            return
        if self.job.busy and (self._asked != state.asked or self._asked_of is not model):
            self.job.cancel()
        stale = self._asked_of not in (None, model)
        due = not state.untouched and (not state.agreed or state.found is None or stale)
        if not due or (self._asked == state.asked and not stale):
            return
        self._asked, self._asked_of = state.asked, model
        wishes = state.wishes(model.spec.image_shape)
        self.job.begin(model, state.canvas(self.session.point), wishes, None if state.any_class else state.found, state.variant)

    def _change(self, label: str, gesture: int | None = None, **changes: object) -> None:
        """Change how it is looked for, as one step of undo with what is found for it."""
        state: PaintState = replace(self.state, **changes)  # type: ignore[arg-type]
        if state.untouched:
            state = replace(state, agreed=True)
        self._gesture, self._label = gesture or self.session.new_gesture(), label
        self.session.edit_view(label, state, self._gesture)

    def _look_elsewhere(self) -> None:
        self._held = self.state.found
        self._change("another picture", variant=self.state.variant + 1, found=None, agreed=False)

    def _choose_class(self, number: int | None) -> None:
        space, state = self.session.space, self.state
        classes = space.first(Classes) if space else None
        if classes is None:
            return
        if number is None:
            self._change("find the class", any_class=True, agreed=False)
            return
        start = self._start.with_value(classes.name, classes.only(number))
        if state.untouched and state.start is None and not state.empty:
            self.session.edit_point("choose class", start)
            return
        found = None if state.found is None else state.found.with_value(classes.name, classes.only(number))
        self._change("choose class", start=start, found=found, any_class=False, agreed=False)

    # What is painted on.

    def _begin_on(self, label: str, **changes: object) -> None:
        """Begin anew on something else."""
        state = self.state
        fresh: PaintState = replace(PaintState(rest=state.rest, only_painted=state.only_painted), **changes)  # type: ignore[arg-type]
        self.job.cancel()
        self._gesture = None
        self._show_nothing()
        self.session.edit_view(label, fresh)

    def _show_nothing(self) -> None:
        """What was drawn is of what was painted on before."""
        self._frame = None
        self.sheet.clear("")

    def _clear(self) -> None:
        """Take all paint away."""
        self.job.cancel()
        self._gesture = None
        state = replace(self.state, colours=None, weights=None, found=None, agreed=True, variant=0)
        self.session.edit_view("clear paint", state)

    def open(self, source: Path | bytes) -> None:
        """Paint on the picture in a file, or in the bytes of one."""
        model = self.session.model
        if model is None:
            self._waiting = source
            return
        if isinstance(source, Path):
            self.context.settings.keep_recent(source)
        self.photos.start("Read picture", lambda: read(source, model))

    def _take_photo(self, found: FoundPhoto) -> None:
        self.job.cancel()
        state = self.state
        if state.photo == found.picture:  # found anew, by another model
            now = replace(state, start=found.start, found=None, agreed=state.untouched)
        else:
            now = PaintState(found.start, found.picture, rest=state.rest, only_painted=state.only_painted)
        self._asked_of = self.session.model
        self._show_nothing()
        self.session.edit_view("open picture", now)

    def _ask_file(self) -> None:
        folder = str(self.context.settings.last_folder())
        endings = " ".join(f"*{ending}" for ending in sorted(PICTURES))
        name, _ = QFileDialog.getOpenFileName(self, "Open a picture", folder, f"Pictures ({endings});;All files (*)")
        if name:
            self.open(Path(name))

    def _paste(self) -> None:
        if not self.pad.paste():
            self._say_error("There is no picture on the clipboard: copy one first.")

    # Brushes.

    def _suit_colours(self, model: Model) -> None:
        """Offer the colours that the open model draws with."""
        of = (model.spec.name, model.spec.data, model.spec.image_shape)
        if of == self._coloured:
            return
        self._coloured = of
        self.preparing.start("Prepare painting", lambda: prepared(model))
        colour = model.spec.image_shape[0] == 3
        self.brushes.show_colours(SIMPLE if colour else GREYS, SIMPLE[2] if colour else GREYS[0])
        if colour:
            self.colours_job.start("Look at the colours", lambda: colours_of(model))
        else:
            self.colours_job.cancel()

    def _take_colours(self, found: WorldColours) -> None:
        colours = [QColor(*each) for each in found.palette]
        if colours:
            self.brushes.show_colours(colours, max(colours, key=lambda each: each.saturation()))

    def _use(self, tool: str) -> None:
        self._last_brush = self.pad.tool if self.pad.tool != PICK else self._last_brush
        self.pad.tool = tool

    _last_brush = "must"

    def _ink(self, colour: QColor) -> None:
        self.pad.ink = QColor(colour)

    def _take_colour(self, colour: QColor) -> None:
        """A colour of the picture; back to the brush that was in use."""
        back = self._last_brush if self._last_brush in ("must", "must not") else "must"
        self.brushes.choose(colour)
        self.brushes.choose_tool(back)
        self.pad.tool = back

    def _widen(self, share: float) -> None:
        self.pad.width_share = share

    def _act(self, action: TileAction) -> None:
        action.run(self.session, tile_of(self.sheet, 0))

    def _say_error(self, line: str) -> None:
        self.session.message.emit(line, True)
