"""Font files for tests: variants of the font that comes with Pillow, and unusual ones."""

import io
from functools import cache
from pathlib import Path

import numpy as np
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables._g_l_y_f import Glyph, GlyphComponent
from PIL import ImageFont

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def plain() -> TTFont:
    """Aileron, as it comes with Pillow."""
    return TTFont(io.BytesIO(ImageFont.load_default(12).font_bytes))


def bent(slant: float = 0.0, width: float = 1.0) -> TTFont:
    """A font with its own look: every glyph is sheared and stretched."""
    font = plain()
    for name in font.getGlyphOrder():
        glyph = font["glyf"][name]
        if glyph.numberOfContours > 0:
            points = np.array(glyph.coordinates, float)
            points[:, 0] = points[:, 0] * width + points[:, 1] * slant
            glyph.coordinates = type(glyph.coordinates)([tuple(map(int, point)) for point in points.round()])
            glyph.recalcBounds(font["glyf"])
    font["name"].setName(f"Bent {slant} {width}", 1, 3, 1, 0x409)
    return font


def renamed(letters: dict[str, str]) -> TTFont:
    """A font whose letters show other glyphs: letter -> name of the glyph."""
    font = plain()
    for table in font["cmap"].tables:
        table.cmap = dict(table.cmap)
        known = dict(table.cmap)
        for letter, other in letters.items():
            table.cmap[ord(letter)] = known[ord(other)]
    return font


def without(letter: str) -> TTFont:
    font = plain()
    for table in font["cmap"].tables:
        table.cmap = {code: name for code, name in table.cmap.items() if code != ord(letter)}
    return font


def blank() -> TTFont:
    font = plain()
    for name in ("A", "B"):
        font["glyf"][name] = Glyph()
    return font


def variable() -> TTFont:
    font = plain()
    font["fvar"] = newTable("fvar")
    font["fvar"].axes, font["fvar"].instances = [], []
    return font


def looping() -> TTFont:
    """A font with a glyph that refers to itself as a component."""
    font = plain()
    part = GlyphComponent()
    part.glyphName, part.x, part.y, part.flags = "A", 0, 0, 0
    glyph = Glyph()
    glyph.numberOfContours, glyph.components = -1, [part]
    glyph.xMin = glyph.yMin = glyph.xMax = glyph.yMax = 0
    font.recalcBBoxes = False
    font["glyf"]["A"] = glyph
    return font


def lying() -> TTFont:
    """A font whose header makes its letters thousands of times as large as those of others."""
    font = plain()
    font["head"].unitsPerEm = 16
    return font


def save(font: TTFont, path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    font.save(path)
    return path


def folder_of(folder: Path, count: int = 6) -> Path:
    """A folder with `count` usable fonts."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        (folder / f"font {number}.ttf").write_bytes(_usable(number))
    return folder


@cache
def _usable(number: int) -> bytes:
    """The file of one usable font; it takes long to make, and many tests need the same ones."""
    file = io.BytesIO()
    bent(0.05 * (number % 3), 1 - 0.1 * (number // 3)).save(file)
    return file.getvalue()
