"""Reads the spec of a model file from its header, without torch."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import msgspec

from zscape.models.errors import ZscapeError
from zscape.models.files.layout import Layout
from zscape.models.files.measure_names import current_names, current_notes
from zscape.models.files.not_json import NOT_JSON
from zscape.models.files.spec import FORMAT, Spec
from zscape.models.files.tensor_file import Header, read_header
from zscape.models.inputs.kinds.classes import Classes
from zscape.models.inputs.kinds.latent import Latent
from zscape.models.inputs.plain import input_of, plain_input

KEY = "zscape"
"""Key of the spec among the header's texts."""


def read_spec(path: Path) -> Spec:
    """Read the spec of the model file at `path`, without its tensors. Raises ZscapeError if it is not a model file."""
    return spec_of(path, read_header(path))


def spec_of(path: Path, header: Header) -> Spec:
    """Return the spec in `header`. Raises ZscapeError if there is none, or it contradicts itself or has a newer format."""
    if KEY not in header.texts:
        raise ZscapeError(
            f"{path} holds tensors but no Zscape model: its header has no {KEY!r} entry. Choose a file Zscape wrote."
        )
    try:
        said = msgspec.json.decode(header.texts[KEY].encode(), type=dict[str, Any])
        number = said.get("format", 0)
        if number not in (1, FORMAT):
            raise ZscapeError(f"{path} is in format {number}, this Zscape reads 1 to {FORMAT}: use the Zscape that wrote it.")
        inputs = _first_format(said) if number == 1 else tuple(map(input_of, said.pop("inputs", ())))
        known = {each.name for each in fields(Spec)} - {"inputs"}
        rest = msgspec.convert({name: value for name, value in said.items() if name in known}, _Rest)
    except (*NOT_JSON, TypeError, ValueError) as error:
        raise ZscapeError(f"{path}: its header does not describe a model: {error}.") from error
    except ZscapeError as error:
        raise ZscapeError(f"{path}: {error}" if str(path) not in str(error) else str(error)) from error
    if not rest.name or min(rest.image_shape) < 1:
        raise ZscapeError(f"{path}: its header lacks a name or a size above 0. The file is damaged.")
    spec = Spec(**{**{name: getattr(rest, name) for name in rest.__struct_fields__}, "inputs": inputs})
    try:
        spec.space  # noqa: B018 reading it checks that the inputs and the names of coordinates fit together
    except ZscapeError as error:
        raise ZscapeError(f"{path}: {error} The file is damaged.") from error
    return replace(spec, measures=current_names(spec.measures), notes=current_notes(spec.notes))


def spec_json(spec: Spec) -> str:
    """Return the spec as the JSON of a header."""
    said = {each.name: getattr(spec, each.name) for each in fields(spec)}
    return msgspec.json.encode({**said, "inputs": [plain_input(each) for each in spec.inputs]}).decode()


class _Rest(msgspec.Struct):
    """The fields of a spec other than its inputs, as in files."""

    name: str
    family: str
    config: dict[str, Any]
    image_shape: tuple[int, int, int]
    data: str = ""
    licence: str = ""
    step: int = 0
    images: int = 0
    measures: dict[str, float] = {}
    notes: dict[str, str] = {}
    recorded: dict[str, Any] = {}
    coordinates: dict[str, int] = {}
    subject: str = "glyph"
    layout: Layout | None = None
    sha256: str = ""
    format: int = FORMAT


def _first_format(said: dict[str, Any]) -> tuple[Latent | Classes, ...]:
    """Return the inputs of a model in the first format; the other fields in `said` get their present names."""
    size, names = said.pop("z_size", 0), said.pop("class_names", ())
    said["coordinates"] = said.pop("knobs", {})
    return Latent("z", size), Classes("class", tuple(names))
