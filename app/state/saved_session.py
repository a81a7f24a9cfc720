"""What a saved session holds."""

from __future__ import annotations

from dataclasses import dataclass, field

from zscape.app.state.kind import UNKNOWN, Kind
from zscape.app.state.scene import Scene


@dataclass(frozen=True)
class Files:
    """Where on this computer a session that Zscape keeps by itself belongs. A session that is handed on says nothing of it.

    model: the file of its model. session: the file it was opened from or saved in. modified: whether it differs from that, or
    was never saved by name.
    """

    model: str = ""
    session: str = ""
    modified: bool = False


@dataclass(frozen=True)
class SessionFile:
    """What a session file holds.

    model: the name of the model it was made with. view: the view that was shown. kind: of the model that the scene is for,
    UNKNOWN where that is not said. scene: the one that was shown. others: the scenes of the other kinds of model that were
    looked at. files: only of a session that Zscape keeps by itself. run: the training run of that model (`Spec.run`), "" where
    that is not known: sessions of earlier versions do not say it.
    """

    model: str = ""
    view: str = ""
    kind: Kind = UNKNOWN
    scene: Scene = field(default_factory=Scene)
    others: tuple[tuple[Kind, Scene], ...] = ()
    files: Files = Files()
    run: str = ""
