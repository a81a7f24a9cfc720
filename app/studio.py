"""What every panel and view is given to work with."""

from __future__ import annotations

from dataclasses import dataclass

from app.jobs import JobQueue
from app.render import Renderer
from app.session import Session
from app.settings import Settings


@dataclass(frozen=True)
class Studio:
    """The session (what is looked at), the renderer (who draws it), the jobs (long work) and the person's settings."""

    session: Session
    renderer: Renderer
    jobs: JobQueue
    settings: Settings
