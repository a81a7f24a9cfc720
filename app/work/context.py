"""What every panel and view is given to work with."""

from __future__ import annotations

from dataclasses import dataclass

from zscape.app.state.session import Session
from zscape.app.state.settings import Settings
from zscape.app.work.jobs import JobQueue
from zscape.app.work.renderer import Renderer


@dataclass(frozen=True)
class Context:
    """The session (what is looked at), the renderer (who draws it), the jobs (long work) and the person's settings."""

    session: Session
    renderer: Renderer
    jobs: JobQueue
    settings: Settings
