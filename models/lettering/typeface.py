"""Makes a typeface from pictures of its letters: outlines on a common baseline, with side bearings."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zscape.models.errors import ZscapeError
from zscape.models.lettering.bezier import Piece
from zscape.models.lettering.contours import Line, contours
from zscape.models.lettering.curves import fitted
from zscape.models.lettering.spacing import Sides, kerning_of, slant_of
from zscape.models.media.preparing.ink import ink_of

UNITS = 1000
"""Units per em."""
CAPITALS, SMALL = 700, 500
"""In units: height of capitals and figures, and of small letters without ascenders if there are no capitals."""
WITHOUT_ASCENDERS = "acemnorsuvwxz"
STRONGEST = 0.998
"""Quantile of the pixels that counts as full ink, so that hairlines thinner than a pixel are lines too."""
ZONE = 14
"""Distance in units from the baseline, and from the letters' height, within which a flat end is aligned to it."""
SPACE = 0.4
"""Width of a space, in heights of a capital."""

Outline = tuple[Piece, ...]
"""A closed line: pieces from end to end, in units, y up; counter-clockwise around ink, clockwise around a hole."""


@dataclass(frozen=True, eq=False)
class Glyph:
    """A letter. outlines: relative to its origin on the baseline. advance: units from there to the origin of the next letter."""

    outlines: tuple[Outline, ...]
    advance: int


@dataclass(frozen=True, eq=False)
class Typeface:
    """A typeface. glyphs: by letter, including the space. kerning: (first, second) -> units by which the second is moved.

    slant: units to the right per unit up. height: in units, of capitals or of what there is. ascent, descent: how far the letters
    reach above and (below 0) below the baseline.
    """

    glyphs: Mapping[str, Glyph]
    kerning: Mapping[tuple[str, str], int]
    slant: float
    height: int
    ascent: int
    descent: int

    def letter(self, letter: str) -> str:
        """Return the letter used for `letter`: itself, or its other case if it is missing.

        Raises ZscapeError if there is neither.
        """
        return stands_for(letter, self.glyphs)


def stands_for(letter: str, letters: Collection[str]) -> str:
    """Return which of `letters` is used for `letter`: itself, or its capital or small form.

    Raises ZscapeError if there is none.
    """
    for each in (letter, letter.upper(), letter.lower()):
        if each in letters:
            return each
    there = "".join(each for each in letters if each != " ")
    raise ZscapeError(f"{letter!r} is not among the letters of this typeface: {there[:80]}")


def without_others(text: str, letters: Collection[str]) -> tuple[str, str]:
    """Return `text` without characters that have no letter, and a sentence about these, "" for none.

    Raises ZscapeError if nothing of the text is left.
    """
    others = []
    for each in dict.fromkeys(text):
        try:
            stands_for(each, (*letters, " "))
        except ZscapeError:
            others.append(each)
    left = "".join(each for each in text if each not in others)
    if others and not left.strip():
        stands_for(others[0], letters)
    named = ", ".join(map(repr, others))
    return left, f"Left out: {named}. The model draws {''.join(letters)[:80]}." if others else ""


