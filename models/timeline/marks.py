"""Marks: text in a film. A title card replaces the picture for a time, a caption lies over it.

Imports nothing heavy, like timelines.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal, get_args

from zscape.models.errors import ZscapeError
from zscape.models.inputs.kinds.picture import PictureValue

Kind = Literal["caption", "card"]
Place = Literal[
    "top left", "top", "top right", "left", "middle", "right", "bottom left", "bottom", "bottom right"
]  # fmt: skip
KINDS: tuple[Kind, ...] = get_args(Kind)
PLACES: tuple[Place, ...] = get_args(Place)
"""Row by row."""
LONGEST_TEXT = 1000
"""In characters."""
SIZES = 0.01, 0.5
"""Smallest and largest height of a line, as a fraction of the frame's height."""


@dataclass(frozen=True)
class Mark:
    """Text shown from `start` for `seconds`; both in seconds.

    text: up to 1000 characters; {class}, {seed} and {time} stand for their values at that moment. kind: "caption", over the
    picture, or "card", which fills the frame. size: height of a line, as a fraction of the frame's, 0.01 to 0.5. colour:
    "#rrggbb". background: "#rrggbb" or "#rrggbbaa" (aa: 00 is transparent, ff opaque) behind the text of a caption, or filling a
    card; "" for none, which for a card is black. picture: shown on a card below its text, as large as it fits; None for none.
    Raises ZscapeError for values out of range.
    """

    start: float
    seconds: float
    text: str
    kind: Kind = "caption"
    place: Place = "bottom"
    size: float = 0.07
    colour: str = "#ffffff"
    background: str = "#000000a0"
    picture: PictureValue | None = None

    def __post_init__(self) -> None:
        if not (math.isfinite(self.start) and self.start >= 0 and math.isfinite(self.seconds) and self.seconds > 0):
            raise ZscapeError("A text of a timeline begins at 0 seconds or later and lasts longer than 0 seconds.")
        if not isinstance(self.text, str) or len(self.text) > LONGEST_TEXT:
            raise ZscapeError(f"A text of a timeline has at most {LONGEST_TEXT} characters.")
        if any((ord(each) < 32 and each not in "\n\t") or 0xD800 <= ord(each) < 0xE000 for each in self.text):
            raise ZscapeError("A text of a timeline holds a character that cannot be drawn: take it out.")
        if self.kind not in KINDS:
            raise ZscapeError(f"A text of a timeline is a caption or a card, not {self.kind!r}.")
        if self.place not in PLACES:
            raise ZscapeError(f"A text of a timeline stands at one of {', '.join(PLACES)}, not at {self.place!r}.")
        if not SIZES[0] <= self.size <= SIZES[1]:
            raise ZscapeError(f"The size of a text is a share of the frame's height from {SIZES[0]} to {SIZES[1]}.")
        if self.picture is not None and not (self.kind == "card" and self.picture.pixels and self.picture.channels in (1, 3)):
            raise ZscapeError("A picture in a film is that of a card, in grey or in red, green and blue.")
        colour_of(self.colour)
        if self.background:
            colour_of(self.background)

    @property
    def end(self) -> float:
        """Its end time, in seconds."""
        return self.start + self.seconds


def colour_of(text: str) -> tuple[int, int, int, int]:
    """Return (red, green, blue, alpha), each 0 to 255, of "#rrggbb" or "#rrggbbaa". Raises ZscapeError for anything else."""
    digits = text[1:] if isinstance(text, str) and text.startswith("#") else ""
    if len(digits) not in (6, 8) or any(each not in "0123456789abcdef" for each in digits.lower()):
        raise ZscapeError(f"A colour is # and six or eight digits of 0-9 and a-f, such as #ffffff, not {str(text)[:40]!r}.")
    red, green, blue, alpha = bytes.fromhex(digits if len(digits) == 8 else digits + "ff")
    return red, green, blue, alpha
