"""Writes a typeface or a line of text to a file: a font, outlines or a picture, by the file's suffix."""

from __future__ import annotations

from pathlib import Path

from zscape.models.errors import ZscapeError
from zscape.models.lettering.line import picture_of, save_text, set_line, stacked, svg_of
from zscape.models.lettering.opentype import save_font
from zscape.models.lettering.typeface import Typeface
from zscape.models.media.images import save_png

FONT, OUTLINES, PICTURE = ".otf", ".svg", ".png"
ROW = 13
"""Letters per line of an alphabet."""


def save_typeface(path: Path, typeface: Typeface, name: str) -> None:
    """Write a typeface as a font named `name` (.otf), or its alphabet as outlines (.svg)."""
    if path.suffix.lower() == FONT:
        save_font(path, typeface, name)
        return
    letters = [letter for letter in typeface.glyphs if letter != " "]
    rows = [" ".join(letters[start : start + ROW]) for start in range(0, len(letters), ROW)]
    save_text(path, svg_of(stacked([set_line(typeface, row) for row in rows])))


def save_line(path: Path, typeface: Typeface, text: str, height: int, name: str) -> None:
    """Write a line of text as a picture `height` pixels tall (.png), as outlines (.svg), or its whole typeface as a font (.otf).

    Raises ZscapeError for characters that the typeface does not have, which do not matter for a font.
    """
    suffix = path.suffix.lower()
    if suffix == FONT:
        save_font(path, typeface, name)
    elif suffix == OUTLINES:
        save_text(path, svg_of(set_line(typeface, text)))
    elif suffix == PICTURE:
        save_png(path, picture_of(set_line(typeface, text), height))
    else:
        raise ZscapeError(f"{path}: a line of type is written as .png, .svg or .otf")
