"""The texts of the list of models."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zscape.models.files.spec import Spec


def model_list(path: Path | None, spec: Spec | None) -> list[tuple[str, Path | None]]:
    """(words, file) of each model in the library, and of the open one, at `path`, if it is not among them."""
    from zscape.models.files.library import listing

    entries: list[tuple[str, Path | None]] = [(model_words(entry.called, entry.spec), entry.path) for entry in listing()]
    if spec is not None and path not in [each for _, each in entries]:
        entries.append((model_words(spec.name, spec), path))
    return entries


def model_words(called: str, spec: Spec) -> str:
    """The text of a model in the list: its name, its family and its steps."""
    step = f", {spec.step / 1000:.0f}k steps" if spec.step >= 10_000 else f", {spec.step:,} steps" if spec.step else ""
    return f"{called}   {spec.family}{step}"
