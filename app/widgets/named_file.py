"""Adds the required suffix to a file name from a dialog."""

from __future__ import annotations

import re
from itertools import count
from pathlib import Path


def named_file(name: str, chosen: str, kinds: str) -> Path:
    """The path `name` with the suffix of the selected file type `chosen` of `kinds`, both as Qt's dialogs write them.

    A typed suffix takes precedence while the first type is selected, because that is the dialog's default. If the suffix changes
    the path, an unused path is returned, because the dialog has asked about overwriting only for the typed one.
    """
    path, every = Path(name), _suffixes(kinds)
    wanted = _suffixes(chosen)
    typed = path.suffix.lower() in every and chosen == kinds.split(";;")[0]
    if not wanted or typed or path.suffix.lower() in wanted:
        return path
    return _new(path, path.stem if path.suffix.lower() in every else path.name, wanted[0])


def ending_in(suffix: str, name: str) -> Path:
    """The path `name`, with `suffix` added unless it ends in the last part of that: ".json" is enough for ".zscape.json".

    Of a name that ends in its first part, ".zscape", that is not repeated. A changed path is an unused one, as above.
    """
    path = Path(name)
    first, _, last = suffix.rpartition(".")
    if path.suffix.lower() == f".{last}":
        return path
    stem = path.name[: -len(first)] if first and path.name.lower().endswith(first) else path.name
    return _new(path, stem, suffix)


def _new(path: Path, stem: str, suffix: str) -> Path:
    """An unused path beside `path`, named `stem`, with a number if that is taken."""
    names = (f"{stem}{'' if number == 1 else f' {number}'}{suffix}" for number in count(1))
    return next(other for each in names if not (other := path.with_name(each)).exists())


def _suffixes(kinds: str) -> list[str]:
    return re.findall(r"\*(\.\w+)", kinds)
