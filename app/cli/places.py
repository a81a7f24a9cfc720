"""Expands and checks the paths among the options of a command."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import Any, TypeVar

from zscape.app.cli.usage import UsageError
from zscape.models.files.typed_path import typed_path

Verb = TypeVar("Verb")


def placed(verb: Verb, words: Sequence[str]) -> Verb:
    """Return `verb`, a dataclass parsed from `words`, with ~ expanded in its paths: a shell leaves it in --out=~/x.png.

    Raises UsageError for an empty path, which would mean the current folder.
    """
    dataclass: Any = verb
    empty = any(not word or re.fullmatch(r"--[\w-]+=", word) for word in words)
    given = {each.name: getattr(verb, each.name) for each in fields(dataclass)}
    if empty and any(value == Path() for value in given.values()):
        raise UsageError(f"A path is empty; perhaps a shell variable is not set. See zscape {words[0]} --help.")
    paths = {name: typed_path(value) for name, value in given.items() if isinstance(value, Path)}
    return replace(dataclass, **paths) if any(paths[name] != given[name] for name in paths) else verb
