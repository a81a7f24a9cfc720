"""The file that a person has named in a dialog, with the suffix that it needs to be found again."""

from __future__ import annotations

import re
from itertools import count
from pathlib import Path


def named_file(name: str, chosen: str, kinds: str) -> Path:
    """The path `name` with the suffix of the kind that is `chosen` of `kinds`, both as Qt's dialogs write them.

    A suffix that was typed counts as long as the kind is the first, which the dialog begins with: then nobody has chosen one.
    A path that is not the one typed is that of a new file: the dialog asked whether another may be replaced.
    """
    path, every = Path(name), _suffixes(kinds)
    wanted = _suffixes(chosen)
    typed = path.suffix.lower() in every and chosen == kinds.split(";;")[0]
    if not wanted or typed or path.suffix.lower() in wanted:
        return path
    return _new(path, path.stem if path.suffix.lower() in every else path.name, wanted[0])


def ending_in(suffix: str, name: str) -> Path:
    """The path `name`, with `suffix` where it does not end in the last part of that: ".json" is enough for ".zscape.json".

    A path that is not the one typed is that of a new file, as above.
    """
    path = Path(name)
    last = f".{suffix.rpartition('.')[2]}"
    return path if path.suffix.lower() == last else _new(path, path.name, suffix)


def _new(path: Path, stem: str, suffix: str) -> Path:
    """A file beside `path` that is not there yet, called `stem` and, where that is taken, a number."""
    names = (f"{stem}{'' if number == 1 else f' {number}'}{suffix}" for number in count(1))
    return next(other for each in names if not (other := path.with_name(each)).exists())


def _suffixes(kinds: str) -> list[str]:
    return re.findall(r"\*(\.\w+)", kinds)
