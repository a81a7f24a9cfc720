"""Reads and writes arrays by name in an .npz file, without pickles."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from zscape.models.errors import ZscapeError
from zscape.models.files.atomic import replacing
from zscape.models.files.reading import reading

LIMIT = 4 << 30
"""Maximum bytes of one array: a small file can claim (and deflate can hold) far more than memory."""
KINDS = "biufUS"
"""Kinds of arrays that are read: booleans, numbers and text, but not complex numbers, dates or structures."""
LOOSE, TIGHTEST = 64 << 20, 400
"""An array of more than LOOSE bytes may be compressed by a factor of TIGHTEST at most: pictures and latents never exceed it."""


def save_arrays(path: str | Path, **arrays: NDArray[Any]) -> None:
    """Write arrays of any shape, compressed; an older file at `path` stays until the new one is complete.

    The same arrays always give the same bytes. Raises TypeError for Python objects, ZscapeError if it cannot be written.
    """
    for name, array in arrays.items():
        if array.dtype.hasobject:
            raise TypeError(f"{name} holds Python objects; only numbers and text can be saved")
    with replacing(Path(path)) as temporary, temporary.open("wb") as file:
        np.savez_compressed(file, **arrays)  # type: ignore[arg-type]


def load_arrays(path: str | Path, *names: str, optional: tuple[str, ...] = (), limit: int = LIMIT) -> dict[str, NDArray[Any]]:
    """Read the arrays called `names`, and those of `optional` that exist: numbers or text (bytes are decoded as UTF-8).

    limit: the maximum bytes of each array.

    Raises ZscapeError for a file that is missing, not a zip, truncated or too large, for a missing name, and for an array of
    another type, such as Python objects (a pickle, which could run code).
    """
    path = Path(path)
    found: dict[str, NDArray[Any]] = {}
    with reading(path):
        try:
            archive = zipfile.ZipFile(path)
        except zipfile.BadZipFile as error:
            raise ZscapeError(f"{path} is not an .npz file, or is cut short; copy or make it again") from error
        with archive:
            members = {info.filename.removesuffix(".npy"): info for info in archive.infolist()}
            missing = [name for name in names if name not in members]
            if missing:
                there = ", ".join(repr(name)[1:-1] for name in sorted(members)[:12]) or "nothing"
                raise ZscapeError(f"{path} has no array {missing[0]!r} (it holds {there}); choose a file that has one")
            for name in (*names, *(name for name in optional if name in members)):
                size, packed = members[name].file_size, members[name].compress_size
                if size > limit or (size > LOOSE and size > packed * TIGHTEST):
                    raise ZscapeError(
                        f"{path}: array {name!r} claims {size:,} bytes in {packed:,}; the file is damaged, or of another kind"
                    )
                with archive.open(members[name]) as member:
                    found[name] = _array(member, name, path)
    return found


def _array(member: IO[bytes], name: str, path: Path) -> NDArray[Any]:
    try:
        array: NDArray[Any] = np.lib.format.read_array(member, allow_pickle=False)
    except ValueError as error:
        if "allow_pickle" in str(error) or "Object arrays" in str(error):
            raise ZscapeError(
                f"{path} holds Python objects (a pickle), which could run code; save plain numbers with numpy instead"
            ) from error
        raise
    if array.dtype.kind not in KINDS or array.dtype.itemsize == 0 < array.size:  # their count is unlimited
        raise ZscapeError(f"{path}: array {name!r} is of type {array.dtype}; save plain numbers or text with numpy instead")
    if array.dtype.kind == "S":
        return np.char.decode(array, "utf-8")
    if array.dtype.kind == "U":
        array.tolist()  # raises ValueError for invalid Unicode, as every later use would
    return array
