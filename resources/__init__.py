"""What travels with the program: models, presets, icons, sample pictures and long texts."""

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent
"""Where they lie."""


@cache
def sections(name: str) -> dict[str, str]:
    """The sections of the text NAME.md: heading -> Markdown, in order."""
    parts = (FOLDER / f"{name}.md").read_text("utf-8").split("\n## ")[1:]
    return {heading.strip(): words.strip() for heading, _, words in (part.partition("\n") for part in parts)}
