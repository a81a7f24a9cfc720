"""Keeps frames on disk until they are needed a second time, so that a long film takes no memory."""

from __future__ import annotations

import struct
import tempfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray

Frame = NDArray[np.uint8]


def is_grey(frame: Frame) -> bool:
    """Whether all pixels of a frame [H, W, 3] are grey."""
    return np.array_equal(frame[..., 0], frame[..., 1]) and np.array_equal(frame[..., 0], frame[..., 2])


class Spool:
    """Frames uint8 [H, W, 3] of one size, losslessly compressed in a private temporary file in `folder`.

    Iterating yields all added frames, in order. The file is deleted at the end of the block. Raises OSError if the folder cannot
    be written.
    """

    def __init__(self, folder: Path) -> None:
        self._file = tempfile.TemporaryFile(dir=folder, prefix=".zscape-")  # noqa: SIM115
        self._shape: tuple[int, ...] = ()
        self._count = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._file.close()

    def add(self, frame: Frame) -> None:
        """Add a frame."""
        self._shape = frame.shape
        packed = zlib.compress(frame[..., 0].tobytes() if is_grey(frame) else frame.tobytes(), 1)
        self._file.write(struct.pack("<I", len(packed)) + packed)
        self._count += 1
        self._file.flush()  # so that a full disk is reported here, not on closing

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Frame]:
        self._file.seek(0)
        while size := self._file.read(4):
            pixels = np.frombuffer(zlib.decompress(self._file.read(*struct.unpack("<I", size))), np.uint8)
            height, width, channels = self._shape
            yield pixels.reshape(height, width, -1).repeat(channels if pixels.size == height * width else 1, axis=2)
