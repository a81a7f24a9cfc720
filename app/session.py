"""The session: the one owner of the scene, of its history, and of which model is open."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoGroup, QUndoStack

from app.scene import Scene
from models.latent.recipe import Recipe

if TYPE_CHECKING:
    from models.checkpoint import Model
    from models.latent.points import Space


class _Edit(QUndoCommand):
    """The scene before and after; the moves of one gesture merge into one step."""

    def __init__(self, session: Session, label: str, gesture: int | None, before: Scene, after: Scene) -> None:
        super().__init__(label)
        self._session, self._gesture = session, gesture
        self.before, self.after = before, after

    def id(self) -> int:
        return 1 if self._gesture is not None else -1

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, _Edit) or other._gesture != self._gesture:
            return False
        self.after = other.after
        self.setObsolete(self.before == self.after)
        return True

    def redo(self) -> None:
        self._session._show(self.after)

    def undo(self) -> None:
        self._session._show(self.before)


@dataclass
class _Document:
    """A scene and its history; there is one for each kind of latent space."""

    scene: Scene
    stack: QUndoStack


class Session(QObject):
    """One scene, one gate to change it, and everybody who shows it listens.

    scene_changed: after every edit, undo and redo. model_changed: another model is open (or newer weights of it).
    message(text, is_error): one line for the person; the window shows it and goes on. view_requested(name): show that view.
    tile_pointed(app.tiles.Tile or None): the tile of some sheet that the mouse or the keyboard is on.
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
        self._documents: dict[tuple[int, int], _Document] = {}
        self._document = self._open((0, 0), Scene())
        self._model: Model | None = None
        self._gestures = 0
        self.waiting_for = "Loading."
        self.undo_group.setActiveStack(self._document.stack)

    @property
    def scene(self) -> Scene:
        """The scene as it is now."""
        return self._document.scene

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
        after = replace(self.scene, **changes)
        if after != self.scene:
            self._document.stack.push(_Edit(self, label, gesture, self.scene, after))

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

    def restore(self, scene: Scene) -> None:
        """Put what the open model can draw of a scene read from a file in place of this one; the history starts anew."""
        self._document.stack.clear()
        space = self.space
        self._show(fit(scene, space.z_size, space.classes) if space else scene)

    def adopt(self, model: Model) -> None:
        """Take `model` as the open one.

        Models of the same latent size and number of classes share a scene and its history. A model of another kind has its own:
        the first time what fits of the present scene, later what was left there; so nothing is lost by looking at another model.
        """
        self._model = model
        key = (model.spec.z_size, len(model.spec.class_names))
        document = self._documents.get(key) or self._open(key, fit(self.scene, *key))
        if document is not self._document:
            self._document = document
            self.undo_group.setActiveStack(document.stack)
            self.scene_changed.emit()
        self.model_changed.emit()

    def _open(self, key: tuple[int, int], scene: Scene) -> _Document:
        document = _Document(scene, QUndoStack(self.undo_group))
        self._documents[key] = document
        return document

    def _show(self, scene: Scene) -> None:
        self._document.scene = scene
        self.scene_changed.emit()


def fit(scene: Scene, z_size: int, classes: int) -> Scene:
    """`scene` with everything that a model of this many coordinates and classes cannot draw put back to its default."""

    def fits(recipe: Recipe) -> bool:
        return (
            (recipe.latent is None or len(recipe.latent) == z_size)
            and all(index < z_size for index, _ in recipe.overrides)
            and len(recipe.classes) in (0, classes)
            and not recipe.moves
        )

    def operand(recipe: Recipe | None) -> Recipe | None:
        return recipe if recipe is not None and fits(recipe) else None

    defaults = Scene()
    restyle = scene.restyle
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
