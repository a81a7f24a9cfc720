"""A lock on a file, held by at most one process and released however that process ends."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from pathlib import Path

HELD = (errno.EAGAIN, errno.EWOULDBLOCK, errno.EACCES, errno.EDEADLK)
"""Error numbers that mean another process holds the lock."""


class FileLock:
    """A lock acquired by `take`. The system releases it when the process ends, even by a kill or a power cut."""

    def __init__(self, path: Path, descriptor: int) -> None:
        self.path, self._descriptor = path, descriptor

    @classmethod
    def take(cls, path: Path) -> FileLock | None:
        """Lock the file at `path`, creating it and its folder if missing; return None if another process holds the lock.

        Raises OSError if the file can be neither created nor opened.
        """
        path.parent.mkdir(parents=True, exist_ok=True)
        while True:
            try:
                descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
            except OSError:
                if not path.exists():
                    raise
                descriptor = os.open(path, os.O_RDONLY)  # in a place that cannot be written; the file can still be locked
            if not _locked(descriptor):
                os.close(descriptor)
                return None
            if _is_at(path, descriptor):
                return cls(path, descriptor)
            os.close(descriptor)  # the previous holder removed the file after it was opened here

    def release(self, remove: bool = True) -> None:
        """Release the lock. remove: also delete its file, which shows that it was released in good order."""
        if self._descriptor < 0:
            return
        if remove and sys.platform != "win32":
            with contextlib.suppress(OSError):
                self.path.unlink(missing_ok=True)
        os.close(self._descriptor)
        self._descriptor = -1
        if remove and sys.platform == "win32":  # Windows cannot delete an open file
            with contextlib.suppress(OSError):
                self.path.unlink(missing_ok=True)


def _locked(descriptor: int) -> bool:
    """Whether this process got the lock on the open file. Also true on file systems without locks, where nobody is stopped."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno not in HELD
    return True


def _is_at(path: Path, descriptor: int) -> bool:
    try:
        return sys.platform == "win32" or os.path.samestat(path.stat(), os.fstat(descriptor))
    except OSError:
        return False
