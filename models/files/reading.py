"""Turns whatever libraries raise while reading a file into one clear line."""

from __future__ import annotations

import contextlib
import os
import stat
import warnings
from collections.abc import Iterator
from pathlib import Path

from zscape.models.errors import ZscapeError

BOM = b"\xef\xbb\xbf"
"""The byte order mark that some editors write at the start of UTF-8 text."""


def check_file(path: Path) -> None:
    """Raise ZscapeError for a pipe, a device or a socket: opening one may block for ever, and its data may have no end.

    A missing file or a folder passes: opening it reports the error.
    """
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError):  # for a name with a null character
        return
    if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
        raise ZscapeError(f"{path} is a pipe or a device, not a file; save its output to a file and choose that")


def read_whole(path: Path, limit: int | None = None) -> bytes:
    """Return the bytes of a file.

    Raises ZscapeError if it is a pipe or a device (`check_file`), has more than `limit` bytes or grows meanwhile; OSError as
    `open` does.
    """
    check_file(path)
    with path.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        if limit is not None and size > limit:
            raise ZscapeError(f"{path} is larger than {limit >> 20} MB, which no file of its kind is; choose another one")
        data = file.read(size + 1)
    if len(data) > size:
        raise ZscapeError(f"{path} changed while it was read: try again.")
    return data


@contextlib.contextmanager
def reading(name: str | Path) -> Iterator[None]:
    """Convert any exception of the block to a ZscapeError about the file `name`; a ZscapeError passes unchanged.

    The block is not entered if `name` is a pipe or a device (`check_file`).

    Readers of file formats raise many kinds of exceptions on damaged data (an npy header is even tokenized as Python), so all are
    caught. The block should only contain the code that parses the file. Warnings about the data are not shown.
    """
    check_file(Path(name))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except ZscapeError:
        raise
    except OSError as error:
        if error.errno is None:  # not from the disk: gzip and others raise subclasses of OSError
            raise ZscapeError(f"{name} is damaged ({error}); copy or make it again") from error
        raise ZscapeError(f"{name} cannot be read ({error.strerror or error}); check the path and its permissions") from error
    except MemoryError as error:
        raise ZscapeError(f"{name} is damaged or too large for the memory; copy or make it again") from error
    except Exception as error:
        what = " ".join(str(error).split()) or type(error).__name__
        raise ZscapeError(f"{name} is damaged ({what}); copy or make it again") from error
