"""The scenes of a session, one for each kind of model, and which of them is shown."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from zscape.app.state.kind import UNKNOWN, Kind
from zscape.app.state.scene import Scene
from zscape.app.state.shelf_state import kept

if TYPE_CHECKING:
    from zscape.models.files.checkpoint import Model


@dataclass(eq=False)
class OpenModel:
    """An open model as undo steps refer to it.

    run: the training run it comes from. path: its file. Without one it is None, and the networks are kept in memory.
    """

    name: str
    run: str
    path: Path | None
    model: Model | None

    def same(self, other: OpenModel | None) -> bool:
        """Whether both are the same model, possibly with newer weights from a training run."""
        return other is not None and self._key == other._key

    def of_run(self, other: OpenModel) -> bool:
        """Whether `other` is a checkpoint of the same run, with the same units."""
        return self.name == other.name and self.run in ("", other.run)

    @property
    def _key(self) -> tuple[Path | None, str, str]:
        return (self.path, "", "") if self.path is not None else (None, self.name, self.run)


@dataclass(eq=False)
class Document:
    """The scene for one kind of model.

    opened: the last model of that kind that was open, None if there was none.
    """

    kind: Kind
    scene: Scene
    opened: OpenModel | None = None


@dataclass(frozen=True)
class KeptElsewhere:
    """Points kept for models of a kind that is not open.

    count: how many points. opened: the last model of that kind that was open, None if there was none.
    """

    kind: Kind
    count: int
    opened: OpenModel | None


class Documents:
    """The documents of a session. shown: the one whose scene is on screen, at first one for an unknown kind."""

    def __init__(self) -> None:
        self._of: dict[Kind, Document] = {}
        self.shown = self.add(UNKNOWN, Scene())

    @property
    def others(self) -> list[Document]:
        """Those that are not shown, without the one for an unknown kind."""
        return [each for kind, each in self._of.items() if kind != UNKNOWN and each is not self.shown]

    @property
    def kept_elsewhere(self) -> list[KeptElsewhere]:
        """The points kept in those that are not shown."""
        return [KeptElsewhere(each.kind, len(points), each.opened) for each in self.others if (points := kept(each.scene))]

    def add(self, kind: Kind, scene: Scene) -> Document:
        """A new document for `kind`."""
        document = self._of[kind] = Document(kind, scene)
        return document

    def suiting(self, kind: Kind) -> Document | None:
        """The document for `kind`; if either lacks class labels, one whose inputs agree otherwise, preferably the one shown."""
        alike = (each for each in (self.shown, *self._of.values()) if each.kind.inputs and each.kind.akin(kind))
        return self._of.get(kind) or next(alike, None)

    def learn_labels(self, document: Document, kind: Kind) -> None:
        """The class labels of `document` are those of `kind`, if they were not known before."""
        if not document.kind.labelled:
            del self._of[document.kind]
            document.kind = kind
            self._of[kind] = document
