"""Applies strokes and choices of the paint view to the scene, and starts the search for a matching point."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from zscape.app.views.paint.painting_job import PaintingJob
from zscape.app.views.paint.photo import FoundPhoto, find, read
from zscape.app.views.paint.state import PaintState
from zscape.app.widgets.drawing.paint_pad import PaintPad
from zscape.app.work.asked_picture import asked_picture
from zscape.app.work.bind import Gesture
from zscape.app.work.context import Context
from zscape.app.work.latest_job import LatestJob
from zscape.app.work.tiles import same_weights
from zscape.models.inputs.kinds.classes import Classes
from zscape.models.inputs.recipe import Recipe

if TYPE_CHECKING:
    from zscape.models.files.checkpoint import Model
    from zscape.models.media.wishes import Wishes

LABELS = {"must": "paint what must be", "must not": "paint what must not be", "free": "erase", "keep": "take paint away"}
"""The undo label of a stroke of each brush."""


class PaintEditing(QObject):
    """The scene holds what is painted on, the paint and the point that was found; `job` searches for that point.

    During a stroke the pad is ahead of the scene, which gets the paint with each improvement. A stroke or a choice and everything
    found for it are one undo step.

    held: the last result, shown until there is one for newer paint. begun(): something else is painted on.
    """

    begun = Signal()

    def __init__(self, context: Context, pad: PaintPad, parent: QWidget) -> None:
        super().__init__(parent)
        self.context, self.session, self._pad, self._window = context, context.session, pad, parent
        self.job = PaintingJob(context.jobs, self)
        self.photos = LatestJob(context.jobs, self)
        self.moves = Gesture(self.session, context.jobs)  # of the slider
        self.held: Recipe | None = None
        self._gesture: int | None = None  # of the last change of the task: its results join the same undo step
        self._label = "paint"
        self._stroking = False
        self._asked: tuple[object, ...] = ()  # the current or last task of the job, or one it skips
        self._asked_of: Model | None = None
        self._waiting: Path | bytes | None = None  # a picture that arrived before the model
        self._photo: tuple[Path | bytes | None, Model] | None = None  # source being read (None: encoded again), and the model
        pad.inked.connect(self._follow_pen)
        pad.drawn.connect(self._take_stroke)
        pad.given.connect(self.open)
        self.job.improved.connect(self._take_found)
        self.photos.finished.connect(self._take_photo)
        for failed in (self.job.failed, self.photos.failed):
            failed.connect(lambda line: self.session.message.emit(line, True))

    @property
    def state(self) -> PaintState:
        """The view's state, as far as it fits the open model."""
        kept, model = self.session.scene.view(PaintState), self.session.model
        suits = model is None or kept.suits(model.spec.image_shape)
        return kept if suits else PaintState(rest=kept.rest, only_painted=kept.only_painted)

    @property
    def several(self) -> bool:
        """Whether the class can be searched for."""
        from zscape.models.inference.paint import finds_class

        return self.session.model is not None and finds_class(self.session.model)

    @property
    def start(self) -> Recipe:
        """The point that is painted on."""
        return self.state.start or self.session.point

    # Strokes.

    def _follow_pen(self, wishes: Wishes) -> None:
        model, state = self.session.model, self.state
        if model is None:
            return
        if self._gesture is None or not self._stroking:
            self._gesture, self._label = self.session.new_gesture(), LABELS[self._pad.tool]
            self._stroking = True
        self.context.jobs.touch()
        if self._pad.tool == "free" or wishes.empty:
            return  # erased areas are filled in after the stroke
        if self.job.busy:
            self.job.ask(wishes)
        else:
            found = None if state.any_class else state.found
            self.job.begin(model, state.canvas(self.session.point), wishes, found, state.variant, held=True)
            self._asked_of = model

    def _take_stroke(self, wishes: Wishes) -> None:
        state, model = self.state, self.session.model
        self._stroking = False
        if model is None:
            return
        fresh = self._pad.tool == "free" or (state.empty and state.any_class)
        now = replace(state.with_wishes(wishes), start=self.start, variant=0 if fresh else state.variant)
        if wishes.empty:
            self.job.cancel()
        elif fresh:
            self.job.cancel()
            self.held, now = state.found, replace(now, found=None)
        elif self.job.busy and same_weights(self._asked_of, model):  # otherwise `follow` starts a new one
            self.job.ask(wishes)
            self.job.let_go()
            self._asked, self._asked_of = now.asked, model
        self.session.edit_view(self._label, now, self._gesture)

    def _take_found(self, wishes: Wishes, recipe: Recipe) -> None:
        """Put the result into the scene; during a stroke together with the paint it was found for."""
        state = self.state
        if self._pad.painting:
            now = replace(state.with_wishes(wishes), start=self.start, found=recipe, agreed=True)
        else:
            now = replace(state, found=recipe, agreed=True)
        if now.untouched:
            return
        self.held = recipe
        self.session.edit_view(self._label, now, self._gesture)

    def follow(self, state: PaintState, model: Model) -> None:
        """Start the search that the scene requires, if it is due."""
        if state.untouched:
            self.held = None
        if self._waiting is not None:
            source, self._waiting = self._waiting, None
            self.open(source)
        if self._pad.painting:
            return
        self._stroking = False  # undo has removed the paint during the stroke
        # A model with other directions only draws the same.
        stale = self._asked_of is not None and not same_weights(self._asked_of, model)
        if state.photo is not None and (state.start is None or (stale and not self.job.busy)):
            if not self.photos.busy and self._asked != state.asked:
                picture, self._asked, self._asked_of = state.photo, state.asked, model
                self._photo = None, model
                self.photos.start("Find picture", lambda: find(picture, model))
            return
        if self.job.busy and (self._asked != state.asked or stale):
            self.job.cancel()
        due = not state.untouched and (not state.agreed or state.found is None or stale)
        if not due or (self._asked == state.asked and not stale):
            return
        self._asked, self._asked_of = state.asked, model
        wishes = state.wishes(model.spec.image_shape)
        self.job.begin(model, state.canvas(self.session.point), wishes, None if state.any_class else state.found, state.variant)

    def change(self, label: str, gesture: int | None = None, **changes: object) -> None:
        """Change the settings of the search, as one undo step with its results."""
        state: PaintState = replace(self.state, **changes)  # type: ignore[arg-type]
        if state.untouched:
            state = replace(state, agreed=True)
        self._gesture, self._label = gesture or self.session.new_gesture(), label
        self.session.edit_view(label, state, self._gesture)

    def look_elsewhere(self) -> None:
        """Search for another picture that matches."""
        self.held = self.state.found
        self.change("another picture", variant=self.state.variant + 1, found=None, agreed=False)

    def choose_class(self, number: int | None) -> None:
        """Set the class of the picture, None to have it found."""
        space, state = self.session.space, self.state
        classes = space.first(Classes) if space else None
        if classes is None:
            return
        if number is None:
            self.change("find the class", any_class=True, agreed=False)
            return
        start = self.start.with_value(classes.name, classes.only(number))
        if state.untouched and state.start is None and not state.empty:
            self.session.edit_point("choose class", start)
            return
        found = None if state.found is None else state.found.with_value(classes.name, classes.only(number))
        self.change("choose class", start=start, found=found, any_class=False, agreed=False)

    # What is painted on.

    def begin_on(self, label: str, **changes: object) -> None:
        """Start again on something else."""
        state = self.state
        fresh: PaintState = replace(PaintState(rest=state.rest, only_painted=state.only_painted), **changes)  # type: ignore[arg-type]
        self.job.cancel()
        self._gesture = None
        self.begun.emit()
        self.session.edit_view(label, fresh)

    def clear(self) -> None:
        """Remove all paint."""
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
        self._photo = source, model
        self.photos.start("Read picture", lambda: read(source, model))

    def _take_photo(self, found: FoundPhoto) -> None:
        assert self._photo is not None
        (source, of), model = self._photo, self.session.model
        if model is None or (model.spec.inputs, model.spec.image_shape) != (of.spec.inputs, of.spec.image_shape):
            if source is not None:
                self.open(source)  # another model was opened meanwhile: read it again for that one
            elif model is not None:
                self.follow(self.state, model)
            return
        if isinstance(source, Path):
            self.context.settings.keep_recent(source)
        self.job.cancel()
        state = self.state
        if state.photo == found.picture:  # found again, by another model
            now = replace(state, start=found.start, found=None, agreed=state.untouched)
        else:
            now = PaintState(found.start, found.picture, rest=state.rest, only_painted=state.only_painted)
        self._asked_of = of
        self.begun.emit()
        self.session.edit_view("open picture", now)

    def ask_file(self) -> None:
        """Ask for a file, and paint on its picture."""
        path = asked_picture(self.context.settings, self._window)
        if path is not None:
            self.open(path)

    def paste(self) -> None:
        """Paint on the picture on the clipboard."""
        if not self._pad.paste():
            self.session.message.emit("There is no picture on the clipboard: copy one first.", True)
