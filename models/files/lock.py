"""A lock on a file that is held by one process at most, and dies with it however it ends."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from pathlib import Path

HELD = (errno.EAGAIN, errno.EWOULDBLOCK, errno.EACCES, errno.EDEADLK)
"""What the systems answer where somebody else has a lock."""


class FileLock:
    """The lock that `take` gave. The system lets go of it when the process ends, also by a kill or a power cut."""

    def __init__(self, path: Path, descriptor: int) -> None:
        self.path, self._descriptor = path, descriptor

    @classmethod
    def take(cls, path: Path) -> FileLock | None:
        """Lock the file at `path`, which is made where it is missing; None if somebody holds it.

        The folder is made too. Raises OSError if the file can neither be made nor opened.
        """
        path.parent.mkdir(parents=True, exist_ok=True)
        while True:
            try:
                descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
            except OSError:
                if not path.exists():
                    raise
                descriptor = os.open(path, os.O_RDONLY)  # of a place that cannot be written; one can be locked all the same
            if not _locked(descriptor):
                os.close(descriptor)
                return None
            if _is_at(path, descriptor):
                return cls(path, descriptor)
            os.close(descriptor)  # whoever had it has removed it since it was opened

    def release(self, remove: bool = True) -> None:
        """Let go of it. remove: and remove its file, which says that it was let go of in good order."""
        if self._descriptor < 0:
            return
        if remove and sys.platform != "win32":
            with contextlib.suppress(OSError):
                self.path.unlink(missing_ok=True)
        os.close(self._descriptor)
        self._descriptor = -1
        if remove and sys.platform == "win32":  # which removes no open file
            with contextlib.suppress(OSError):
                self.path.unlink(missing_ok=True)


def _locked(descriptor: int) -> bool:
    """Whether this process has got the lock on the open file; also where the file system knows no locks, which stops nobody."""
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
