"""Paths as typed by the user."""

from __future__ import annotations

from pathlib import Path


def typed_path(text: str | Path) -> Path:
    """Return the path with ~ expanded to a home folder; if there is no such user, as typed, and then it is not found."""
    try:
        return Path(text).expanduser()
    except RuntimeError:
        return Path(text)
