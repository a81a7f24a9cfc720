"""The shared objects that every panel and view works with."""

from __future__ import annotations

from dataclasses import dataclass, field

from zscape.app.state.session import Session
from zscape.app.state.settings import Settings
from zscape.app.work.exporting.export_queue import ExportQueue
from zscape.app.work.jobs import JobQueue
from zscape.app.work.playing.moment import Moment
from zscape.app.work.rendering.held import Held
from zscape.app.work.rendering.renderer import Renderer


@dataclass(frozen=True)
class Context:
    """The session (what is shown), the renderer (draws it), the jobs (long work) and the user's settings.

    moment: the moment of the playing timeline at which views show their sheets. exports: the files being written. held: moves
    the point while directions are locked.
    """

    session: Session
    renderer: Renderer
    jobs: JobQueue
    settings: Settings
    moment: Moment = field(default_factory=Moment)
    exports: ExportQueue = field(init=False)
    held: Held = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "exports", ExportQueue(self.jobs))
        object.__setattr__(self, "held", Held(self.session, self.renderer))
