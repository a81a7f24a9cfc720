"""Applies the playing timeline to the session's model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zscape.app.work.playing.round import RATE
from zscape.app.work.rendering.ahead import Ahead
from zscape.models.errors import ZscapeError

if TYPE_CHECKING:
    from zscape.app.state.session import Session
    from zscape.app.work.playing.round import Round
    from zscape.models.inputs.recipe import Recipe
    from zscape.models.inputs.space import Space
    from zscape.models.sweeps.base import Sweep
    from zscape.models.timeline.marks import Mark
    from zscape.models.timeline.timeline import Timeline


def playable(timeline: Timeline | None, session: Session) -> Timeline | None:
    """`timeline` if the open model can play it; otherwise a message says what is wrong."""
    from zscape.models.timeline.text import check_timeline

    if timeline is None or session.space is None:
        return None
    try:
        check_timeline(timeline, session.space)
    except ZscapeError as error:
        session.message.emit(str(error), True)
        return None
    return timeline


def point_at(timeline: Timeline | None, time: float, session: Session) -> Recipe | None:
    """The point at `time`, in seconds; None if there is none, or the open model cannot play the timeline."""
    if timeline is None or session.space is None:
        return None
    try:
        return timeline.at(time, session.space)
    except ZscapeError:
        return None  # `playable` reports it, once


def texts_at(timeline: Timeline, time: float, space: Space | None) -> tuple[Mark, ...]:
    """The texts over the picture at `time`, in seconds, of a model of `space`."""
    from zscape.models.timeline.mark_edits import marks_at

    return marks_at(timeline, time, space) if timeline.marks and space is not None else ()


def ahead_of(timeline: Timeline, way: Round, sweep: Sweep, space: Space) -> Ahead:
    """The frames of `sweep` to draw in advance, as `timeline` moves it and `way` passes through it."""
    suiting = timeline.suiting(sweep)
    return Ahead(way.count, RATE, lambda frame: suiting.sweep(sweep, way.own(frame), space), way.loops)
