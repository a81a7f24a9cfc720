"""The file name of an export, as typed by the user."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection
from pathlib import Path

from zscape.models.errors import ZscapeError
from zscape.models.files.typed_path import typed_path

LONGEST = 255
"""The most bytes of a file name on nearly every file system."""


def named(text: str, suffix: str, others: Collection[str]) -> Path:
    """The file that `text` names, with `suffix`. If that is "", a folder; a suffix of `others` is removed from its name.

    Raises ZscapeError with a short message if it is not a file name.
    """
    path = typed_path(text.strip())
    if path.parts[:1] and path.parts[0].startswith("~"):
        raise ZscapeError(f"There is no folder {path.parts[0]}: choose another.")
    if path.name in ("", "..") or text.strip().endswith(("/", os.sep)) or "\0" in text:
        raise ZscapeError("Type a name for the file.")
    if path.suffix.lower() != suffix:
        path = path.with_name(path.name + suffix) if suffix else path.with_suffix("") if path.suffix.lower() in others else path
    if len(os.fsencode(path.name)) > LONGEST:
        raise ZscapeError("The name is too long: choose a shorter one.")
    if suffix and path.is_dir():
        raise ZscapeError("There is a folder of this name: choose another.")
    return path


def without(text: str, suffix: str) -> str:
    """`text` without a trailing `suffix`."""
    return text[: -len(suffix)] if suffix and text.lower().endswith(suffix) else text


def free(path: Path, claimed: Callable[[Path], bool]) -> Path:
    """`path`, or the first numbered variant of its name that is not used."""
    for number in range(2, 1000):
        if not claimed(path):
            return path
        stem = re.sub(r" \d+$", "", path.stem)
        path = path.with_name(f"{stem} {number}{path.suffix}")
    return path
