"""Draws the letters of one font as pictures with FreeType (Pillow), and rejects unsuitable fonts."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

HEIGHT, BASELINE = 0.60, 0.80
"""Height of a capital H and position of the baseline, as fractions of the picture's height."""
FINER = 4
"""Factor by which letters are drawn larger and then averaged down."""
WIDEST = 1.25
"""In widths of the picture: a wider letter makes a font unsuitable; one wider than the picture is cut."""
EMPTY, FULL = 0.001, 0.8
"""Fractions of ink below and above which a picture counts as blank or full."""
FACES = 100
"""Maximum number of fonts read from one collection."""


class OddFontError(Exception):
    """A font that is left out. The message is its kind, in the plural, "are ..." or a noun, as `kinds` counts them."""


@dataclass(frozen=True)
class FontPictures:
    """The letters of a font. images: uint8 [K, S, S], white on black. family: the font's family name, "" for none."""

    images: NDArray[np.uint8]
    family: str


def faces_in(path: Path) -> int:
    """Return how many fonts a file holds: one, or those of a collection."""
    with path.open("rb") as file:
        head = file.read(12)
    if head[:4] != b"ttcf" or len(head) < 12:
        return 1
    return min(max(1, int(struct.unpack(">I", head[8:12])[0])), FACES)


def draw_font(path: Path, face: int, letters: Sequence[str], size: int) -> FontPictures:
    """Draw the K letters of a font, each size x size pixels: a capital H is 0.60 high and the baseline lies at 0.80.

    Each letter is centred by its bounding box, drawn four times as large and averaged down by a box filter. Raises OddFontError
    for a font that cannot be used.
    """
    family = _check_tables(path, face, letters)
    side = size * FINER
    try:
        tall = ImageFont.truetype(str(path), 1000, face, layout_engine=ImageFont.Layout.BASIC)
        references = ("H",) if _has(path, face, "H") else tuple(letters)
        height = max(-tall.getbbox(letter, anchor="ls")[1] for letter in references)
        if not 50 < height < 5000:
            raise OddFontError("blank or full letters")
        font = tall.font_variant(size=HEIGHT * side * 1000 / height)
        images = np.stack([_drawn(font, letter, size) for letter in letters])
    except (OSError, ValueError, MemoryError, OverflowError) as error:
        raise OddFontError("damaged") from error
    share = images.mean((1, 2)) / 255
    if share.min() < EMPTY or share.max() > FULL:
        raise OddFontError("blank or full letters")
    if len({image.tobytes() for image in images}) <= len(letters) / 2 and len(letters) > 1:
        raise OddFontError("the same glyph for most letters")
    return FontPictures(images, family)


def _drawn(font: ImageFont.FreeTypeFont, letter: str, size: int) -> NDArray[np.uint8]:
    """Draw one letter, uint8 [size, size]."""
    side = size * FINER
    left, top, right, bottom = map(int, font.getbbox(letter, anchor="ls"))  # of ink and advance together
    if right - left > 4 * side or bottom - top > 3 * side:
        raise OddFontError("wider than the picture")
    whole = Image.new("L", (right - left + 2, bottom - top + 2))
    ImageDraw.Draw(whole).text((1 - left, 1 - top), letter, 255, font, anchor="ls")
    ink = whole.getbbox()
    if ink is None:
        raise OddFontError("blank or full letters")
    if ink[2] - ink[0] > WIDEST * side:
        raise OddFontError("wider than the picture")
    canvas = Image.new("L", (side, side))
    canvas.paste(whole.crop(ink), ((side - (ink[2] - ink[0])) // 2, round(BASELINE * side) + ink[1] - 1 + top))
    fine = np.asarray(canvas, np.float32).reshape(size, FINER, size, FINER)
    drawn: NDArray[np.uint8] = np.rint(fine.mean((1, 3))).astype(np.uint8)
    return drawn


def _check_tables(path: Path, face: int, letters: Sequence[str]) -> str:
    """Return the family name of a usable font.

    Raises OddFontError for one that is variable, lacks some of the letters or is damaged.
    """
    from fontTools.ttLib import TTFont

    try:
        with TTFont(path, fontNumber=face, lazy=True) as font:
            if "fvar" in font:
                raise OddFontError("variable")
            known = font.getBestCmap()
            if known is None:
                raise OddFontError("symbols")
            if any(known.get(ord(letter), ".notdef") == ".notdef" for letter in letters):
                raise OddFontError("without all the letters")
            names = font.get("name")
            return str(names.getDebugName(16) or names.getDebugName(1) or "") if names else ""
    except OddFontError:
        raise
    except Exception as error:  # fontTools raises many kinds of exceptions on damaged files
        raise OddFontError("damaged") from error


def _has(path: Path, face: int, letter: str) -> bool:
    from fontTools.ttLib import TTFont

    with TTFont(path, fontNumber=face, lazy=True) as font:
        return ord(letter) in (font.getBestCmap() or {})
