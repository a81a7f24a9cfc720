"""The model that a film, a session or a picture was made with, as recorded in its file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from zscape.models.errors import ZscapeError
from zscape.models.files.library import find, listing, spec_at
from zscape.models.files.spec import Spec


class OtherModelError(ZscapeError):
    """The model itself is missing; there is only another one of the same name."""


@dataclass(frozen=True)
class MadeWith:
    """The model recorded in a file.

    name: its name. run: its training run (`Spec.run`). Each is "" if not recorded. Files of earlier versions record no run, and
    are compared by the name alone.
    """

    name: str = ""
    run: str = ""

    @property
    def said(self) -> bool:
        """Whether a name or a run is recorded."""
        return bool(self.name or self.run)

    def fits(self, spec: Spec) -> bool:
        """Whether it is the model of `spec`, compared by what both record, whatever the path of the file."""
        if self.run and spec.run:
            return self.run == spec.run
        return self.name in ("", spec.name)

    def find(self, besides: Iterable[Path] = ()) -> Path:
        """Return the model's file, searched for in the library and in `besides`.

        Raises OtherModelError if there is only another model of that name, and ZscapeError if there is none.
        """
        if self.run:
            for path in (*(each.path for each in listing()), *besides):
                try:
                    if spec_at(path).run == self.run:
                        return path
                except (OSError, ZscapeError):
                    continue  # it no longer exists, or is not a model
        path = find(self.name)
        if self.run and spec_at(path).run not in ("", self.run):
            raise OtherModelError(f"The model {self.name!r} that is here is another one of the same name.")
        return path
