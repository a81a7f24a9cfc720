"""Even change: the timeline's keys moved so that the picture changes as much in every frame; measured as a job."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zscape.models.errors import ZscapeError
from zscape.models.timeline.text import check_timeline

if TYPE_CHECKING:
    from zscape.app.work.context import Context
    from zscape.app.work.jobs import Job
    from zscape.models.progress import Work
    from zscape.models.sweeps.base import Sweep
    from zscape.models.timeline.timeline import Timeline


def even_out(context: Context, sweep: Sweep | None) -> Job | None:
    """Measure how `sweep` changes along the session's timeline, then put the even one in its place, as a step of undo.

    None where there is nothing to measure, which is told.
    """
    session = context.session
    timeline, model, device = session.scene.timeline, session.model, session.device or "auto"
    if timeline is None or model is None:
        session.message.emit("There is no timeline yet: animate the shelf, or add keys to the timeline (Ctrl+T).", True)
        return None
    if sweep is None:
        session.message.emit("This view shows no sheet whose change could be measured: choose another view.", True)
        return None
    try:
        check_timeline(timeline, model.space)
    except ZscapeError as error:
        session.message.emit(str(error), True)
        return None

    def work() -> Work[Timeline]:
        from zscape.models.inference.even_change import even_change
        from zscape.models.inference.runner import GeneratorRunner

        return (yield from even_change(GeneratorRunner(model, device), sweep, timeline))

    def take(made: Timeline) -> None:
        if session.scene.timeline is timeline:
            session.edit_timeline("even out the change", made)
            session.message.emit("The picture changes as much in every frame now.", False)
        else:
            session.message.emit("The timeline was changed while it was measured: even it out once more.", True)

    job = context.jobs.start("Even out the change", work)
    job.finished.connect(take)
    job.failed.connect(lambda line: session.message.emit(line, True))
    return job
