"""Finds the model that a file was made with: the open one, another one in the library, or none."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from zscape.models.errors import ZscapeError

if TYPE_CHECKING:
    from zscape.app.state.session import Session
    from zscape.app.state.settings import Settings
    from zscape.models.files.made_with import MadeWith


class NotHereError(ZscapeError):
    """No model of that name is in the library."""


class Owners:
    """Finds the models of opened files, also among recently opened model files.

    Another model of the same name is not used for it at first: an error says so, and it is used if the user opens the file again.
    """

    def __init__(self, session: Session, settings: Settings) -> None:
        self._session, self._settings = session, settings
        self._refused: Path | None = None

    def of(self, file: Path, made: MadeWith) -> tuple[Path | None, bool]:
        """The model to open for `file`, None for the open one, and whether it is another model of the same name.

        Raises NotHereError if there is no model of that name, and ZscapeError if there is another one, the first time.
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
        """Files of models that were opened recently."""
        return [path for path in self._settings.recent() if path.suffix == ".safetensors"]
