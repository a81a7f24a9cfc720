"""Opens films, and pictures of single points: what they were made from is put into the session."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from zscape.app.state.clipboard import recipe_from_json
from zscape.app.widgets.pictures.dragged_tile import PNG_RECIPE
from zscape.app.window.files.file_kind import is_video
from zscape.app.window.files.owners import NotHereError, Owners
from zscape.models.errors import ZscapeError

if TYPE_CHECKING:
    from zscape.app.state.session import Session
    from zscape.models.files.made_with import MadeWith
    from zscape.models.inputs.recipe import Recipe
    from zscape.models.sweeps.base import Sweep
    from zscape.models.timeline.timeline import Timeline


@dataclass(frozen=True)
class Owner:
    """Which model shows the contents of the file `path`. gesture: the id under which everything is undone together.

    model: the model file to open first, None to use the open model. missing: the name of its model if that is not in the library
    and another one is used. named: whether the file names its model. other: whether the user accepts another model of the same
    name.
    """

    path: Path
    gesture: int
    model: Path | None
    missing: str = ""
    named: bool = True
    other: bool = False

    def other_words(self, session: Session) -> str:
        """The message if the open model is not the one it was made with; "" if it is, or the file does not say."""
        from zscape.models.media.film.film_file import of_another

        shown = session.model.spec.name if session.model is not None else ""
        if self.other:
            return of_another(self.path.name, shown, shown)
        return f"{of_another(self.path.name, self.missing, shown)} That model is not here." if self.missing else ""


@dataclass(frozen=True)
class Film:
    """A timeline to use, or, if there is none, a point."""

    owner: Owner
    point: Recipe
    timeline: Timeline | None = None

    @property
    def gesture(self) -> int:
        """The id under which everything is undone together."""
        return self.owner.gesture


def read_film(path: Path, session: Session, owners: Owners) -> Film:
    """Read the film, or the JSON file, at `path`.

    Raises ZscapeError if it has no timeline, or its model is missing, or is another one of the same name (`Owners.of`).
    """
    from zscape.models.media.film.film_file import timeline_in

    timeline, made = timeline_in(path)
    return Film(owner_of(path, made, session, owners, "film"), timeline.base, timeline)


def open_sound_of(path: Path, session: Session) -> None:
    """Put the sound in the file `path` on the timeline; the file may also be a film by another program.

    Raises ZscapeError as `open_sound` does, or, for a film with neither sound nor timeline, as `timeline_in` does.
    """
    from zscape.app.work.playing.timeline_sound import open_sound
    from zscape.models.media.film.film_file import timeline_in

    try:
        open_sound(path, session)
    except ZscapeError:
        if session.space is not None and is_video(path):
            timeline_in(path)
        raise


def read_tile(path: Path, session: Session, owners: Owners) -> Film:
    """Read the picture of a tile that was dragged out, at `path`. Raises ZscapeError as `read_film` does."""
    from zscape.models.files.made_with import MadeWith
    from zscape.models.media.film.film_file import MODEL, RUN
    from zscape.models.media.metadata import read_metadata

    texts = read_metadata(path)
    made = MadeWith(texts.get(MODEL, ""), texts.get(RUN, ""))
    return Film(owner_of(path, made, session, owners, "picture"), recipe_from_json(texts.get(PNG_RECIPE, "")))


OF_SHEETS = {
    "start": "class-sweep",
    "turn": "style-sweep",
    "extent": "arithmetic",
    "weight": "style-mixing",
    "temperature": "candidates",
}
"""Number of a sheet that moves -> the view of that sheet."""


def view_of(timeline: Timeline, shown: Sweep | None) -> str:
    """The view whose sheet is the only one the timeline moves; "" if there is none, or it also moves what is `shown`."""
    others = timeline.tracks or timeline.numbers
    if others or (shown is not None and timeline.suiting(shown).sheet):
        return ""
    return next((OF_SHEETS[name] for name, _ in timeline.sheet if name in OF_SHEETS), "")


def owner_of(path: Path, made: MadeWith, session: Session, owners: Owners, what: str) -> Owner:
    """Which model shows the contents of the file `path`. what: the kind of file. Raises ZscapeError as `Owners.of`."""
    wanted, missing, other = None, "", False
    try:
        wanted, other = owners.of(path, made)
    except NotHereError as error:
        if session.model is None:
            raise ZscapeError(f"{path.name} is a {what} of the model {made.name!r}, which is not here: open a model.") from error
        missing = made.name
    return Owner(path, session.new_gesture(), wanted, missing, made.said, other)


def take_film(film: Film, session: Session) -> None:
    """Set the timeline and its first point. Raises ZscapeError if the open model cannot show it."""
    from zscape.models.timeline.text import check_timeline

    owner, name = film.owner, film.owner.path.name
    if session.space is None or session.model is None:
        raise ZscapeError(f"{name} needs a model to be seen: open one first.")
    try:
        if film.timeline is not None:
            check_timeline(film.timeline, session.space)
        session.space.check(film.point)
    except ZscapeError as error:
        what = "film" if film.timeline is not None else "picture"
        whose = f"It was made with {owner.missing!r}, which is not here: " if owner.missing else ""
        raise ZscapeError(f"{name} is not a {what} of the open model: {whose}{error}") from error
    after = replace(session.scene.with_point(film.point), timeline=film.timeline or session.scene.timeline)
    session.edit("open film" if film.timeline is not None else "open picture", after, film.gesture)
    if words := owner.other_words(session):
        session.message.emit(words, True)
    elif film.timeline is not None:
        unsaid = "" if owner.named else " It does not say which model it was made with."
        session.message.emit(f"The timeline of {name} is below the picture: P plays it.{unsaid}", False)
    else:  # not every view shows the point
        session.message.emit(f"The current point is that of {name}.", False)
