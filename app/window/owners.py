"""Whose a file is that was made with a model: of the open one, of another that is here, or of one that is not."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from zscape.models.errors import ZscapeError

if TYPE_CHECKING:
    from zscape.app.state.session import Session
    from zscape.app.state.settings import Settings
    from zscape.models.files.made_with import MadeWith


class NotHereError(ZscapeError):
    """No model of that name is here."""


class Owners:
    """Finds the models of files that are opened. The files that were open lately are looked through too.

    Another model of the same name is not taken for it: that is said once, and taken where the person opens the same file again.
    """

    def __init__(self, session: Session, settings: Settings) -> None:
        self._session, self._settings = session, settings
        self._refused: Path | None = None

    def of(self, file: Path, made: MadeWith) -> tuple[Path | None, bool]:
        """The model that is to be opened for `file`, None where that is the open one, and whether it is another of that name.

        Raises NotHereError where none of its name is here, and ZscapeError where another is, the first time.
        """
        from zscape.models.files.library import find
        from zscape.models.files.made_with import OtherModelError

        again, self._refused = file == self._refused, None
        model = self._session.model
        if (model is not None and made.fits(model.spec)) or not made.said:
            return None, False
        named = model is not None and model.spec.name == made.name
        try:
            return made.find(self.recent()), False
        except OtherModelError:
            pass
        except ZscapeError as error:
            if not named:
                raise NotHereError(str(error)) from error
        if again:
            return None if named else find(made.name), True
        self._refused = file
        raise ZscapeError(
            f"{file.name} was made with another model named {made.name!r} than the one that is here, so nothing is changed. Open "
            "its own model first; or open it once more to see it with this one."
        )

    def recent(self) -> list[Path]:
        """Files of models that were open lately."""
        return [path for path in self._settings.recent() if path.suffix == ".safetensors"]
