"""The session: the one owner of the scene, of its history, and of which model is open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoGroup, QUndoStack

from zscape.app.state.scene import Scene
from zscape.models.inputs.recipe import Recipe

if TYPE_CHECKING:
    from zscape.models.files.checkpoint import Model
    from zscape.models.inputs.points import Space


class Kind(NamedTuple):
    """A kind of latent space: its number of coordinates, of classes, and their names, () where a file of before doesn't say them.

    The names are part of it because a point that was set up among digits means nothing among garments.
    """

    z_size: int
    classes: int
    names: tuple[str, ...] = ()

    def akin(self, other: Kind) -> bool:
        """Whether a scene of one may be shown by a model of the other: as far as both say, they are the same."""
        return self[:2] == other[:2] and self.same_classes(other)

    def same_classes(self, other: Kind) -> bool:
        """Whether the classes have the same names, as far as both say."""
        return not self.names or not other.names or self.names == other.names

    def __str__(self) -> str:
        few = f" ({', '.join(self.names[:3])} \u2026)" if self.names else ""
        return f"{self.z_size} coordinates and {self.classes} classes{few}"


UNKNOWN = Kind(0, 0)
"""The kind while no model has been open, and that of scenes from files that don't say it."""


class _Edit(QUndoCommand):
    """The scene of a document before and after; the moves of one gesture merge into one step."""

    def __init__(self, session: Session, document: _Document, label: str, gesture: int | None, after: Scene) -> None:
        super().__init__(label)
        self._session, self._document, self._gesture = session, document, gesture
        self.before, self.after = document.scene, after

    def id(self) -> int:
        return 1 if self._gesture is not None else -1

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, _Edit) or other._gesture != self._gesture:
            return False
        self.after = other.after
        self.setObsolete(self.before == self.after)
        return True

    def redo(self) -> None:
        self._session._put(self._document, self.after)

    def undo(self) -> None:
        self._session._put(self._document, self.before)


@dataclass
class _Document:
    """A scene and its history; there is one for each kind of latent space."""

    kind: Kind
    scene: Scene
    stack: QUndoStack


