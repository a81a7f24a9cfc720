"""What libraries raise while they read a file, as one clear line."""

from __future__ import annotations

import contextlib
import warnings
from collections.abc import Iterator
from pathlib import Path

from zscape.models.errors import ZscapeError


@contextlib.contextmanager
def reading(name: str | Path) -> Iterator[None]:
    """Turn whatever the block raises into a ZscapeError about the file `name`; ZscapeErrors pass as they are.

    Readers of file formats raise exceptions of many kinds on damaged data (a npy header is even tokenized as Python), so all of
    them are caught. Only what parses a file belongs into the block. Warnings about the data are not shown.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except ZscapeError:
        raise
    except OSError as error:
        if error.errno is None:  # not the disk's: gzip and others derive theirs from it
            raise ZscapeError(f"{name}: is damaged ({error}); copy or make it again") from error
        raise ZscapeError(f"{name}: cannot be read ({error.strerror or error}); check the path and its permissions") from error
    except MemoryError as error:
        raise ZscapeError(f"{name}: is damaged or too large for the memory; copy or make it again") from error
    except Exception as error:
        what = " ".join(str(error).split()) or type(error).__name__
        raise ZscapeError(f"{name}: is damaged ({what}); copy or make it again") from error
