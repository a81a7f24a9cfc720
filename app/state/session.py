"""The session: the one owner of the scene, of its history, and of which model is open."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from zscape.app.state.kind import UNKNOWN, Kind
from zscape.app.state.model_of_kind import model_of, words_of
from zscape.app.state.scene import Scene, fit, without_strange_moves, without_units
from zscape.app.state.shelf_state import kept, with_points
from zscape.app.state.steps import Around, Document, KeptElsewhere, OpenModel, Step
from zscape.app.state.view_state import ViewState, strange
from zscape.app.state.what_stays import what_goes, what_stays
from zscape.models.errors import ZscapeError
from zscape.models.inputs.directions import Direction
from zscape.models.inputs.recipe import Recipe
from zscape.models.timeline.timeline import Timeline

if TYPE_CHECKING:
    from zscape.models.files.checkpoint import Model
    from zscape.models.inputs.space import Space

LOOKED_AT = 2000
"""Steps of undo that are looked through for points where one has been."""


class Session(QObject):
    """One scene, one gate to change it, and everybody who shows it listens.

    scene_changed: after every edit, undo and redo. model_changed: another model is open (or newer weights of it).
    message(text, is_error): one line for the person; the window shows it and goes on. view_requested(name): show that view.
    encoder_requested: show where the open model's encoder can be trained. animation_requested: ask how the shelf is to move.
    export_requested(motion): ask how and where to what is shown is exported, with that motion proposed.
    tile_pointed(app.work.tiles.Tile or None): the tile of some sheet that the mouse or the keyboard is on.
    waiting_changed: `waiting_for` says something else. model_path, device: of the open model (see `adopt`).
    model_wanted(OpenModel): a person goes back to that model; whoever opens models opens it and has it adopted.
    undo_stack: the history of all scenes and of which model was open.
    moves_itself: the edit that is made now is no hand's in this window (drift, a controller). Many like it follow, so it is kept
    on disk more seldom, and no message goes for it.
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
        self._documents: dict[Kind, Document] = {}
        self._document = self._open(UNKNOWN, Scene())
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
        """The scene as it is now."""
        return self._document.scene

    @property
    def kind(self) -> Kind:
        """The kind of model that the scene is for."""
        return self._document.kind

    @property
    def others(self) -> dict[Kind, Scene]:
        """The scenes that are not shown, of the other kinds of model that were looked at."""
        return {kind: each.scene for kind, each in self._documents.items() if kind != UNKNOWN and each is not self._document}

    @property
    def kept_elsewhere(self) -> list[KeptElsewhere]:
        """What is kept for models of other kinds than the open one."""
        others = (each for each in self._documents.values() if each is not self._document and each.kind != UNKNOWN)
        return [KeptElsewhere(each.kind, len(points), each.opened) for each in others if (points := kept(each.scene))]

    @property
    def point(self) -> Recipe:
        """The current point."""
        return self.scene.point

    def visited(self, most: int) -> tuple[Recipe, ...]:
        """Where one has been with this kind of model, the latest first, each point once and without the current one; at most so
        many. It is read from the steps of undo: the ends of a drag count, not what lies between.
        """
        found: dict[Recipe, None] = {}
        stack = self.undo_stack
        for number in range(stack.index() - 1, max(-1, stack.index() - 1 - LOOKED_AT), -1):
            step = stack.command(number)
            ends = step.ends(self._document) if isinstance(step, Step) else None
            if ends is not None and ends[0].point != ends[1].point:
                found.setdefault(ends[1].point)
                found.setdefault(ends[0].point)
            if len(found) > most + 1:
                break
        found.pop(self.point, None)
        return tuple(found)[:most]

    @property
    def model(self) -> Model | None:
        """The open model, None until the first is loaded. Read it; never train or change it."""
        return self._model

    @property
    def space(self) -> Space | None:
        """The latent space of the open model, None until the first is loaded."""
        return self._model.space if self._model else None

    def new_gesture(self) -> int:
        """An id for one drag or one burst of typing: edits that carry the same id are undone together."""
        self._gestures += 1
        return self._gestures

    @property
    def last_gesture(self) -> int | None:
        """That of the last step, None where it has none or was undone."""
        stack = self.undo_stack
        step = stack.command(stack.count() - 1) if 0 < stack.index() == stack.count() else None
        return step.gesture if isinstance(step, Step) else None

    def edit(self, label: str, after: Scene, gesture: int | None = None) -> None:
        """Make `after` the scene, as one step of undo named `label`. An edit that changes nothing stops here, and one to a point
        that is another model's, such as what was found for the one before: that is said.
        """
        if after.point != self.scene.point and self.space is not None and (line := strange(after.point, self.space)):
            self.message.emit(line, True)
        else:
            self._change(label, gesture, {self._document: after})

    def edit_around(self, label: str, after: Scene, around: Around) -> None:
        """A step with more to it than the scene, which may stay: around(undo, put) does that, and calls put()."""
        scenes = {self._document: after} if after != self.scene else {}
        self.undo_stack.push(Step(label, None, scenes, None, self._put, self._want, around))

    def edit_point(self, label: str, point: Recipe, gesture: int | None = None) -> None:
        """Move the current point."""
        self.edit(label, self.scene.with_point(point), gesture)

    def edit_view(self, label: str, state: ViewState, gesture: int | None = None) -> None:
        """Change what one view keeps."""
        self.edit(label, self.scene.with_view(state), gesture)

    def edit_shelf(self, label: str, shelf: Iterable[Recipe]) -> None:
        """Change the kept points."""
        self.edit(label, with_points(self.scene, shelf))

    def edit_timeline(self, label: str, timeline: Timeline | None, gesture: int | None = None) -> None:
        """Change what can be played."""
        self.edit(label, replace(self.scene, timeline=timeline), gesture)

    def wait_for(self, words: str) -> None:
        """Have empty sheets say what they wait for, or what to do."""
        self.waiting_for = words
        self.waiting_changed.emit()

    def keep(self, recipe: Recipe) -> None:
        """Put `recipe` on the shelf, once."""
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
        """Put scenes read from a file in place of those of their kinds, as one step of undo.

        A scene of unknown kind takes the place of the one shown, as far as that kind of model can draw it. `scene` is shown
        if the open model is of its kind or no model is open yet; else it waits, whole, for a model of its kind.
        """
        known, shown = self.scene, self.kind
        kind = kind if kind != UNKNOWN else shown
        changes = {}
        for each, saved in {**(others or {}), kind: scene}.items():
            document = self._for(each) or self._open(each, fit(known, each, shown))
            changes[document] = fit(saved, each)
            if each == kind and self._model is None:
                self._select(document)
        self._change("open session", gesture, changes)

    def forget_history(self) -> None:
        """Take every scene as it is now for the one its history begins with."""
        self.undo_stack.clear()

    def adopt(self, model: Model, path: Path | None = None, device: str = "", gesture: int | None = None) -> None:
        """Take `model` as the open one, as a step of undo where it is another than before.

        path: its file, None where it has none. device: where it is drawn, in torch's words. gesture: as for `edit`.
        Models of the same inputs share a scene. A model of another kind has its own: the first time what fits of the present
        scene but the kept points (seeds and layout only where the classes are others), later what was left there; so nothing is
        lost by looking at another model. A message says where kept points stay. Edits of units are of the model that they were
        made with (all checkpoints of a run are one): opening another one drops them, in the same step, and says so.
        """
        self._model, self.model_path, self.device = model, path, device
        before = self._document
        kind = Kind(model.spec.inputs)
        document = self._for(kind) or self._open(kind, fit(self.scene, kind, self.kind))
        if not document.kind.labelled:  # now they are known
            del self._documents[document.kind]
            document.kind = kind
            self._documents[kind] = document
        self._select(document)
        opened = OpenModel(model.spec.name, model.spec.run, path, None if path else model)
        self._keep_step(opened, gesture)
        self._document.opened = opened
        self.model_changed.emit()
        self._tell_of_shelf(before)

    def _keep_step(self, opened: OpenModel, gesture: int | None) -> None:
        known, self._shown = self._shown, opened
        if opened.same(known):
            assert known is not None
            known.model, self._shown = opened.model, known  # newer weights: steps that name it go to those
        elif opened.same(self._wanted):
            self._shown = self._wanted
        elif known is not None:
            before, after = self.scene, self._suited(opened)
            scenes = {self._document: after} if after != before else {}
            self.undo_stack.push(Step(f"open {opened.name}", gesture, scenes, (known, opened), self._put, self._want))
            if scenes and gesture is None:  # else a session follows, which brings a scene
                of = words_of(self._document.kind, self._document.opened)
                self.message.emit(what_goes(before, after, of, opened.name), False)
        self._wanted = None

    def _suited(self, opened: OpenModel) -> Scene:
        """The present scene without what only another model than `opened`, of the same inputs, can draw."""
        before = self._document.opened
        same = before is None or (before.name == opened.name and before.run in ("", opened.run))
        after = self.scene if same else without_units(self.scene)
        return after if self.space is None or opened.same(before) else without_strange_moves(after, self.space)

    def _want(self, opened: OpenModel) -> None:
        if self._wanted is not None or not opened.same(self._shown):
            self._wanted = opened
            self.model_wanted.emit(opened)

    def _tell_of_shelf(self, before: Document) -> None:
        """Say where that is of `before` which the present scene does not have."""
        if before is not self._document and (what := what_stays(before.scene, self.scene)):
            words = words_of(before.kind, before.opened or model_of(before.kind))
            self.message.emit(f"{what} with {words}: undo goes back there, and so does opening it again.", False)

    def learn_directions(self, directions: Iterable[Direction], first: Callable[[Model], object] = lambda _: None) -> Model:
        """Know `directions` in the open model's space, in place of those known before; returns the model that knows them.

        first(model): is called before anybody else is told. Raises ZscapeError where one does not fit, or no model is open.
        """
        if self._model is None:
            raise ZscapeError("Directions need a model: open one first.")
        self._model.spec.space.with_directions(directions := tuple(directions))
        self._model = replace(self._model, directions=directions)
        first(self._model)
        self.model_changed.emit()
        return self._model

    def _for(self, kind: Kind) -> Document | None:
        """The document of `kind`; where either side does not know the names, one of its numbers, the one shown before others."""
        alike = (each for each in (self._document, *self._documents.values()) if each.kind.inputs and each.kind.akin(kind))
        return self._documents.get(kind) or next(alike, None)

    def _open(self, kind: Kind, scene: Scene) -> Document:
        document = self._documents[kind] = Document(kind, scene)
        return document

    def _select(self, document: Document) -> None:
        if document is not self._document:
            self._document = document
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