def typeface_of(images: NDArray[np.uint8], letters: Sequence[str], only: str = "") -> Typeface:
    """Make a typeface from pictures uint8 [K, H, W, C] of letters in one style, on one baseline and at one size.

    The baseline is where most letters end below. only: the letters (in either case) that are needed, "" for all. Raises
    ZscapeError for letters of more than one character, one of `only` that is missing, and if no picture has ink.
    """
    check_letters(letters)
    for character in only:
        stands_for(character, (*letters, " "))
    grey = images.mean(axis=3, keepdims=True).round().astype(np.uint8) if images.shape[3] > 1 else images
    strength = ink_of(grey).strength
    full = np.maximum(np.quantile(strength, STRONGEST, axis=(1, 2)), 0.1)
    ink = np.minimum(strength / full[:, None, None], 1)
    lines = [contours(each) for each in ink]
    boxes = {letter: _box(each) for letter, each in zip(letters, lines, strict=True) if each}
    if not boxes:
        raise ZscapeError("The pictures hold no letters: no typeface can be made of them")
    down = float(np.median([bottom for _, bottom in boxes.values()]))
    tall, height = _height({letter: down - top for letter, (top, _) in boxes.items()})
    scale = height / tall
    drawn = {}
    needed = set(only + only.upper() + only.lower()) if only else set(letters)
    wanted = {letter: each for letter, each in zip(letters, lines, strict=True) if letter in needed}
    fits = iter(fitted([line for each in wanted.values() for line in each]))
    for letter, each in wanted.items():
        placed = [_in_units(next(fits), down, scale) for _ in each]
        drawn[letter] = [_leveled(outline, height) for outline in placed]
    slant = slant_of(ink)
    sides = {letter: Sides.of(outlines, height, slant) for letter, outlines in drawn.items()}
    glyphs = {letter: Glyph(_moved(drawn[letter], sides[letter].shift), sides[letter].advance) for letter in drawn}
    glyphs.setdefault(" ", Glyph((), round(SPACE * height)))
    kerning = kerning_of(sides, height)
    ascent = max(height, *(math.ceil((down - top) * scale) for top, _ in boxes.values()))
    descent = min(0, *(math.floor((down - bottom) * scale) for _, bottom in boxes.values()))
    return Typeface(glyphs, kerning, slant, height, ascent, descent)


def check_letters(letters: Sequence[str]) -> None:
    """Raise ZscapeError unless the classes of a model are letters: each a single printable character."""
    odd = next((each for each in letters if len(each) != 1 or not each.isprintable()), None)
    if odd is not None or len(set(letters)) < max(len(letters), 2):
        what = "has no classes" if len(letters) < 2 else f"draws {odd!r}"
        raise ZscapeError(f"Only a model whose classes are single letters makes type; this one {what}")


def _box(lines: Sequence[Line]) -> tuple[float, float]:
    """Return where the ink begins and ends, from the top, in pixels."""
    every = np.concatenate(list(lines))[:, 1]
    return float(every.min()), float(every.max())


def _height(heights: Mapping[str, float]) -> tuple[float, int]:
    """Return the height (pixels, units) of the letters that set the size, from the height of each above the baseline."""
    for chosen, units in (
        ([tall for letter, tall in heights.items() if letter.isupper() or letter.isdecimal()], CAPITALS),
        ([tall for letter, tall in heights.items() if letter in WITHOUT_ASCENDERS], SMALL),
        (list(heights.values()), CAPITALS),
    ):
        if chosen and (tall := float(np.median(chosen))) > 1:
            return tall, units
    raise ZscapeError("The pictures hold no letters that stand on one line: no typeface can be made of them")


def _in_units(pieces: Sequence[Piece], down: float, scale: float) -> Outline:
    """Convert pieces in pixels, y down, to an outline in units, y up."""
    line, size = np.array([0, down]), np.array([scale, -scale])
    return tuple([Piece((each.points - line) * size) for each in pieces])


def _leveled(outline: Outline, height: int) -> Outline:
    """Return the outline with flat ends near the baseline or the letters' height moved exactly there."""
    points = [piece.points.copy() for piece in outline]
    for number, piece in enumerate(outline):
        first, last = piece.points[0], piece.points[-1]
        if len(piece.points) != 2 or abs(first[1] - last[1]) > 1:
            continue
        for level in (0, height):
            if 0 < abs(first[1] - level) <= ZONE:
                off = level - first[1]
                before, after = points[number - 1], points[(number + 1) % len(points)]
                points[number][:, 1] = level
                before[-1, 1] = after[0, 1] = level
                if len(before) == 4:
                    before[2, 1] += off / 2
                if len(after) == 4:
                    after[1, 1] += off / 2
    return tuple(map(Piece, points))


def _moved(outlines: Sequence[Outline], across: float) -> tuple[Outline, ...]:
    return tuple(moved(outline, across) for outline in outlines)


def moved(outline: Outline, across: float, up: float = 0) -> Outline:
    """Return an outline moved by units."""
    way = np.array([across, up])
    return tuple([Piece(piece.points + way) for piece in outline])
