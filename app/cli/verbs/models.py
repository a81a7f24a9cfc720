"""`zscape models`: lists the models."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

from tyro.conf import Positional

from zscape.app.cli.options import Flag, option
from zscape.app.cli.table import table

if TYPE_CHECKING:
    from pathlib import Path

    from zscape.models.files.spec import Spec

Name = Annotated[str, option("[NAME]")]
WIDTH = 100
NAME, DATA = 0, 6
"""Columns of the list whose cells are shortened if it is too wide."""


@dataclass(frozen=True)
class Models:
    """List the models, bundled and trained; or show everything about one: its inputs, measures, and how it was made."""

    name: Positional[Name] = ""
    """A model's name or file: print this one's details."""
    json: Flag = False
    """Print one JSON object with everything the model files say about themselves."""

    def run(self) -> int:
        """Print the list, or the details of one model."""
        if self.name:
            return self._one()

        from zscape.app.cli.verbs.model_details import pictures_of
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
        from zscape.app.cli.verbs.model_details import details
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
    """The metadata in a model's file, as plain values for JSON."""
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
