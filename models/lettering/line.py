"""A line of text in a typeface: its outlines, as a picture and as SVG."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from zscape.models.errors import ZscapeError
from zscape.models.files.atomic import replacing
from zscape.models.lettering.bezier import Piece
from zscape.models.lettering.spacing import flat
from zscape.models.lettering.typeface import UNITS, Outline, Typeface, moved

MARGIN = 0.15
"""Margin around a line, in ems."""
LEADING = 1.25
"""Distance between lines, in ems."""
FINER = 4
"""Factor by which a picture is drawn larger and then averaged down."""
HEIGHTS = (8, 4000)
LONGEST = 500
"""Maximum characters of a line."""
WIDEST = 60_000
"""Maximum width of a picture in pixels."""
STEPS = 16

Frame = tuple[float, float, float, float]
"""Left, top, right and bottom, in units, y up."""


@dataclass(frozen=True, eq=False)
class SetLine:
    """A line of type. glyphs: outlines of each letter that has ink, in units, at their places in the line. width: in units."""

    text: str
    glyphs: tuple[tuple[Outline, ...], ...]
    width: int
    ascent: int
    descent: int


def set_line(typeface: Typeface, text: str) -> SetLine:
    """Set `text` in one line; missing letters are replaced by their other case, and pairs are kerned (see `kerning_of`).

    Raises ZscapeError for no text, more than LONGEST characters, and a character that the typeface does not have.
    """
    if not text.strip() or len(text) > LONGEST:
        raise ZscapeError(f"A line of type has 1 to {LONGEST} characters, this one {len(text.strip()):,}")
    glyphs, across, before = [], 0, ""
    for each in text:
        letter = typeface.letter(each)
        across += typeface.kerning.get((before, letter), 0)
        glyph = typeface.glyphs[letter]
        if glyph.outlines:
            glyphs.append(tuple(moved(outline, across) for outline in glyph.outlines))
        across, before = across + glyph.advance, letter
    return SetLine(text, tuple(glyphs), across, max(typeface.ascent, typeface.height), typeface.descent)


def stacked(lines: Sequence[SetLine]) -> SetLine:
    """Stack lines of one typeface one below the other."""
    first = lines[0]
    glyphs = [
        tuple(moved(outline, 0, -number * LEADING * UNITS) for outline in outlines) if number else outlines
        for number, line in enumerate(lines)
        for outlines in line.glyphs
    ]
    below = round((len(lines) - 1) * LEADING * UNITS)
    text = "\n".join(line.text for line in lines)
    return SetLine(text, tuple(glyphs), max(line.width for line in lines), first.ascent, first.descent - below)


def picture_of(line: SetLine, height: int, frame: Frame | None = None) -> NDArray[np.uint8]:
    """Draw a line as black on white, uint8 [height, W, 1]. frame: the part shown, by default the line with a margin all round.

    Raises ZscapeError for a height outside 8 to 4,000 pixels, and if the picture would be wider than WIDEST.
    """
    if not HEIGHTS[0] <= height <= HEIGHTS[1]:
        raise ZscapeError(f"A line of {height:,} pixels cannot be drawn; ask for {HEIGHTS[0]} to {HEIGHTS[1]:,}")
    left, top, right, bottom = frame or _frame(line)
    scale = height / (top - bottom)
    width = max(1, round((right - left) * scale))
    if width > WIDEST:
        raise ZscapeError(f"The line would be {width:,} pixels wide, more than {WIDEST:,}; ask for a smaller height or less text")
    paper = np.full((height * FINER, width * FINER), 255, np.uint8)
    for outlines in line.glyphs:
        points = [(flat(outline, STEPS) - (left, top)) * (scale * FINER, -scale * FINER) for outline in outlines]
        every = np.concatenate(points)
        low = np.maximum(np.floor(every.min(0)).astype(int) - 1, 0)
        high = np.minimum(np.ceil(every.max(0)).astype(int) + 2, paper.shape[::-1])
        size = (int(high[0] - low[0]), int(high[1] - low[1]))
        mask = np.zeros(size[::-1], bool)
        for each in points:  # holes are cut out of what surrounds them
            part = Image.new("L", size)
            ImageDraw.Draw(part).polygon((each - low - 0.5).ravel().tolist(), fill=1)
            mask ^= np.asarray(part).view(bool)
        paper[low[1] : high[1], low[0] : high[0]][mask] = 0
    return np.asarray(Image.fromarray(paper).reduce(FINER))[..., None]


def svg_of(line: SetLine) -> str:
    """Return a line as SVG: one path per letter, filled in the colour of the surrounding text (black if there is none)."""
    left, top, right, bottom = _frame(line)
    size = f'viewBox="0 0 {_number(right - left)} {_number(top - bottom)}" width="{(right - left) / 5:.0f}"'
    paths = [f'<path d="{" ".join(_path(outline, left, top) for outline in outlines)}"/>' for outlines in line.glyphs]
    title = "".join(each if each.isprintable() else " " for each in line.text)
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} fill="currentColor" fill-rule="evenodd">',
            f"<title>{escape(title)}</title>",
            *paths,
            "</svg>",
            "",
        ]
    )


def save_text(path: Path, text: str) -> None:
    """Write text as UTF-8; an older file stays until the new one is complete."""
    with replacing(path) as temporary:
        temporary.write_text(text, "utf-8")


def common_frame(lines: Sequence[SetLine]) -> Frame:
    """Return a frame that holds all of some lines."""
    frames = np.array([_frame(line) for line in lines])
    return (float(frames[:, 0].min()), float(frames[:, 1].max()), float(frames[:, 2].max()), float(frames[:, 3].min()))


def _frame(line: SetLine) -> Frame:
    """Return left, top, right and bottom of a line with its margin, including ink beyond the sides of its letters."""
    margin = MARGIN * UNITS
    every = [piece.points for outlines in line.glyphs for outline in outlines for piece in outline]
    ends = np.concatenate([*every, [[0, line.descent], [line.width, line.ascent]]])
    low, high = ends.min(0), ends.max(0)
    return float(low[0] - margin), float(high[1] + margin), float(high[0] + margin), float(low[1] - margin)


def _path(outline: Sequence[Piece], left: float, top: float) -> str:
    words = []
    for number, piece in enumerate(outline):
        points = [f"{_number(x - left)} {_number(top - y)}" for x, y in piece.points]
        if not number:
            words.append(f"M{points[0]}")
        words.append(f"L{points[1]}" if len(points) == 2 else f"C{points[1]} {points[2]} {points[3]}")
    return "".join(words) + "Z"


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
