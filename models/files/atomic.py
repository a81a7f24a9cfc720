"""Writing a file so that the old one stays until the new one is complete."""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import time
from collections.abc import Iterator
from pathlib import Path

from zscape.models.errors import ZscapeError

LONGEST_NAME = 255
"""Bytes of a file's name that the usual file systems keep."""

LEFT_SECONDS = 3600
"""A temporary file that nobody has written to for so long was left by a process that was killed."""


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Yield a temporary path beside `path`; when the block ends well it is flushed to disk and renamed over `path`.

    On any failure the temporary file is removed and `path` is as it was; what a killed process has left of an earlier attempt is
    removed too. The folder is made where it is missing, and goes with what failed. Raises ZscapeError if the place cannot be
    written or the disk is full.
    """
    ending = f".{secrets.token_hex(4)}{path.suffix}"
    temporary = path.with_name(f".{_cut(path.stem, LONGEST_NAME - 1 - len(os.fsencode(ending)))}{ending}")
    made: list[Path] = []
    try:
        made = [folder for folder in path.absolute().parents if not folder.exists()]
        path.parent.mkdir(parents=True, exist_ok=True)
        _clear(path)
        yield temporary
        with temporary.open("rb+") as written:
            os.fsync(written.fileno())
        temporary.replace(path)
        made = []  # they stay
        _flush(path.parent)
    except OSError as error:
        raise ZscapeError(f"Cannot write {path}: {error.strerror or error}. Free space or choose another folder.") from error
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
            for folder in made:
                folder.rmdir()  # as far as they are empty


def check_place(path: Path) -> None:
    """Raise ZscapeError if `replacing` could not write `path`, as far as can be said before; nothing is made.

    For long work: what it finds would be lost at its end.
    """
    if path.is_dir():
        raise ZscapeError(f"Cannot write {path}: it is a folder. Choose the name of a file.")
    place = path.absolute().parent
    try:
        while not place.exists():
            place = place.parent
    except OSError as error:
        raise ZscapeError(f"Cannot write {path}: {error.strerror or error}. Choose another name.") from error
    if not place.is_dir():
        raise ZscapeError(f"Cannot write {path}: {place} is a file, not a folder. Choose another folder.")
    if not os.access(place, os.W_OK | os.X_OK):
        raise ZscapeError(f"Cannot write {path}: {place} is not yours to write to. Choose another folder.")


def _cut(name: str, most: int) -> str:
    """As much of the beginning of `name` as `most` bytes hold."""
    while len(os.fsencode(name)) > most:
        name = name[:-1]
    return name


def _clear(path: Path) -> None:
    """Remove the temporary files that killed processes have left beside `path`."""
    name = re.compile(rf"\.{re.escape(path.stem)}\.[0-9a-f]{{8}}{re.escape(path.suffix)}")
    with contextlib.suppress(OSError), os.scandir(path.parent) as entries:
        for entry in entries:
            if name.fullmatch(entry.name) and time.time() - entry.stat().st_mtime > LEFT_SECONDS:
                Path(entry.path).unlink(missing_ok=True)


def _flush(folder: Path) -> None:
    """Have the new name on disk too, where folders can be opened: a power cut must not bring the old file back."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
