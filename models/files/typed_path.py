"""Paths as people type them."""

from __future__ import annotations

from pathlib import Path


def typed_path(text: str | Path) -> Path:
    """The path, with ~ as a person's home; where nobody has that name here, as it was typed, which is then not found."""
    try:
        return Path(text).expanduser()
    except RuntimeError:
        return Path(text)
