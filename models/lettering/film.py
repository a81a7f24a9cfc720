"""A line of text as the frames of a film, set in the letters drawn for each frame."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zscape.models.lettering.line import SetLine, common_frame, picture_of, set_line, stacked
from zscape.models.lettering.typeface import typeface_of

ROW = 9
"""Maximum letters per line of the alphabet, which is shown if there is no text."""
HEIGHT = 320
"""Height of one line in pixels; several lines are as high as WIDEST allows."""
WIDEST = 1600
SPARE = 1.1
"""How much wider than the first line the frames are, since it may be wider in another style."""


def line_of(images: NDArray[np.uint8], letters: tuple[str, ...], text: str) -> SetLine:
    """Set `text` in the letters of pictures uint8 [K, H, W, C], or all letters in lines for "".

    Raises ZscapeError for characters that are missing.
    """
    typeface = typeface_of(images, letters, text)
    row = -(-len(letters) // -(-len(letters) // ROW)) if letters else ROW  # lines as equal in length as possible
    rows = [text] if text.strip() else ["".join(letters[start : start + row]) for start in range(0, len(letters), row)]
    return stacked([set_line(typeface, row) for row in rows])


@dataclass(frozen=True)
class LineFrames:
    """Makes a frame from the pictures of all letters: `text` black on white, centred, reduced if it would not fit.

    size: height and width in pixels. units: height of a frame, in units of the typeface.
    """

    letters: tuple[str, ...]
    text: str
    size: tuple[int, int]
    units: float

    @staticmethod
    def like(line: SetLine, letters: tuple[str, ...], text: str) -> LineFrames:
        """Return frames in which `line` fits, with even sides, as some formats require."""
        left, top, right, bottom = common_frame([line])
        aspect = SPARE * (right - left) / (top - bottom)
        width = min(WIDEST, HEIGHT * (line.text.count("\n") + 1) * aspect)
        height, width = 2 * max(8, round(width / aspect / 2)), 2 * max(8, round(width / 2))
        return LineFrames(letters, text, (height, width), top - bottom)

    def __call__(self, images: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """Return the frame uint8 [H, W, 3] for pictures uint8 [K, H, W, C]."""
        line = line_of(images, self.letters, self.text)
        left, top, right, bottom = common_frame([line])
        height, width = self.size
        tall = max(self.units, top - bottom, (right - left) * height / width)
        across, middle = (left + right) / 2, (line.ascent + line.descent) / 2
        wide = tall * width / height
        frame = (across - wide / 2, middle + tall / 2, across + wide / 2, middle - tall / 2)
        return picture_of(line, height, frame).repeat(3, 2)
