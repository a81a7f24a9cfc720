"""`zscape models` and `zscape data`: the models and the data sets there are."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Literal

from tyro.conf import Positional, arg

from zscape.app.cli.table import table
from zscape.app.cli.usage import UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from zscape.models.files.spec import Spec

Name = Annotated[str, arg(metavar="NAME")]
WIDTH = 100
NAME, DATA = 0, 6
"""Columns of the list whose cells are shortened where it is too wide."""


@dataclass(frozen=True)
class Models:
    """List the models, bundled and trained; or tell everything about one: its inputs, measures, and how it was made."""

    name: Positional[Name] = ""
    """A model's name or file: print this one's details."""
    json: bool = False
    """Print one JSON object with everything the files say of themselves."""

    def run(self) -> int:
        """Print the list, or the details of one model."""
        if self.name:
            return self._one()

        from zscape.app.cli.model_details import pictures_of
        from zscape.models.files.library import listing

        entries = listing()
        if self.json:
            print(json.dumps({"models": [_plain(entry.spec, entry.called, entry.origin, entry.path) for entry in entries]}))
            return 0
        rows = [("NAME", "FAMILY", "PICTURES", "CLASSES", "LATENT", "ENCODER", "DATA", "ORIGIN")]
        for entry in entries:
            spec, encoder = entry.spec, "yes" if "encoder" in _parts(entry.path) else "no"
            classes = str(len(spec.class_names)) if len(spec.class_names) > 1 else "none"
            row = (entry.called, spec.family, pictures_of(spec), classes, str(spec.z_size), encoder, spec.data, entry.origin)
            rows.append(row)
        table(rows, WIDTH, (NAME, DATA))
        if not entries:
            print("There is no model yet: `zscape train digits-dcgan` trains one.")
        return 0

    def _one(self) -> int:
        from zscape.app.cli.model_details import details
        from zscape.models.files.header import read_spec
        from zscape.models.files.library import find, listing

        path = find(self.name)
        entry = next((each for each in listing() if each.path == path), None)
        spec, called, origin = (entry.spec, entry.called, entry.origin) if entry else (read_spec(path), path.stem, "file")
        if self.json:
            print(json.dumps(_plain(spec, called, origin, path)))
            return 0
        print(f"{called} ({origin}): {path}\n")
        for line in details(spec, _parts(path)):
            print(line)
        return 0


def _parts(path: Path) -> frozenset[str]:
    """The networks in a model file: generator, encoder, discriminator."""
    from zscape.models.files.tensor_file import read_header

    return frozenset(name.split(".")[0] for name in read_header(path).tensors)


def _plain(spec: Spec, called: str, origin: str, path: Path) -> dict[str, Any]:
    """What a model's file says, as plain values for JSON."""
    from zscape.models.files.header import spec_json

    return {
        **json.loads(spec_json(spec)),
        "class_names": spec.class_names,
        "z_size": spec.z_size,
        "called": called,
        "origin": origin,
        "path": str(path),
        "encoder": "encoder" in _parts(path),
    }


@dataclass(frozen=True)
class Data:
    """List the data sets there are, or fetch one."""

    what: Positional[Literal["list", "fetch"]]
    """list: which data sets there are. fetch NAME: download one."""
    name: Positional[Name] = ""
    """Which data set to fetch."""
    json: bool = False
    """Print one JSON object."""

    def run(self) -> int:
        """List or fetch."""
        if self.what == "fetch":
            return self._fetch()
        if self.name:
            raise UsageError(f"`zscape data list` takes no name; to download use `zscape data fetch {self.name}`.")

        from zscape.models.data.sources import known

        entries = known()
        if self.json:
            rows = [
                {"name": e.name, "what": e.what, "here": e.here, "count": e.count, "path": str(e.path or "")} for e in entries
            ]
            print(json.dumps({"data": rows}))
            return 0
        table(
            [("NAME", "HERE", "IMAGES", "WHAT"), *((e.name, "yes" if e.here else "no", f"{e.count:,}", e.what) for e in entries)]
        )
        return 0

    def _fetch(self) -> int:
        if not self.name:
            raise UsageError("Say which data set to fetch: `zscape data list` shows them.")

        from zscape.app.cli.show import show
        from zscape.models.data.fetch import fetch

        path = show(fetch(self.name))
        print(json.dumps({"name": self.name, "path": str(path)}) if self.json else f"{self.name} is at {path}")
        return 0
