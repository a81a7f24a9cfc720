"""Finds font files in folders, by default those of the system, and parses alphabets."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from string import ascii_lowercase, ascii_uppercase, digits

from zscape.models.errors import ZscapeError
from zscape.models.files.reading import check_file
from zscape.models.media.folders import natural_key

MAGIC = (b"\x00\x01\x00\x00", b"OTTO", b"true", b"ttcf")
"""First bytes of TrueType and OpenType files and of collections of them."""
SUFFIXES = (".ttf", ".otf", ".ttc", ".otc")
RANGES = (ascii_uppercase, ascii_lowercase, digits)
MOST_LETTERS = 1000


def system_folders() -> list[Path]:
    """Return the existing folders in which the system and the user keep their fonts."""
    home = Path.home()
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA", str(home))
        folders = [Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts", Path(local) / "Microsoft/Windows/Fonts"]
    elif sys.platform == "darwin":
        folders = [Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library/Fonts"]
    else:
        shared = os.environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
        own = os.environ.get("XDG_DATA_HOME") or str(home / ".local/share")
        folders = [Path(each) / "fonts" for each in (*shared.split(":"), own) if each] + [home / ".fonts"]
    return [folder for folder in dict.fromkeys(folders) if folder.is_dir()]


def font_files(places: Sequence[Path]) -> list[Path]:
    """Return the fonts among `places` (files, and folders with all subfolders), each once, in natural order, by content or name.

    Raises ZscapeError for a place that does not exist, and if there is no font.
    """
    found: dict[Path, None] = {}
    for place in places:
        if not place.exists():
            raise ZscapeError(f"{place} is not there; give a folder with fonts, or none for those of the system")
        files = [place] if place.is_file() else [path for path in place.rglob("*") if path.is_file()]
        for path in sorted(files, key=lambda path: natural_key(str(path))):
            if _is_font(path):
                found.setdefault(path.resolve())
    if not found:
        where = ", ".join(map(str, places)) or "the system's folders"
        raise ZscapeError(f"{where}: no font is there; give a folder with .ttf or .otf files")
    return list(found)


def alphabet_of(text: str) -> tuple[str, ...]:
    """Return the letters in `text`: ranges such as A-Z, a-z and 0-9, and single characters, each once, in their order.

    Raises ZscapeError if there are none, more than MOST_LETTERS, or one that cannot be drawn (a space, a control character).
    """

    def spread(match: re.Match[str]) -> str:
        first, last = match.groups()
        if any(first in kind and last in kind for kind in RANGES):
            return "".join(map(chr, range(ord(first), ord(last) + 1)))
        return match[0]

    chosen = tuple(dict.fromkeys(re.sub("(.)-(.)", spread, text, flags=re.DOTALL)))
    if blank := next((each for each in chosen if not each.isprintable() or each.isspace()), None):
        raise ZscapeError(f"The alphabet {text!r} has {blank!r}, which is not drawn; give letters only, as A-Z or ABCabc")
    if not 1 <= len(chosen) <= MOST_LETTERS:
        raise ZscapeError(f"The alphabet {text[:20]!r} has {len(chosen):,} letters; give 1 to {MOST_LETTERS:,}, as A-Z or ABCabc")
    return chosen


def _is_font(path: Path) -> bool:
    """Whether a file is a font by its content or suffix; a wrong suffix is later counted as a damaged font."""
    if path.suffix.lower() in SUFFIXES:
        return True
    try:
        check_file(path)
        with path.open("rb") as file:
            return file.read(4) in MAGIC
    except (OSError, ZscapeError):
        return False
