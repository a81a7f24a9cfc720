"""Reads and writes edits of units: JSON that names the model they belong to, read strictly."""

from __future__ import annotations

from pathlib import Path

import msgspec

from zscape.models.errors import ZscapeError
from zscape.models.files.atomic import replacing
from zscape.models.files.not_json import NOT_JSON
from zscape.models.files.reading import BOM, read_whole
from zscape.models.files.spec import Spec
from zscape.models.inputs.plain import plain_value, value_of
from zscape.models.inputs.units import UNIT_EDITS, UnitsValue

FORMAT = 1
SUFFIX = ".units.json"
LIMIT = 8 << 20
"""Maximum size of a file, in bytes."""


class _File(msgspec.Struct, forbid_unknown_fields=True):
    units: dict[str, object]  # first: the kind of a file is recognised by its beginning (app/window/files/file_kind.py)
    format: int
    model: str
    sha256: str


def save_units(path: Path, spec: Spec, value: UnitsValue) -> None:
    """Write edits of units for the model of `spec`, atomically. Raises ZscapeError if the place cannot be written."""
    file = _File(plain_value(value), FORMAT, spec.name, spec.sha256)
    with replacing(path) as temporary:
        temporary.write_bytes(msgspec.json.format(msgspec.json.encode(file), indent=2))


def load_units(path: Path, spec: Spec) -> UnitsValue:
    """Read the edits in a file, for the model of `spec`.

    Raises ZscapeError if it is no such file or they belong to another model.
    """
    try:
        file = msgspec.json.decode(read_whole(path, LIMIT).removeprefix(BOM), type=_File)
    except OSError as error:
        raise ZscapeError(f"Cannot read {path}: {error.strerror or error}. Check the name and the permissions.") from error
    except NOT_JSON as error:
        raise ZscapeError(f"{path} holds no unit edits: choose a file that Zscape saved them in.") from error
    if file.format != FORMAT:
        raise ZscapeError(f"{path} is in format {file.format}, this Zscape reads {FORMAT}: use the Zscape that wrote it.")
    if file.sha256 != spec.sha256 or (not spec.sha256 and file.model != spec.name):
        raise ZscapeError(f"{path} holds unit edits of {file.model}, another model than {spec.name}: open that one first.")
    try:
        value = value_of(UNIT_EDITS, file.units)
    except ZscapeError as error:
        raise ZscapeError(f"{path}: {error}") from error
    if not isinstance(value, UnitsValue):
        raise ZscapeError(f"{path} holds no unit edits: choose a file that Zscape saved them in.")
    return value
