"""Writes a file so that the old one stays until the new one is complete."""

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
"""Maximum length of a file name in bytes on the usual file systems."""

LEFT_SECONDS = 3600
"""A temporary file not written to for this long was left by a process that was killed."""


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Yield a temporary path beside `path`; if the block succeeds, flush that file to disk and rename it over `path`.

    On any failure the temporary file is removed and `path` stays as it was; files left by earlier attempts of killed processes
    are removed too. A missing folder is created, and removed again on failure. Raises ZscapeError if the place cannot be written
    or the disk is full.
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
        made = []  # the new folders are kept
        _flush(path.parent)
    except OSError as error:
        raise ZscapeError(f"Cannot write {path}: {error.strerror or error}. Free space or choose another folder.") from error
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
            for folder in made:
                folder.rmdir()  # fails for a folder that is not empty


def check_place(path: Path) -> None:
    """Raise ZscapeError if `replacing` could not write `path`, as far as can be known beforehand; nothing is created.

    For long work, whose result would otherwise be lost at the end.
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
    """Return as much of the beginning of `name` as fits in `most` bytes."""
    while len(os.fsencode(name)) > most:
        name = name[:-1]
    return name


def _clear(path: Path) -> None:
    """Remove the temporary files that killed processes left beside `path`."""
    name = re.compile(rf"\.{re.escape(path.stem)}\.[0-9a-f]{{8}}{re.escape(path.suffix)}")
    with contextlib.suppress(OSError), os.scandir(path.parent) as entries:
        for entry in entries:
            if name.fullmatch(entry.name) and time.time() - entry.stat().st_mtime > LEFT_SECONDS:
                Path(entry.path).unlink(missing_ok=True)


def _flush(folder: Path) -> None:
    """Flush the rename to disk too, on systems where folders can be opened: a power cut must not bring the old file back."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
