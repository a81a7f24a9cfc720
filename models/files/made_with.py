"""The model that a film, a session or a picture was made with, as far as it says which."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from zscape.models.errors import ZscapeError
from zscape.models.files.library import find, listing, spec_at
from zscape.models.files.spec import Spec


class OtherModelError(ZscapeError):
    """The model itself is not here, only another one of the same name."""


@dataclass(frozen=True)
class MadeWith:
    """name: what the model is called. run: its training run (`Spec.run`). Each is "" if that is not said: files of earlier
    versions say no run, and are told apart by the name alone.
    """

    name: str = ""
    run: str = ""

    @property
    def said(self) -> bool:
        """Whether anything is said."""
        return bool(self.name or self.run)

    def fits(self, spec: Spec) -> bool:
        """Whether it is the model of `spec`, as far as both say: wherever that lies, whatever its file is called."""
        if self.run and spec.run:
            return self.run == spec.run
        return self.name in ("", spec.name)

    def find(self, besides: Iterable[Path] = ()) -> Path:
        """The file of the model: one of those in the library, or of `besides`, which are looked through too.

        Raises OtherModelError where that one alone is here, and ZscapeError where there is none.
        """
        if self.run:
            for path in (*(each.path for each in listing()), *besides):
                try:
                    if spec_at(path).run == self.run:
                        return path
                except (OSError, ZscapeError):
                    continue  # it is gone, or no model
        path = find(self.name)
        if self.run and spec_at(path).run not in ("", self.run):
            raise OtherModelError(f"The model {self.name!r} that is here is another one of the same name.")
        return path
