"""One undo step: what it changed in the scenes, and which model it opened."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtGui import QUndoCommand

from zscape.app.state.documents import Document, OpenModel
from zscape.app.state.scene import Scene

Around = Callable[[bool, Callable[[], None]], None]


class Step(QUndoCommand):
    """The changes of one gesture; steps of the same gesture are merged.

    scenes: documents with their scenes before and after. models: the open model before and after, None if it is the same.
    put and want make a scene and a model the current one. around(undo, put) does what else the step needs, before and after it
    calls put() to set the scenes.
    """

    def __init__(
        self,
        label: str,
        gesture: int | None,
        scenes: Mapping[Document, Scene],
        models: tuple[OpenModel, OpenModel] | None,
        put: Callable[[Mapping[Document, Scene]], None],
        want: Callable[[OpenModel], None],
        around: Around | None = None,
    ) -> None:
        super().__init__(label)
        self.gesture, self._put, self._want = gesture, put, want
        self._scenes = {document: (document.scene, after) for document, after in scenes.items()}
        self._models, self._around = models, around

    @property
    def models(self) -> tuple[OpenModel, OpenModel] | None:
        """The open model before and after this step, None if it is the same."""
        return self._models

    def ends(self, document: Document) -> tuple[Scene, Scene] | None:
        """The scene of `document` before and after this step, None if the step does not change that document."""
        return self._scenes.get(document)

    def id(self) -> int:
        return 1 if self.gesture is not None else -1

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, Step) or other.gesture != self.gesture:
            return False
        for document, (before, after) in other._scenes.items():
            self._scenes[document] = (self._scenes.get(document, (before, after))[0], after)
        if other._models is not None:
            self._models = ((self._models or other._models)[0], other._models[1])
        unchanged = all(before == after for before, after in self._scenes.values())
        self.setObsolete(unchanged and (self._models is None or self._models[0].same(self._models[1])))
        self.setText(other.text())
        return True

    def redo(self) -> None:
        self._place(False, {document: after for document, (_, after) in self._scenes.items()})
        if self._models is not None:
            self._want(self._models[1])

    def undo(self) -> None:
        if self._models is not None:
            self._want(self._models[0])
        self._place(True, {document: before for document, (before, _) in self._scenes.items()})

    def _place(self, undo: bool, scenes: Mapping[Document, Scene]) -> None:
        if self._around is None:
            self._put(scenes)
        else:
            self._around(undo, lambda: self._put(scenes))
