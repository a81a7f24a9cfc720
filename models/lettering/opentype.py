"""Converts a typeface to an OpenType font."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Mapping
from pathlib import Path

from zscape.models.files.atomic import replacing
from zscape.models.lettering.bezier import Piece
from zscape.models.lettering.typeface import UNITS, Glyph, Typeface


def font_bytes(typeface: Typeface, name: str) -> bytes:
    """Return an OpenType font (CFF outlines, kerning in GPOS) named `name`.

    Letters are mapped to their characters; if a letter exists in only one case, both characters show it.
    """
    from fontTools.fontBuilder import FontBuilder

    names = {letter: "space" if letter == " " else f"uni{ord(letter):04X}" for letter in typeface.glyphs}
    glyphs = {".notdef": _missing(typeface.height)} | {names[letter]: glyph for letter, glyph in typeface.glyphs.items()}
    build = FontBuilder(UNITS, isTTF=False)
    build.setupGlyphOrder(list(glyphs))
    build.setupCharacterMap(_characters(typeface, names))
    family = _plain(name)
    build.setupCFF(f"{family.replace(' ', '')}-Regular", {"FullName": family}, _charstrings(glyphs), {})
    boxes = {each: _box(glyph) for each, glyph in glyphs.items()}
    build.setupHorizontalMetrics({each: (glyph.advance, boxes[each][0]) for each, glyph in glyphs.items()})
    # Some systems cut off what lies outside these.
    ascent = max(typeface.height, 750, *(top for _, _, top in boxes.values()))
    descent = min(-200, *(bottom for _, bottom, _ in boxes.values()))
    build.setupHorizontalHeader(ascent=ascent, descent=descent)
    build.setupNameTable({"familyName": family, "styleName": "Regular", "psName": f"{family.replace(' ', '')}-Regular"})
    build.setupOS2(
        sTypoAscender=ascent,
        sTypoDescender=descent,
        usWinAscent=ascent,
        usWinDescent=-descent,
        sCapHeight=typeface.height,
        sxHeight=round(typeface.height * 0.7),
    )
    build.setupPost(italicAngle=round(-math.degrees(math.atan(typeface.slant)), 2))
    if typeface.kerning:
        rules = "".join(f"pos {names[first]} {names[second]} {units};" for (first, second), units in typeface.kerning.items())
        build.addOpenTypeFeatures(f"languagesystem DFLT dflt; languagesystem latn dflt; feature kern {{ {rules} }} kern;")
    # So that the same typeface always gives the same bytes.
    build.font["head"].created = build.font["head"].modified = 0
    build.font.recalcTimestamp = False
    written = io.BytesIO()
    build.save(written)
    return written.getvalue()


def save_font(path: Path, typeface: Typeface, name: str) -> None:
    """Write a typeface as an OpenType font; an older file stays until the new one is complete."""
    data = font_bytes(typeface, name)
    with replacing(path) as temporary:
        temporary.write_bytes(data)


def _characters(typeface: Typeface, names: Mapping[str, str]) -> dict[int, str]:
    """Return character -> glyph name."""
    characters = {ord(letter): name for letter, name in names.items()}
    for letter, name in names.items():
        for other in (letter.lower(), letter.upper()):
            if len(other) == 1:
                characters.setdefault(ord(other), name)
    characters.setdefault(0xA0, names[" "])
    return characters


def _charstrings(glyphs: Mapping[str, Glyph]) -> dict[str, object]:
    from fontTools.pens.t2CharStringPen import T2CharStringPen

    made: dict[str, object] = {}
    for name, glyph in glyphs.items():
        pen = T2CharStringPen(glyph.advance, None)
        for outline in glyph.outlines:
            pen.moveTo(_rounded(outline[0])[0])
            for piece in outline:
                points = _rounded(piece)
                if len(points) == 2:
                    pen.lineTo(points[1])
                else:
                    pen.curveTo(*points[1:])
            pen.closePath()
        made[name] = pen.getCharString()
    return made


def _rounded(piece: Piece) -> list[tuple[int, int]]:
    return [(round(float(x)), round(float(y))) for x, y in piece.points]


def _box(glyph: Glyph) -> tuple[int, int, int]:
    """Return the left, lower and upper end of the ink, in units from the origin; zeros for a space."""
    from fontTools.misc.bezierTools import calcCubicBounds

    ends = []
    for piece in (piece for outline in glyph.outlines for piece in outline):
        points = _rounded(piece)
        left, bottom, _, top = calcCubicBounds(*points) if len(points) == 4 else calcCubicBounds(points[0], *points, points[1])
        ends.append((left, bottom, top))
    if not ends:
        return 0, 0, 0
    lefts, bottoms, tops = zip(*ends, strict=True)
    return math.floor(min(lefts)), math.floor(min(bottoms)), math.ceil(max(tops))


def _missing(height: int) -> Glyph:
    """Return a box, for characters that the font does not have."""
    import numpy as np

    def ring(left: float, bottom: float, right: float, top: float, hole: bool) -> tuple[Piece, ...]:
        corners = [(left, bottom), (right, bottom), (right, top), (left, top)]
        corners = corners[::-1] if hole else corners
        return tuple(Piece(np.array([corners[n], corners[(n + 1) % 4]], float)) for n in range(4))

    width = round(0.7 * height)
    return Glyph((ring(60, 0, width - 60, height, False), ring(110, 50, width - 110, height - 50, True)), width)


def _plain(name: str) -> str:
    """Reduce `name` to characters that every system accepts in a font name."""
    return " ".join(re.sub(r"[^A-Za-z0-9-]+", " ", name).split())[:60] or "Zscape"
