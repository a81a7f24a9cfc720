"""The sessions that Zscape keeps by itself: one file for each window, in a folder of their own.

A window holds a lock file beside its session. A session without a lock file was closed properly. A lock file that no process
holds was left by a process that was killed, or by a power cut.
"""

from __future__ import annotations

import json
import logging
import os
import re
import time
from dataclasses import dataclass
from pathlib import Path

from zscape.models.errors import ZscapeError
from zscape.models.files.lock import FileLock
from zscape.models.files.reading import check_file

log = logging.getLogger(__name__)

FOLDER = "sessions"
"""The folder of kept sessions, inside the settings folder."""
SUFFIX = ".zscape.json"
KEPT = 50
"""How many closed sessions are kept; the oldest are removed first."""
FIRST_EDITION = "last-session.zscape.json"
"""The file, beside that folder, in which 0.1.0 kept its only session."""


@dataclass
class KeptSession:
    """One session file that only this process may write. crashed: it was left by a process that did not close it."""

    path: Path
    lock: FileLock | None = None
    crashed: bool = False

    @property
    def seconds(self) -> float:
        """When it was last written, in seconds since 1970; 0 if unknown."""
        try:
            return self.path.stat().st_mtime
        except OSError:
            return 0.0

    def hold(self) -> None:
        """Take the lock. Raises ZscapeError if another process holds it, or the file cannot be written."""
        if self.lock is None:
            try:
                self.lock = FileLock.take(_lock_path(self.path))
            except OSError as error:
                raise ZscapeError(
                    f"Cannot write {self.path}: {error.strerror or error}. Free space or make the folder writable."
                ) from error
            if self.lock is None:
                raise ZscapeError(f"Cannot write {self.path}: another window of Zscape keeps its session there.")

    def close(self) -> None:
        """Mark the session as closed properly, by removing its lock."""
        if self.lock is not None:
            self.lock.release()
            self.lock = None

    def leave(self) -> None:
        """Release it as it was found, so that the next start finds it in the same state."""
        if self.lock is not None:
            self.lock.release(remove=not self.crashed)
            self.lock = None

    def discard(self) -> None:
        """Delete the file, because the session is empty."""
        try:
            self.path.unlink(missing_ok=True)
        except OSError as error:
            log.warning("%s was not removed: %s", self.path, error)
        self.close()

    def set_aside(self) -> Path:
        """Rename a damaged file, so that it is kept; returns its new path."""
        aside = _free(self.path.with_name(self.path.name.removesuffix(SUFFIX) + ".damaged.json"))
        try:
            self.path.replace(aside)
        except OSError as error:
            log.warning("%s was not set aside: %s", self.path, error)
            aside = self.path
        self.close()
        return aside


def fresh(folder: Path) -> KeptSession:
    """A session with an unused name; nothing is written yet."""
    return KeptSession(folder / f"{time.strftime('%Y-%m-%d-%H%M%S')}-{os.urandom(3).hex()}{SUFFIX}")


def left_here(folder: Path) -> tuple[KeptSession | None, list[KeptSession]]:
    """What earlier windows left in `folder`: the session to continue, and those that crashed, newest first.

    Every session returned is locked by this process. There is none to continue while another window is open, or if the newest
    one crashed: it may have caused the crash, so the user decides.
    """
    _take_in_first_edition(folder)
    crashed: list[KeptSession] = []
    alone = True
    paths = _newest_first(folder)
    for path in paths:
        if _lock_path(path).exists():
            found = _taken(path, crashed=True)
            if found is None:
                alone = False
            else:
                crashed.append(found)
    closed = [path for path in paths if not _lock_path(path).exists()]
    for path in closed[KEPT:]:
        KeptSession(path).discard()
    newest = _taken(closed[0], crashed=False) if closed and alone else None
    if newest is not None and crashed and crashed[0].seconds > newest.seconds:
        newest.leave()
        newest = None
    return newest, crashed


def closed_sessions(folder: Path) -> list[Path]:
    """The sessions that were closed properly, newest first."""
    return [path for path in _newest_first(folder) if not _lock_path(path).exists()]


def next_one(folder: Path) -> str | None:
    """The name of the session that the next window will continue, "" if there is none; None if one is open or crashed.

    Nothing is locked or read.
    """
    paths = _newest_first(folder)
    if any(_lock_path(path).exists() for path in paths):
        return None
    return paths[0].name if paths else ""


def _newest_first(folder: Path) -> list[Path]:
    try:
        paths = [path for path in folder.glob(f"*{SUFFIX}") if not path.name.startswith(".")]
    except OSError:
        return []
    return sorted(paths, key=lambda path: (KeptSession(path).seconds, path.name), reverse=True)


def _taken(path: Path, crashed: bool) -> KeptSession | None:
    """The session at `path`, None if another process holds it."""
    try:
        lock = FileLock.take(_lock_path(path))
    except OSError as error:  # the folder cannot be written, but the session can still be read
        log.warning("%s cannot be locked: %s", path, error)
        return KeptSession(path, None, crashed)
    return KeptSession(path, lock, crashed) if lock is not None else None


def _lock_path(path: Path) -> Path:
    return path.with_name(path.name.removesuffix(SUFFIX) + ".lock")


def _free(path: Path) -> Path:
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return free


def _take_in_first_edition(folder: Path) -> None:
    """Turn the session that 0.1.0 kept into one of these."""
    old = folder.parent / FIRST_EDITION
    try:
        if old.exists():
            folder.mkdir(parents=True, exist_ok=True)
            old.replace(_free(folder / f"{time.strftime('%Y-%m-%d', time.localtime(old.stat().st_mtime))}-0.1.0{SUFFIX}"))
    except OSError as error:
        log.warning("%s was not taken in: %s", old, error)


def model_of(path: Path) -> str:
    """The name of the model in a kept session, read from its first bytes; "" if they do not contain it."""
    try:
        check_file(path)
        with path.open("rb") as file:
            found = re.match(rb'\{"format":\d+,"model":("(?:[^"\\]|\\.)*")', file.read(1024))
        return str(json.loads(found[1])) if found else ""
    except (OSError, ValueError, ZscapeError):
        return ""
