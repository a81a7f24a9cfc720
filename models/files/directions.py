"""Reads and writes sets of directions: safetensors with one tensor per direction and the rest as JSON in the header."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import msgspec
import torch

from zscape.models.errors import ZscapeError
from zscape.models.files.checkpoint import load_tensors, save_tensors
from zscape.models.files.header import read_spec
from zscape.models.files.library import BUNDLED, cache, home
from zscape.models.files.not_json import NOT_JSON
from zscape.models.files.spec import Spec
from zscape.models.files.tensor_file import read_header
from zscape.models.inputs.directions import Direction, DirectionSet

KEY = "zscape-directions"
FORMAT = 1
SUFFIX = ".directions.safetensors"
LONGEST_NAME = 64
"""Maximum number of characters of a model's name that is used as a file name."""


class _Said(msgspec.Struct):
    """What the header holds of one direction; its vector is the tensor at the same place."""

    name: str
    input: str
    unit: str
    layers: tuple[int, ...] = ()
    method: str = ""
    provenance: dict[str, Any] = {}


class _Header(msgspec.Struct):
    format: int
    model: str
    sha256: str
    directions: list[_Said]


def save_directions(path: Path, given: DirectionSet) -> None:
    """Write a set, atomically. Raises ZscapeError if the place cannot be written."""
    said = [_Said(each.name, each.input, each.unit, each.layers, each.method, dict(each.provenance)) for each in given.directions]
    tensors = {f"{place:04d}": torch.tensor(each.vector) for place, each in enumerate(given.directions)}
    header = _Header(FORMAT, given.model, given.sha256, said)
    save_tensors(path, tensors, {KEY: msgspec.json.encode(header).decode()})


def load_directions(path: Path) -> DirectionSet:
    """Read the set in a file. Raises ZscapeError if the file is damaged or holds no directions."""
    header = read_header(path)
    if KEY not in header.texts:
        raise ZscapeError(f"{path} holds no directions: choose a file that Zscape saved them in.")
    try:
        said = msgspec.json.decode(header.texts[KEY], type=_Header)
    except NOT_JSON as error:
        raise ZscapeError(f"{path} is damaged: {error}.") from error
    if said.format != FORMAT:
        raise ZscapeError(f"{path} is in format {said.format}, this Zscape reads {FORMAT}: use the Zscape that wrote it.")
    names = [f"{place:04d}" for place in range(len(said.directions))]
    if sorted(header.tensors) != names or any(header.tensors[name].dtype != "F32" for name in names):
        raise ZscapeError(f"{path} is damaged: its numbers are not those of the directions it names.")
    tensors = load_tensors(path, header)
    vectors = [tuple(tensors[name].flatten().tolist()) for name in names]
    try:
        directions = tuple(
            Direction(each.name, each.input, vector, each.unit, each.layers, each.method, each.provenance)
            for each, vector in zip(said.directions, vectors, strict=True)
        )
        return DirectionSet(said.model, said.sha256, directions)
    except ZscapeError as error:
        raise ZscapeError(f"{path} is damaged: {error}") from error


def own_file(spec: Spec) -> Path:
    """Return the path of the directions that the user has made for a model."""
    return home() / "directions" / f"{_file_of(spec)}.safetensors"


def bundled_file(spec: Spec) -> Path:
    """Return the path of the directions bundled with a model."""
    return BUNDLED / f"{Path(spec.name).name}{SUFFIX}"


def found_file(spec: Spec) -> Path:
    """Return the path of the directions that Zscape found for a model by itself; it can find them again."""
    return cache() / "found-directions" / f"{_file_of(spec)}.safetensors"


def directions_of(spec: Spec) -> tuple[Direction, ...]:
    """Return the directions of a model: bundled ones, or else those found for it, and the user's own.

    The user's own replace others of the same name. A file that cannot be read, or belongs to another model, is ignored.
    """
    given = _fitting(bundled_file(spec), spec) or _fitting(found_file(spec), spec)
    own = own_directions(spec)
    names = {each.name for each in own}
    return (*(each for each in given if each.name not in names), *own)


def own_directions(spec: Spec) -> tuple[Direction, ...]:
    """Return the directions that the user has made for a model."""
    return _fitting(own_file(spec), spec)


def _fitting(path: Path, spec: Spec) -> tuple[Direction, ...]:
    """Return the directions in a file; () if it is missing, damaged, or belongs to another model."""
    if not path.is_file():
        return ()
    try:
        found = load_directions(path)
        spec.space.with_directions(found.directions)
    except ZscapeError:
        return ()
    own = found.sha256 == spec.sha256 or (path == bundled_file(spec) and _is_bundled(spec))
    return found.directions if own else ()


def _is_bundled(spec: Spec) -> bool:
    """Whether `spec` is the bundled model of its name. An encoder trained later changes the hash, but not what is drawn."""
    try:
        return read_spec(BUNDLED / f"{spec.name}.safetensors").sha256 == spec.sha256
    except ZscapeError:
        return False


def _file_of(spec: Spec) -> str:
    """What identifies the model in a file name. The name is hashed if unsuitable: a wrapped network may be called a/b."""
    name = spec.name
    plain = len(name) <= LONGEST_NAME and not set(name) & set('<>:"/\\|?*') and not name.startswith(".")
    return spec.sha256[:16] or (name if plain else hashlib.sha256(name.encode()).hexdigest()[:16])


def fitting(path: Path, spec: Spec) -> tuple[Direction, ...]:
    """Read the directions in a file, for the model of `spec`.

    Raises ZscapeError if they belong to another model or do not fit.
    """
    found = load_directions(path)
    if found.sha256 != spec.sha256 or (not spec.sha256 and found.model != spec.name):
        raise ZscapeError(f"{path} holds directions of {found.model}, another model than {spec.name}: use them with that one.")
    spec.space.with_directions(found.directions)
    return found.directions
