"""Reads and checks the header of a safetensors file without torch, so that listing models is quick.

Such a file is eight bytes with the header's length, the header (JSON: name -> dtype, shape, data_offsets, and texts under
__metadata__), then the tensors' bytes without gaps.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec

from zscape.models.errors import ZscapeError
from zscape.models.files.not_json import NOT_JSON
from zscape.models.files.reading import check_file

HEADER_LIMIT = 4 * 2**20
"""In bytes. Headers of Zscape are far smaller, and memory for a false length must not be allocated."""

WIDTHS = {"BOOL": 1, "U8": 1, "I8": 1, "I16": 2, "I32": 4, "I64": 8, "BF16": 2, "F16": 2, "F32": 4, "F64": 8}
"""Bytes per element of each dtype."""

ZIP_HEAD = 512
"""Number of bytes, after the first eight, in which the name of a zip's first member is looked for."""

PICKLE_STARTS = tuple(bytes([0x80, protocol]) for protocol in range(2, 6))


class Entry(msgspec.Struct, frozen=True):
    """One tensor of a file: its safetensors dtype, its shape, and where its bytes begin and end in the data section."""

    dtype: str
    shape: tuple[int, ...]
    data_offsets: tuple[int, int]


@dataclass(frozen=True)
class Header:
    """Contents of a header: texts by name, tensors by name, and the offset of the data section in bytes."""

    texts: Mapping[str, str]
    tensors: Mapping[str, Entry]
    start: int


def read_header(path: Path) -> Header:
    """Read and check the header of a safetensors file: each tensor's bytes are present and fit its shape, without gaps.

    Raises ZscapeError for a file that is missing, a folder, unreadable, a pickle or another program, truncated, or not
    safetensors.
    """
    if path.is_dir():
        raise ZscapeError(f"{path} is a folder: choose a .safetensors model file in it.")
    check_file(path)
    try:
        with path.open("rb") as file:
            size = path.stat().st_size
            start = file.read(8)
            refuse_arrays(path, start + file.read(ZIP_HEAD))
            file.seek(len(start))
            refuse_programs(path, start)
            if len(start) < 8:
                raise ZscapeError(f"{path} is not a safetensors file: it has only {len(start)} bytes.")
            length = int.from_bytes(start, "little")
            if not 2 <= length <= HEADER_LIMIT:
                raise ZscapeError(f"{path} is not a safetensors file: choose one that Zscape wrote.")
            text = file.read(length)
    except OSError as error:
        raise ZscapeError(f"Cannot read {path}: {error.strerror or error}. Check the name and the permissions.") from error
    if len(text) < length:
        raise ZscapeError(f"{path} is truncated: its header ends early. Copy or download it again.")
    try:
        raw = msgspec.json.decode(text, type=dict[str, msgspec.Raw])
        texts = msgspec.json.decode(raw.pop("__metadata__", msgspec.Raw(b"{}")), type=dict[str, str])
        tensors = {name: msgspec.json.decode(entry, type=Entry) for name, entry in raw.items()}
    except NOT_JSON as error:
        raise ZscapeError(f"{path} is not a safetensors file, or is damaged: {error}. Copy or download it again.") from error
    check_layout(path, tensors, size - 8 - length)
    return Header(texts, tensors, 8 + length)


def refuse_arrays(path: Path, start: bytes) -> None:
    """Raise ZscapeError if the first bytes are those of an .npz file, a zip whose first member is an array."""
    name = start[30 : 30 + int.from_bytes(start[26:28], "little")]
    if start.startswith(b"PK\x03\x04") and name.endswith(b".npy"):
        raise ZscapeError(f"{path} holds arrays, such as pictures or latents, not a model: choose a .safetensors file.")


def refuse_programs(path: Path, start: bytes) -> None:
    """Raise ZscapeError if the first bytes are those of a pickle or a zip file (the container of PyTorch and TorchScript)."""
    if start.startswith((b"PK\x03\x04", *PICKLE_STARTS)) or path.suffix.lower() in (".pt", ".pth", ".pkl", ".pickle", ".pt2"):
        raise ZscapeError(
            f"{path} is refused: pickles, .pt, .pth, .pt2 and TorchScript files are programs, and opening one could run its code."
            " Ask for the weights as .safetensors."
        )


def check_layout(path: Path, tensors: Mapping[str, Entry], size: int) -> None:
    """Raise ZscapeError unless the tensors fill the `size` bytes of data without gap or overlap."""
    end = 0
    for name, entry in sorted(tensors.items(), key=lambda item: item[1].data_offsets):
        begin, stop = entry.data_offsets
        if entry.dtype not in WIDTHS or any(length < 0 for length in entry.shape):
            raise ZscapeError(f"{path}: tensor {name!r} has an impossible type or shape. The file is damaged.")
        if begin != end or stop - begin != math.prod(entry.shape) * WIDTHS[entry.dtype]:
            raise ZscapeError(f"{path}: tensor {name!r} does not lie where the header says. The file is damaged.")
        end = stop
    if end > size:
        raise ZscapeError(f"{path} is truncated: {end - size:,} bytes are missing. Copy or download it again.")
    if end < size:
        raise ZscapeError(f"{path} has {size - end:,} bytes that belong to no tensor. The file is damaged.")
