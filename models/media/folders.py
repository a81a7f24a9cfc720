"""Lists the pictures of a folder, recognised by content, in natural order, and reports what was left out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from zscape.models.errors import ZscapeError
from zscape.models.media.images import SUFFIXES, is_picture

SYSTEM_FILES = frozenset({"thumbs.db", "desktop.ini"})
"""Files that operating systems put into folders of pictures; ignored like hidden files."""
NAMED = 4
"""Maximum number of file types named in a message."""


@dataclass(frozen=True)
class PictureFiles:
    """The files of a folder: pictures, and others, which are left out; both in natural order, without hidden files."""

    pictures: tuple[Path, ...]
    others: tuple[Path, ...]


def natural_key(name: str) -> tuple[tuple[tuple[int, int, str], ...], str]:
    """Return a key that sorts names in the order of their numbers: 1, 2, 10 and a2, a10."""
    parts = re.split(r"(\d+)", name)
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part.casefold()) for part in parts if part), name


def folders_in(folder: Path) -> list[Path]:
    """Return the folders in `folder`, in natural order, without hidden ones. Raises ZscapeError if it cannot be read."""
    return [path for path in _entries(folder) if path.is_dir()]


def picture_files(folder: Path) -> PictureFiles:
    """List the files in `folder`. A file with the content or the suffix of a picture counts as one; reading it reports faults.

    Raises ZscapeError if the folder cannot be read.
    """
    pictures: list[Path] = []
    others: list[Path] = []
    for path in _entries(folder):
        if path.is_file() and path.name.lower() not in SYSTEM_FILES:
            (pictures if path.suffix.lower() in SUFFIXES or is_picture(path) else others).append(path)
    return PictureFiles(tuple(pictures), tuple(others))


def has_pictures(folder: Path) -> bool:
    """Whether there is a picture in `folder` or in one of its folders. Raises ZscapeError if it cannot be read."""
    files = (path for each in (folder, *folders_in(folder)) for path in _entries(each) if path.is_file())
    return any(path.suffix.lower() in SUFFIXES or is_picture(path) for path in files)


def left_out(files: Sequence[Path], where: str) -> str:
    """Return a sentence about files that were left out, with their number and types; "" for none."""
    if not files:
        return ""
    kinds = Counter(path.suffix.lower() or "without a suffix" for path in files).most_common()
    named = ", ".join(f"{count} {kind}" for kind, count in kinds[:NAMED]) + (", ..." if len(kinds) > NAMED else "")
    are = "file is not a picture and was" if len(files) == 1 else "files are not pictures and were"
    return f"{where}: {len(files):,} {are} left out ({named})."


def _entries(folder: Path) -> list[Path]:
    try:
        found = [path for path in folder.iterdir() if not path.name.startswith(".")]
    except OSError as error:
        raise ZscapeError(f"{folder} cannot be read ({error.strerror or error}); check the path and its permissions") from error
    return sorted(found, key=lambda path: natural_key(path.name))
