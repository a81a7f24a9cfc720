"""The session: the single owner of the scene, of its undo history, and of which model is open."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from zscape.app.state.documents import Document, Documents, KeptElsewhere, OpenModel
from zscape.app.state.kind import UNKNOWN, Kind
from zscape.app.state.model_of_kind import model_of, words_of
from zscape.app.state.scene import Scene, fit, without_strange_moves, without_units
from zscape.app.state.shelf_state import with_points
from zscape.app.state.steps import Around, Step
from zscape.app.state.view_state import ViewState, strange
from zscape.app.state.visited import visited
from zscape.app.state.what_stays import what_goes, what_stays
from zscape.models.errors import ZscapeError
from zscape.models.inputs.directions import Direction
from zscape.models.inputs.recipe import Recipe
from zscape.models.timeline.timeline import Timeline

if TYPE_CHECKING:
    from zscape.models.files.checkpoint import Model
    from zscape.models.inputs.space import Space


class Session(QObject):
    """One scene, changed only through this object, which notifies everything that shows it.

    scene_changed: after every edit, undo and redo. model_changed: another model is open (or newer weights of the same one).
    message(text, is_error): one line for the user, shown by the window. view_requested(name): show that view.
    encoder_requested: show where an encoder for the open model can be trained. animation_requested: ask how to animate the shelf.
    export_requested(motion): open the export dialog for what is shown, with that motion preselected.
    tile_pointed(app.work.tiles.Tile or None): the tile of any sheet under the mouse or the keyboard cursor.
    waiting_changed: `waiting_for` has changed. model_path, device: of the open model (see `adopt`).
    model_wanted(OpenModel): undo or redo goes to that model; the part that opens models opens it and has it adopted.
    undo_stack: the history of all scenes and of which model was open.
    moves_itself: the current edit is not made by hand in this window (drift, a controller). Many such edits follow each other, so
    they are saved less often and produce no message.
    """

    scene_changed = Signal()
    model_changed = Signal()
    message = Signal(str, bool)
    view_requested = Signal(str)
    encoder_requested = Signal()
    animation_requested = Signal()
    export_requested = Signal(str)
    tile_pointed = Signal(object)
    waiting_changed = Signal()
    model_wanted = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.undo_stack = QUndoStack(self)
        self._documents = Documents()
        self._model: Model | None = None
        self._shown: OpenModel | None = None
        self._wanted: OpenModel | None = None
        self.model_path: Path | None = None
        self.device = ""
        self._gestures = 0
        self.moves_itself = False
        self.waiting_for = "Loading."

    @property
    def scene(self) -> Scene:
        """The current scene."""
        return self._document.scene

    @property
    def kind(self) -> Kind:
        """The kind of model that the scene is for."""
        return self._document.kind

    @property
    def others(self) -> dict[Kind, Scene]:
        """The scenes that are not shown, which belong to other kinds of model."""
        return {each.kind: each.scene for each in self._documents.others}

    @property
    def kept_elsewhere(self) -> list[KeptElsewhere]:
        """The points kept for models of other kinds than the open one."""
        return self._documents.kept_elsewhere

    @property
    def point(self) -> Recipe:
        """The current point."""
        return self.scene.point

    def visited(self, most: int) -> tuple[Recipe, ...]:
        """The points visited with models of this kind, latest first, without the current one; at most `most`."""
        return visited(self.undo_stack, self._document, most)

    @property
    def model(self) -> Model | None:
        """The open model, None until the first is loaded. For reading only: never train or change it."""
        return self._model

    @property
    def space(self) -> Space | None:
        """The latent space of the open model, None until the first is loaded."""
        return self._model.space if self._model else None

    def new_gesture(self) -> int:
        """A new id for one drag or one burst of typing: edits with the same id are undone together."""
        self._gestures += 1
        return self._gestures

    @property
    def last_gesture(self) -> int | None:
        """The gesture id of the last step, None if it has none or was undone."""
        stack = self.undo_stack
        step = stack.command(stack.count() - 1) if 0 < stack.index() == stack.count() else None
        return step.gesture if isinstance(step, Step) else None

    def edit(self, label: str, after: Scene, gesture: int | None = None) -> None:
        """Make `after` the scene, as one undo step named `label`.

        An edit that changes nothing has no effect. One to a point of another model, such as a result computed for the previous
        one, is refused with a message.
        """
        if after.point != self.scene.point and self.space is not None and (line := strange(after.point, self.space)):
            self.message.emit(line, True)
        else:
            self._change(label, gesture, {self._document: after})

    def edit_around(self, label: str, after: Scene, around: Around) -> None:
        """Like `edit`, for a step that also changes something outside the scene: around(undo, put) does that and calls put()."""
        scenes = {self._document: after} if after != self.scene else {}
        self.undo_stack.push(Step(label, None, scenes, None, self._put, self._want, around))

    def edit_point(self, label: str, point: Recipe, gesture: int | None = None) -> None:
        """Set the current point."""
        self.edit(label, self.scene.with_point(point), gesture)

    def edit_view(self, label: str, state: ViewState, gesture: int | None = None) -> None:
        """Set the state of one view."""
        self.edit(label, self.scene.with_view(state), gesture)

    def edit_shelf(self, label: str, shelf: Iterable[Recipe]) -> None:
        """Set the kept points."""
        self.edit(label, with_points(self.scene, shelf))

    def edit_timeline(self, label: str, timeline: Timeline | None, gesture: int | None = None) -> None:
        """Set the timeline."""
        self.edit(label, replace(self.scene, timeline=timeline), gesture)

    def wait_for(self, words: str) -> None:
        """Set the text of empty sheets: what they wait for, or what to do."""
        self.waiting_for = words
        self.waiting_changed.emit()

    def keep(self, recipe: Recipe) -> None:
        """Put `recipe` on the shelf, unless it is there."""
        if recipe not in self.scene.shelf:
            self.edit_shelf("keep", (*self.scene.shelf, recipe))
        else:
            self.message.emit("This point is on the shelf already.", False)

    def restore(
        self,
        scene: Scene,
        kind: Kind = UNKNOWN,
        others: Mapping[Kind, Scene] | None = None,
        gesture: int | None = None,
    ) -> None:
        """Replace the scenes of the given kinds by scenes read from a file, as one undo step.

        A scene of unknown kind replaces the one shown, as far as that kind of model can draw it. `scene` is shown if the open
        model is of its kind or no model is open yet; otherwise it waits, unchanged, for a model of its kind.
        """
        known, shown = self.scene, self.kind
        kind = kind if kind != UNKNOWN else shown
        changes = {}
        for each, saved in {**(others or {}), kind: scene}.items():
            document = self._documents.suiting(each) or self._documents.add(each, fit(known, each, shown))
            changes[document] = fit(saved, each)
            if each == kind and self._model is None:
                self._select(document)
        self._change("open session", gesture, changes)

    def forget_history(self) -> None:
        """Clear the undo history: every scene, as it is now, becomes the start of its history."""
        self.undo_stack.clear()

    def adopt(self, model: Model, path: Path | None = None, device: str = "", gesture: int | None = None) -> None:
        """Make `model` the open one, as an undo step if it is another model than before.

        path: its file, None if it has none. device: where it is drawn, as torch names it. gesture: as for `edit`.
        Models with the same inputs share a scene. A model of another kind has its own scene, so nothing is lost by opening
        another model. At first it contains what fits of the present scene, without the kept points (only seeds and layout if the
        classes differ); later, what was left there. A message says where kept points are. Unit edits belong to the model they
        were made with (all checkpoints of a run count as one model): opening another model drops them, in the same step, with a
        message.
        """
        self._model, self.model_path, self.device = model, path, device
        before = self._document
        kind = Kind(model.spec.inputs)
        document = self._documents.suiting(kind) or self._documents.add(kind, fit(self.scene, kind, self.kind))
        self._documents.learn_labels(document, kind)
        self._select(document)
        opened = OpenModel(model.spec.name, model.spec.run, path, None if path else model)
        steps = self.undo_stack.count(), self.undo_stack.index()
        self._keep_step(opened, gesture)
        self._document.opened = opened
        self.model_changed.emit()
        self._tell_of_shelf(before, (self.undo_stack.count(), self.undo_stack.index()) != steps)

    def _keep_step(self, opened: OpenModel, gesture: int | None) -> None:
        wanted, shown = self._wanted, self._shown
        if shown is not None and opened.same(shown) and (wanted is None or opened.path is None):
            shown.model = opened.model  # newer weights: the undo steps of this model use them
            return
        known = wanted or shown  # the model where the history stands: undo may be about to show it
        self._shown, self._wanted = opened, None
        if opened.same(known):
            self._shown = known
        elif known is not None:
            before, after = self.scene, self._suited(opened)
            scenes = {self._document: after} if after != before else {}
            self.undo_stack.push(Step(f"open {opened.name}", gesture, scenes, (known, opened), self._put, self._want))
            if scenes and gesture is None:  # otherwise a session follows, which brings its own scene
                of = words_of(self._document.kind, self._document.opened)
                self.message.emit(what_goes(before, after, of, opened.name), False)

    def _suited(self, opened: OpenModel) -> Scene:
        """The present scene without what `opened` cannot draw, although its inputs are the same."""
        before = self._document.opened
        same = before is None or before.of_run(opened)
        after = self.scene if same else without_units(self.scene)
        return after if self.space is None or opened.same(before) else without_strange_moves(after, self.space)

    def _want(self, opened: OpenModel) -> None:
        if self._wanted is not None or not opened.same(self._shown):
            self._wanted = opened
            self.model_wanted.emit(opened)

    def stay(self) -> None:
        """The model to which undo or redo wanted to go cannot be opened: the present one stays."""
        self._wanted = None

    def _tell_of_shelf(self, before: Document, by_step: bool) -> None:
        """Say where to find what `before` contains and the present scene does not. by_step: whether undo goes back there."""
        if before is not self._document and (what := what_stays(before.scene, self.scene)):
            words = words_of(before.kind, before.opened or model_of(before.kind))
            how = "undo goes back there, and so does opening it again" if by_step else "opening it again goes back there"
            self.message.emit(f"{what} with {words}: {how}.", False)

    def learn_directions(self, directions: Iterable[Direction], first: Callable[[Model], object] = lambda _: None) -> Model:
        """Replace the directions of the open model's space by `directions`; returns the model that has them.

        first(model) is called before any signal. Raises ZscapeError if a direction does not fit, or no model is open.
        """
        if self._model is None:
            raise ZscapeError("Directions need a model: open one first.")
        self._model.spec.space.with_directions(directions := tuple(directions))
        self._model = replace(self._model, directions=directions)
        first(self._model)
        self.model_changed.emit()
        return self._model

    @property
    def _document(self) -> Document:
        return self._documents.shown

    def _select(self, document: Document) -> None:
        if document is not self._document:
            self._documents.shown = document
            self.scene_changed.emit()

    def _change(self, label: str, gesture: int | None, changes: Mapping[Document, Scene]) -> None:
        changes = {document: after for document, after in changes.items() if after != document.scene}
        if changes:
            self.undo_stack.push(Step(label, gesture, changes, None, self._put, self._want))

    def _put(self, scenes: Mapping[Document, Scene]) -> None:
        for document, scene in scenes.items():
            document.scene = scene
        if self._document in scenes:
            self.scene_changed.emit()
