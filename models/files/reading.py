"""Turns whatever libraries raise while reading a file into one clear line."""

from __future__ import annotations

import contextlib
import warnings
from collections.abc import Iterator
from pathlib import Path

from zscape.models.errors import ZscapeError


@contextlib.contextmanager
def reading(name: str | Path) -> Iterator[None]:
    """Convert any exception of the block to a ZscapeError about the file `name`; a ZscapeError passes unchanged.

    Readers of file formats raise many kinds of exceptions on damaged data (an npy header is even tokenized as Python), so all are
    caught. The block should only contain the code that parses the file. Warnings about the data are not shown.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except ZscapeError:
        raise
    except OSError as error:
        if error.errno is None:  # not from the disk: gzip and others raise subclasses of OSError
            raise ZscapeError(f"{name}: is damaged ({error}); copy or make it again") from error
        raise ZscapeError(f"{name}: cannot be read ({error.strerror or error}); check the path and its permissions") from error
    except MemoryError as error:
        raise ZscapeError(f"{name}: is damaged or too large for the memory; copy or make it again") from error
    except Exception as error:
        what = " ".join(str(error).split()) or type(error).__name__
        raise ZscapeError(f"{name}: is damaged ({what}); copy or make it again") from error
