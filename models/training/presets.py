"""The bundled presets of training runs. Imports neither torch nor numpy: the command line's help lists them."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from zscape.resources import FOLDER

PRESETS = FOLDER / "presets"


@cache
def presets() -> dict[str, Path]:
    """Return the files of the presets, by name; they stay as long as the program runs."""
    return {path.stem: path for path in sorted(PRESETS.glob("*.toml"))}


def summaries() -> dict[str, str]:
    """Return one sentence about what each preset makes, by name."""
    return {name: _summary(path) for name, path in presets().items()}


def _summary(path: Path) -> str:
    with path.open(encoding="utf-8") as file:
        return str(tomllib.loads(next(file))["summary"])  # always the first line; a test checks this
