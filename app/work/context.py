"""What every panel and view is given to work with."""

from __future__ import annotations

from dataclasses import dataclass, field

from zscape.app.state.session import Session
from zscape.app.state.settings import Settings
from zscape.app.work.export_queue import ExportQueue
from zscape.app.work.held import Held
from zscape.app.work.jobs import JobQueue
from zscape.app.work.moment import Moment
from zscape.app.work.renderer import Renderer


@dataclass(frozen=True)
class Context:
    """The session (what is looked at), the renderer (who draws it), the jobs (long work) and the person's settings.

    moment: of what plays, in which views show their sheets. exports: the files that are being written. held: moves
    the point where directions are locked.
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
