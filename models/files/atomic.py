"""Writing a file so that the old one stays until the new one is complete."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Iterator
from pathlib import Path

from zscape.models.errors import ZscapeError

LONGEST_NAME = 255
"""Bytes of a file's name that the usual file systems keep."""


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Yield a temporary path beside `path`; when the block ends well it is flushed to disk and renamed over `path`.

    On any failure the temporary file is removed and `path` is as it was. The folder is made where it is missing. Raises
    ZscapeError where the place cannot be written or the disk is full.
    """
    ending = f".{secrets.token_hex(4)}{path.suffix}"
    temporary = path.with_name(f".{_cut(path.stem, LONGEST_NAME - 1 - len(os.fsencode(ending)))}{ending}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield temporary
        with temporary.open("rb+") as written:
            os.fsync(written.fileno())
        temporary.replace(path)
    except OSError as error:
        raise ZscapeError(f"Cannot write {path}: {error.strerror or error}. Free space or choose another folder.") from error
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def _cut(name: str, most: int) -> str:
    """As much of the beginning of `name` as `most` bytes hold."""
    while len(os.fsencode(name)) > most:
        name = name[:-1]
    return name