class Session(QObject):
    """One scene, one gate to change it, and everybody who shows it listens.

    scene_changed: after every edit, undo and redo. model_changed: another model is open (or newer weights of it).
    message(text, is_error): one line for the person; the window shows it and goes on. view_requested(name): show that view.
    tile_pointed(app.work.tiles.Tile or None): the tile of some sheet that the mouse or the keyboard is on.
    waiting_changed: `waiting_for` says something else.
    """

    scene_changed = Signal()
    model_changed = Signal()
    message = Signal(str, bool)
    view_requested = Signal(str)
    tile_pointed = Signal(object)
    waiting_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.undo_group = QUndoGroup(self)
        self._documents: dict[Kind, _Document] = {}
        self._document = self._open(UNKNOWN, Scene())
        self._model: Model | None = None
        self._gestures = 0
        self.waiting_for = "Loading."
        self.undo_group.setActiveStack(self._document.stack)

    @property
    def scene(self) -> Scene:
        """The scene as it is now."""
        return self._document.scene

    @property
    def kind(self) -> Kind:
        """The kind of latent space that the scene is for."""
        return self._document.kind

    @property
    def others(self) -> dict[Kind, Scene]:
        """The scenes that are not shown, of the other kinds of model that were looked at."""
        return {
            kind: document.scene
            for kind, document in self._documents.items()
            if kind != UNKNOWN and document is not self._document
        }

    @property
    def point(self) -> Recipe:
        """The current point."""
        return self.scene.point

    @property
    def model(self) -> Model | None:
        """The open model, None until the first is loaded. Read it; never train or change it."""
        return self._model

    @property
    def space(self) -> Space | None:
        """The latent space of the open model, None until the first is loaded."""
        return self._model.spec.space if self._model else None

    def new_gesture(self) -> int:
        """An id for one drag or one burst of typing: edits that carry the same id are undone together."""
        self._gestures += 1
        return self._gestures

    def edit(self, label: str, gesture: int | None = None, **changes: Any) -> None:
        """Replace fields of the scene as one step of undo named `label`. An edit that changes nothing stops here."""
        self._change(self._document, label, gesture, replace(self.scene, **changes))

    def edit_point(self, label: str, point: Recipe, gesture: int | None = None) -> None:
        """Move the current point."""
        self.edit(label, gesture, point=point)

    def wait_for(self, words: str) -> None:
        """Have empty sheets say what they wait for, or what to do."""
        self.waiting_for = words
        self.waiting_changed.emit()

    def keep(self, recipe: Recipe) -> None:
        """Put `recipe` on the shelf, once."""
        if recipe not in self.scene.shelf:
            self.edit("keep", shelf=(*self.scene.shelf, recipe))
        else:
            self.message.emit("This point is on the shelf already.", False)

    def restore(self, scene: Scene, kind: Kind = UNKNOWN, others: Mapping[Kind, Scene] | None = None) -> None:
        """Put scenes read from a file in place of those of their kinds, each as one step of undo among the edits of that kind.

        A scene of unknown kind takes the place of the one shown, as far as that kind of model can draw it. `scene` is shown
        if the open model is of its kind or no model is open yet; else it waits, whole, for a model of its kind.
        """
        known, kind = self.scene, self.kind if kind == UNKNOWN else kind
        for each, saved in {**(others or {}), kind: scene}.items():
            document = self._for(each) or self._open(each, fit(known, each))
            self._change(document, "open session", None, fit(saved, each))
            if each == kind and self._model is None:
                self._select(document)

    def forget_history(self) -> None:
        """Take every scene as it is now for the one its history begins with."""
        for document in self._documents.values():
            document.stack.clear()

    def adopt(self, model: Model) -> None:
        """Take `model` as the open one.

        Models of the same latent size and classes share a scene and its history. A model of another kind has its own: the first
        time what fits of the present scene (seeds and layout only where the classes are others), later what was left there; so
        nothing is lost by looking at another model.
        """
        self._model = model
        kind = Kind(model.spec.z_size, len(model.spec.class_names), model.spec.class_names)
        document = self._for(kind) or self._open(kind, fit(self.scene, kind, self.kind))
        if not document.kind.names:  # now it is known
            del self._documents[document.kind]
            document.kind = kind
            self._documents[kind] = document
        self._select(document)
        self.model_changed.emit()

    def _for(self, kind: Kind) -> _Document | None:
        """The document of `kind`; where either side does not know the names, one of its numbers, the one shown before others."""
        alike = (each for each in (self._document, *self._documents.values()) if each.kind.akin(kind))
        return self._documents.get(kind) or next(alike, None)

    def _open(self, kind: Kind, scene: Scene) -> _Document:
        document = self._documents[kind] = _Document(kind, scene, QUndoStack(self.undo_group))
        return document

    def _select(self, document: _Document) -> None:
        if document is not self._document:
            self._document = document
            self.undo_group.setActiveStack(document.stack)
            self.scene_changed.emit()

    def _change(self, document: _Document, label: str, gesture: int | None, after: Scene) -> None:
        if after != document.scene:
            document.stack.push(_Edit(self, document, label, gesture, after))

    def _put(self, document: _Document, scene: Scene) -> None:
        document.scene = scene
        if document is self._document:
            self.scene_changed.emit()


def fit(scene: Scene, kind: Kind, of: Kind = UNKNOWN) -> Scene:
    """`scene`, which was made for a model of kind `of`, with everything that one of `kind` cannot draw put back to its default.

    Where the classes have other names nothing stays that was set coordinate by coordinate, or is a picture. The unknown kind
    stands for a model that can draw everything.
    """
    if kind == UNKNOWN:
        return scene
    z_size, classes = kind[:2]
    same_classes = kind.same_classes(of)

    def fits(recipe: Recipe) -> bool:
        return (
            (same_classes or (recipe.latent is None and not recipe.overrides))
            and (recipe.latent is None or len(recipe.latent) == z_size)
            and all(index < z_size for index, _ in recipe.overrides)
            and len(recipe.classes) in (0, classes)
            and not recipe.moves
        )

    def operand(recipe: Recipe | None) -> Recipe | None:
        return recipe if recipe is not None and fits(recipe) else None

    defaults = Scene()
    restyle = scene.restyle if same_classes else None
    if restyle is not None:
        label = restyle.label if restyle.label is not None and restyle.label < classes else None
        found = operand(restyle.found)
        restyle = replace(restyle, label=label, found=found, mse=restyle.mse if found else None)
    return replace(
        scene,
        point=scene.point if fits(scene.point) else defaults.point,
        target=scene.target if fits(scene.target) else defaults.target,
        a=operand(scene.a),
        b=operand(scene.b),
        c=operand(scene.c),
        shelf=tuple(recipe for recipe in scene.shelf if fits(recipe)),
        restyle=restyle,
    )
