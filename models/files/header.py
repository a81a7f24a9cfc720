"""A model file's spec, read from its header without torch."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import msgspec

from zscape.models.errors import ZscapeError
from zscape.models.files.measure_names import current_names, current_notes
from zscape.models.files.spec import Spec
from zscape.models.files.tensor_file import Header, read_header

FORMAT = 1
"""The version of the spec this Zscape writes and reads."""

KEY = "zscape"
"""The name of the spec among the header's texts."""


def read_spec(path: Path) -> Spec:
    """What the model file at `path` says of itself; its tensors are not read. Raises ZscapeError where it is none."""
    return spec_of(path, read_header(path))


def spec_of(path: Path, header: Header) -> Spec:
    """The spec in `header`. Raises ZscapeError where there is none, or one that contradicts itself or is of a newer format."""
    if KEY not in header.texts:
        raise ZscapeError(
            f"{path} holds tensors but no Zscape model: its header has no {KEY!r} entry. Choose a file Zscape wrote."
        )
    text = header.texts[KEY].encode()
    try:
        version = msgspec.json.decode(text, type=dict[str, msgspec.Raw]).get("format", msgspec.Raw(b"0"))
        if (number := msgspec.json.decode(version, type=int)) != FORMAT:
            raise ZscapeError(f"{path} is in format {number}, this Zscape reads format {FORMAT}: use the Zscape that wrote it.")
        spec = msgspec.json.decode(text, type=Spec)
    except (msgspec.MsgspecError, RecursionError) as error:
        raise ZscapeError(f"{path}: its header does not describe a model: {error}.") from error
    if not spec.name or not spec.class_names or min(spec.z_size, *spec.image_shape) < 1:
        raise ZscapeError(f"{path}: its header lacks a name, classes, or a size above 0. The file is damaged.")
    if not all(0 <= coordinate < spec.z_size for coordinate in spec.knobs.values()):
        raise ZscapeError(f"{path}: its header names a coordinate of z that does not exist. The file is damaged.")
    return replace(spec, measures=current_names(spec.measures), notes=current_notes(spec.notes))
