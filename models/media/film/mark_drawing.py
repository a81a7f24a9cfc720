"""Draws the text of a film as one transparent picture for frames of any size, so that playback and export look the same."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from zscape.models.media.film.fitting import fitted
from zscape.models.timeline.marks import Mark, colour_of
from zscape.resources import FOLDER

FONT = FOLDER / "fonts" / "DejaVuSans.ttf"
"""Bundled with the program: the same text has the same pixels on every machine."""
MARGIN = 0.04
"""Margin between the text and the edge of the frame, as a fraction of the frame's height."""
PADDING = 0.3
"""Padding of a caption's background around the text, as a fraction of a line."""
SPACING = 0.2
"""Space between two lines, as a fraction of a line."""


def over(frame: NDArray[np.uint8], marks: tuple[Mark, ...]) -> NDArray[np.uint8]:
    """Draw `marks` (`mark_edits.marks_at`) over a frame uint8 [H, W, 3]."""
    if not marks:
        return frame
    text, (rows, columns) = _covered(marks, (frame.shape[1], frame.shape[0]))
    mixed, part = frame.copy(), frame[rows, columns]
    alpha = text[..., 3:].astype(np.uint16)
    mixed[rows, columns] = (part * (255 - alpha) + text[..., :3] * alpha + 127) // 255
    return mixed


@lru_cache(maxsize=4)
def _covered(marks: tuple[Mark, ...], size: tuple[int, int]) -> tuple[NDArray[np.uint8], tuple[slice, slice]]:
    """Return the part of `drawn` that is not transparent, and its place."""
    text = drawn(marks, size)
    spans = []
    for axis in (1, 0):
        there = np.nonzero(text[..., 3].any(axis=axis))[0]
        spans.append(slice(int(there[0]), int(there[-1]) + 1) if len(there) else slice(0, 0))
    return text[spans[0], spans[1]], (spans[0], spans[1])


@lru_cache(maxsize=16)  # a text stays for many frames
def drawn(marks: tuple[Mark, ...], size: tuple[int, int]) -> NDArray[np.uint8]:
    """Draw `marks` alone for a frame of `size` (width, height): uint8 [height, width, 4], red, green, blue and alpha."""
    picture = Image.new("RGBA", size)
    for mark in marks:
        picture = Image.alpha_composite(picture, _drawn(mark, size))
    pixels = np.asarray(picture)
    pixels.flags.writeable = False
    return pixels


def _drawn(mark: Mark, size: tuple[int, int]) -> Image.Image:
    width, height = size
    card = mark.kind == "card"
    ground = colour_of(mark.background) if mark.background else (0, 0, 0, 255)
    # Transparent pixels have the colour of the letters, not black: otherwise the letters would have dark edges.
    picture = Image.new("RGBA", size, (*ground[:3], 255) if card else (*colour_of(mark.colour)[:3], 0))
    if mark.picture is not None:
        shown = mark.picture.array
        full = shown.repeat(3, axis=2) if shown.shape[2] == 1 else shown
        picture = Image.fromarray(fitted(full, size, colour=ground[:3])).convert("RGBA")
    line = mark.size * height
    font = _font(line)
    margin, padding = MARGIN * height, PADDING * line if mark.background and not card else 0.0
    lines = _wrapped(mark.text, font, max(1.0, width - 2 * (margin + padding)))
    if not any(lines):
        return picture
    widths = [font.getlength(each) for each in lines]
    wide, high = max(widths), (len(lines) + (len(lines) - 1) * SPACING) * line
    across = 0.0 if "left" in mark.place else 1.0 if "right" in mark.place else 0.5
    down = 0.0 if "top" in mark.place else 1.0 if "bottom" in mark.place else 0.5
    left = margin + padding + across * (width - 2 * (margin + padding) - wide)
    top = margin + padding + down * (height - 2 * (margin + padding) - high)
    draw = ImageDraw.Draw(picture)
    if padding:
        draw.rounded_rectangle(
            (left - padding, top - padding, left + wide + padding, top + high + padding), radius=padding / 2, fill=ground
        )
    if not card:  # letters blend with what is behind them
        letters = Image.new("RGBA", size, (*colour_of(mark.colour)[:3], 0))
        _write(ImageDraw.Draw(letters), lines, widths, font, mark, left, top, wide, across, line)
        return Image.alpha_composite(picture, letters)
    _write(draw, lines, widths, font, mark, left, top, wide, across, line)
    return picture


def _write(
    draw: ImageDraw.ImageDraw,
    lines: list[str],
    widths: list[float],
    font: ImageFont.FreeTypeFont,
    mark: Mark,
    left: float,
    top: float,
    wide: float,
    across: float,
    line: float,
) -> None:
    for place, (words, length) in enumerate(zip(lines, widths, strict=True)):
        # "ls": anchored at the baseline, the same for words with and without descenders; a capital is three quarters of a line
        # high.
        at = left + across * (wide - length), top + place * (1 + SPACING) * line + 0.86 * line
        draw.text(at, words, font=font, fill=colour_of(mark.colour), anchor="ls")


@lru_cache(maxsize=8)
def _font(line: float) -> ImageFont.FreeTypeFont:
    # BASIC: the layout of Raqm would depend on whether the machine has it.
    return ImageFont.truetype(str(FONT), max(1.0, line), layout_engine=ImageFont.Layout.BASIC)


def _wrapped(text: str, font: ImageFont.FreeTypeFont, room: float) -> list[str]:
    """Break `text` into lines that fit, between words, or within a word that is too wide alone."""
    found: list[str] = []
    for line in text.strip().splitlines():
        current = ""
        for word in line.split():
            tried = f"{current} {word}" if current else word
            if font.getlength(tried) <= room:
                current = tried
                continue
            if current:
                found.append(current)
            while font.getlength(word) > room and len(word) > 1:
                fits = next((n for n in range(len(word) - 1, 1, -1) if font.getlength(word[:n]) <= room), 1)
                found.append(word[:fits])
                word = word[fits:]
            current = word
        found.append(current)
    return found
