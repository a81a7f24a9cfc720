"""The decoded samples of a sound file, kept on disk so that they can be played from any position with little memory."""

from __future__ import annotations

import tempfile
import threading
import weakref
from pathlib import Path

import numpy as np

from zscape.models.errors import ZscapeError
from zscape.models.media.audio.sound import RATE, samples
from zscape.models.progress import Progress, Work

BYTES = 4
"""Bytes per sample: int16, left and right."""


class KeptSound:
    """Sound at RATE, as int16 left and right, in a private temporary file. One thread may `fill` it while others `read`."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile(prefix=".zscape-")  # noqa: SIM115
        self._lock = threading.Lock()
        self._known = 0
        self._closed = weakref.finalize(self, self._file.close)

    @property
    def seconds(self) -> float:
        """Number of seconds decoded so far."""
        return self._known / RATE

    def fill(self, path: Path, seconds: float) -> Work[None]:
        """Decode the first `seconds` of a sound file, piece by piece.

        Raises ZscapeError as `samples` of `media.sound` does, and if the disk is full; what was decoded before stays.
        """
        left = round(seconds * RATE)
        pieces = samples(path)
        try:
            for number, piece in enumerate(pieces):
                if left <= 0 or not self._closed.alive:
                    return
                whole = np.clip(piece[:left] * 32767.0, -32768, 32767).astype("<i2")
                with self._lock:
                    if not self._closed.alive:
                        return
                    self._file.seek(self._known * BYTES)
                    self._file.write(whole.tobytes())
                    self._known += len(whole)
                left -= len(whole)
                if number % 50 == 0:
                    yield Progress(self._known, round(seconds * RATE), "Reading the sound")
        except OSError as error:
            raise ZscapeError(f"{path}: cannot be kept for playing ({error.strerror or error}); free space") from error
        finally:
            pieces.close()  # type: ignore[attr-defined]

    def read(self, start: int, count: int) -> bytes:
        """Return `count` samples from sample `start` on; silence where there are none (yet)."""
        there = max(0, min(count, self._known - start))
        found = b""
        with self._lock:
            if there and self._closed.alive:
                self._file.seek(start * BYTES)
                found = self._file.read(there * BYTES)
        return found.ljust(count * BYTES, b"\0")

    def close(self) -> None:
        """Delete the temporary file."""
        with self._lock:
            self._closed()
