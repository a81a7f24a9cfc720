"""The contents of a saved session."""

from __future__ import annotations

from dataclasses import dataclass, field

from zscape.app.state.kind import UNKNOWN, Kind
from zscape.app.state.scene import Scene


@dataclass(frozen=True)
class Files:
    """The files on this computer that a session kept by Zscape belongs to. A session that is passed on does not contain them.

    model: the file of its model. session: the file it was opened from or saved in. modified: whether it differs from that file,
    or was never saved under a name.
    """

    model: str = ""
    session: str = ""
    modified: bool = False


@dataclass(frozen=True)
class SessionFile:
    """The contents of a session file.

    model: the name of the model it was made with. view: the view that was shown. kind: that of the model the scene is for,
    UNKNOWN if not given. scene: the one that was shown. others: the scenes of the other kinds of model that were used. files:
    only in a session that Zscape keeps by itself. run: the training run of that model (`Spec.run`), "" if unknown: sessions of
    earlier versions do not contain it.
    """

    model: str = ""
    view: str = ""
    kind: Kind = UNKNOWN
    scene: Scene = field(default_factory=Scene)
    others: tuple[tuple[Kind, Scene], ...] = ()
    files: Files = Files()
    run: str = ""
