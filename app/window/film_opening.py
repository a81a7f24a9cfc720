"""Films, and single pictures of points, that are opened: what they were made from comes into the session."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from zscape.app.state.clipboard import recipe_from_json
from zscape.app.widgets.dragged_tile import PNG_RECIPE
from zscape.app.window.file_kind import is_video
from zscape.app.window.owners import NotHereError, Owners
from zscape.models.errors import ZscapeError

if TYPE_CHECKING:
    from zscape.app.state.session import Session
    from zscape.models.files.made_with import MadeWith
    from zscape.models.inputs.recipe import Recipe
    from zscape.models.sweeps.base import Sweep
    from zscape.models.timeline.timeline import Timeline


@dataclass(frozen=True)
class Owner:
    """What shows what is in the file `path`. gesture: under which undo takes all of it back.

    model: the file of its model where that is to be opened first, None where the open one is to show it. missing: the name of its
    model where that is not here, and another is to show it. named: whether it says what its model is. other: whether a person
    wants it shown by another model of the same name.
    """

    path: Path
    gesture: int
    model: Path | None
    missing: str = ""
    named: bool = True
    other: bool = False

    def other_words(self, session: Session) -> str:
        """What is said where the open model is not the one that it was made with; "" where it is, or nothing is said of that."""
        from zscape.models.media.film_file import of_another

        shown = session.model.spec.name if session.model is not None else ""
        if self.other:
            return of_another(self.path.name, shown, shown)
        return f"{of_another(self.path.name, self.missing, shown)} That model is not here." if self.missing else ""


@dataclass(frozen=True)
class Film:
    """A timeline to be taken, or, where there is none, a point."""

    owner: Owner
    point: Recipe
    timeline: Timeline | None = None

    @property
    def gesture(self) -> int:
        """Under which undo takes all of it back."""
        return self.owner.gesture


def read_film(path: Path, session: Session, owners: Owners) -> Film:
    """What is in the film, or the JSON file, at `path`.

    Raises ZscapeError where there is no timeline, no model for it, or another one of the name of its own (`Owners.of`).
    """
    from zscape.models.media.film_file import timeline_in

    timeline, made = timeline_in(path)
    return Film(owner_of(path, made, session, owners, "film"), timeline.base, timeline)


def open_sound_of(path: Path, session: Session) -> None:
    """Put the sound in the file `path` on the timeline, also that of a film that is not ours.

    Raises ZscapeError as `open_sound` does; of a film without sound it says why it is no film to go on with, either.
    """
    from zscape.app.work.timeline_sound import open_sound
    from zscape.models.media.film_file import timeline_in

    try:
        open_sound(path, session)
    except ZscapeError:
        if session.space is not None and is_video(path):
            timeline_in(path)
        raise


def read_tile(path: Path, session: Session, owners: Owners) -> Film:
    """What is in the picture at `path` of a tile that was dragged out. Raises ZscapeError as `read_film` does."""
    from zscape.models.files.made_with import MadeWith
    from zscape.models.media.film_file import MODEL, RUN
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
"""The view of a sheet by its number that moves."""


def view_of(timeline: Timeline, shown: Sweep | None) -> str:
    """The view whose sheet moves by a timeline of nothing else; "" where there is none, or what is `shown` moves as well."""
    others = timeline.tracks or timeline.numbers
    if others or (shown is not None and timeline.suiting(shown).sheet):
        return ""
    return next((OF_SHEETS[name] for name, _ in timeline.sheet if name in OF_SHEETS), "")


def owner_of(path: Path, made: MadeWith, session: Session, owners: Owners, what: str) -> Owner:
    """Who shows what is in the file `path`. what: the kind of file. Raises ZscapeError where nobody can, see `Owners.of`."""
    wanted, missing, other = None, "", False
    try:
        wanted, other = owners.of(path, made)
    except NotHereError as error:
        if session.model is None:
            raise ZscapeError(f"{path.name} is a {what} of the model {made.name!r}, which is not here: open a model.") from error
        missing = made.name
    return Owner(path, session.new_gesture(), wanted, missing, made.said, other)


def take_film(film: Film, session: Session) -> None:
    """Put its timeline and its first point in place. Raises ZscapeError where the open model cannot show it."""
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
        raise ZscapeError(f"{name} is no {what} of the open model: {whose}{error}") from error
    after = replace(session.scene.with_point(film.point), timeline=film.timeline or session.scene.timeline)
    session.edit("open film" if film.timeline is not None else "open picture", after, film.gesture)
    if words := owner.other_words(session):
        session.message.emit(words, True)
    elif film.timeline is not None:
        unsaid = "" if owner.named else " It does not say which model it was made with."
        session.message.emit(f"The timeline of {name} is below the picture: P plays it.{unsaid}", False)
    else:  # not every view shows it
        session.message.emit(f"The current point is that of {name}.", False)
