"""Reads IDX files, in which MNIST is distributed, plain or gzip (Y. LeCun, "The MNIST database of handwritten digits", 1998).

Layout: two zero bytes, a type code, the number of dimensions, each size as a big-endian uint32, then the values.
"""

from __future__ import annotations

import gzip
import math
import struct
from pathlib import Path
from typing import IO, Any

import numpy as np

from zscape.models.errors import ZscapeError
from zscape.models.files.reading import reading

TYPES = {0x08: ">u1", 0x09: ">i1", 0x0B: ">i2", 0x0C: ">i4", 0x0D: ">f4", 0x0E: ">f8"}
GZIP = b"\x1f\x8b"
LIMIT = 2 << 30  # maximum bytes of values: more than any data set of small pictures, less than a damaged header can claim
MAX_DIMENSIONS = 8


def is_idx(head: bytes) -> bool:
    """Whether a (decompressed) file that starts with `head` (4 bytes or more) claims to be IDX."""
    return len(head) >= 4 and head[:2] == b"\0\0" and head[2] in TYPES and 1 <= head[3] <= MAX_DIMENSIONS


def read_idx(path: str | Path) -> np.ndarray[Any, Any]:
    """Read the array in an IDX file, in its own shape and type (native byte order); gzip is detected by content, not by name.

    The size in the header is checked against the file's size (gzip: against LIMIT), and memory grows only with the data really
    there. Raises ZscapeError for a file that is missing, truncated, too long or not IDX.
    """
    path = Path(path)
    with reading(path), path.open("rb") as raw:
        packed = raw.read(2) == GZIP
        size = raw.seek(0, 2)
        raw.seek(0)
        if not packed:
            return _read(raw, path, size)
        with gzip.GzipFile(fileobj=raw) as unpacked:
            return _read(unpacked, path, LIMIT)


def _read(file: IO[bytes] | gzip.GzipFile, path: Path, at_most: int) -> np.ndarray[Any, Any]:
    """Read one array from an open file that holds at most `at_most` bytes."""
    head = file.read(4)
    if not is_idx(head):
        raise ZscapeError(f"{path} is not an IDX file (it does not start with an IDX header); choose the file MNIST comes in")
    sizes = file.read(4 * head[3])
    if len(sizes) < 4 * head[3]:
        raise ZscapeError(f"{path}: the IDX header is cut short; copy or download the file again")
    shape = struct.unpack(f">{head[3]}I", sizes)
    dtype = np.dtype(TYPES[head[2]])
    wanted = math.prod(shape) * dtype.itemsize
    if wanted > min(LIMIT, at_most):
        raise ZscapeError(f"{path}: the IDX header promises {wanted:,} bytes, more than the file can hold; download it again")
    values = bytearray()  # frombuffer of a bytearray is writable, as callers expect of an array
    while len(values) < wanted:
        chunk = file.read(min(wanted - len(values), 1 << 24))
        if not chunk:
            raise ZscapeError(f"{path} holds {len(values):,} of the {wanted:,} bytes its header promises; download it again")
        values += chunk
    if file.read(1):
        raise ZscapeError(f"{path}: goes on after the {wanted:,} bytes its header promises; download it again")
    return np.frombuffer(values, dtype=dtype).reshape(shape).astype(dtype.newbyteorder("="), copy=False)
