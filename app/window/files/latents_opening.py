"""Opens files of latents: their points are put on the shelf, with their own model if it is in the library."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from zscape.app.state.shelf_state import with_points
from zscape.app.window.files.film_opening import Owner, owner_of
from zscape.app.window.files.owners import Owners
from zscape.models.errors import ZscapeError

if TYPE_CHECKING:
    from zscape.app.state.session import Session


@dataclass(frozen=True)
class Latents:
    """A file of latents to open."""

    owner: Owner

    @property
    def gesture(self) -> int:
        """The id under which everything is undone together."""
        return self.owner.gesture


def read_latents(path: Path, session: Session, owners: Owners) -> Latents:
    """Find the model of the latents in the npz file at `path`.

    Raises ZscapeError if it cannot be read, or another model of the same name is in the library (`Owners.of`).
    """
    from zscape.models.media.latents_file import made_with_in

    return Latents(owner_of(path, made_with_in(path), session, owners, "file of latents"))


def take_latents(latents: Latents, session: Session) -> None:
    """Put the points on the shelf. Raises ZscapeError if the open model has no such latents."""
    from zscape.models.media.latents_file import latents_in

    path = latents.owner.path
    if session.space is None:
        raise ZscapeError("Latents need a model: open one first.")
    found, total = latents_in(path, session.space)
    new = [recipe for recipe in dict.fromkeys(found) if recipe not in session.scene.shelf]
    after = with_points(session.scene, (*session.scene.shelf, *new))
    session.edit("open latents", after, latents.gesture)
    more = f" of {total}" if total > len(found) else ""
    done = f"Put {len(new)}{more} {'point' if len(new) == 1 and not more else 'points'} of {path.name} on the shelf."
    words = latents.owner.other_words(session)
    session.message.emit(words or (done if new else f"What {path.name} holds is on the shelf already."), bool(words))
