"""The long texts of the window, read from where they all are: resources/words.md and resources/tour.md."""

from __future__ import annotations

from functools import cache

from zscape.resources import FOLDER


@cache
def sections(name: str) -> dict[str, str]:
    """The sections of resources/NAME.md: heading -> Markdown, in order."""
    parts = (FOLDER / f"{name}.md").read_text("utf-8").split("\n## ")[1:]
    return {heading.strip(): words.strip() for heading, _, words in (part.partition("\n") for part in parts)}
