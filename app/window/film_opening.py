"""Films that are opened: their timelines come into the session."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from zscape.app.window.owners import NotHereError, Owners
from zscape.models.errors import ZscapeError

if TYPE_CHECKING:
    from zscape.app.state.session import Session
    from zscape.models.timeline.timeline import Timeline


@dataclass(frozen=True)
class Film:
    """A timeline to be taken from the file `path`. gesture: under which undo takes all of it back.

    model: the file of its model where that is to be opened first, None where the open one is to play it. missing: the name of its
    model where that is not here, and another is to play it. named: whether it says what its model is. other: whether a person
    wants it shown by another model of the same name.
    """

    path: Path
    timeline: Timeline
    gesture: int
    model: Path | None
    missing: str = ""
    named: bool = True
    other: bool = False


def read_film(path: Path, session: Session, owners: Owners) -> Film:
    """What is in the film, or the JSON file, at `path`.

    Raises ZscapeError where there is no timeline, no model for it, or another one of the name of its own (`Owners.of`).
    """
    from zscape.models.media.film_file import timeline_in

    timeline, made = timeline_in(path)
    wanted, missing, other = None, "", False
    try:
        wanted, other = owners.of(path, made)
    except NotHereError as error:
        if session.model is None:
            raise ZscapeError(f"{path.name} is a film of the model {made.name!r}, which is not here: open a model.") from error
        missing = made.name
    return Film(path, timeline, session.new_gesture(), wanted, missing, made.said, other)


def take_film(film: Film, session: Session) -> None:
    """Put its timeline and its first point in place. Raises ZscapeError where the open model cannot play it."""
    from zscape.models.media.film_file import of_another
    from zscape.models.timeline.text import check_timeline

    if session.space is None:
        raise ZscapeError("A timeline needs a model: open one first.")
    try:
        check_timeline(film.timeline, session.space)
    except ZscapeError as error:
        raise ZscapeError(f"{film.path.name} is no film of the open model: {error}") from error
    after = replace(session.scene, point=film.timeline.base, timeline=film.timeline)
    session.edit("open film", after, film.gesture)
    if film.other and session.model is not None:
        session.message.emit(of_another(film.path.name, session.model.spec.name, session.model.spec.name), True)
        return
    if film.missing and session.model is not None:
        words = of_another(film.path.name, film.missing, session.model.spec.name)
        session.message.emit(f"{words} That model is not here.", True)
        return
    unsaid = "" if film.named else " It does not say which model it was made with."
    session.message.emit(f"The timeline of {film.path.name} is below the picture: P plays it.{unsaid}", False)
