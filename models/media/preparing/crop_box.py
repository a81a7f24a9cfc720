"""A crop box on a picture: a rectangle that can be moved, scaled and rotated."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from zscape.models.errors import ZscapeError

SMALLEST = 4.0
"""Minimum length in pixels of the shorter side of a box."""


@dataclass(frozen=True)
class CropBox:
    """A rectangle on a picture, in the picture's pixels, y downwards.

    x, y: its centre. width, height: its sides. angle: clockwise rotation in degrees. Raises ZscapeError for numbers that are not
    finite, and sides that are not above 0.
    """

    x: float
    y: float
    width: float
    height: float
    angle: float = 0.0

    def __post_init__(self) -> None:
        numbers = (self.x, self.y, self.width, self.height, self.angle)
        if not all(map(math.isfinite, numbers)) or min(self.width, self.height) <= 0:
            raise ZscapeError("A crop box needs finite numbers, and sides above 0.")

    def corners(self) -> list[tuple[float, float]]:
        """Return (x, y) of the top left, top right, bottom right and bottom left corners, as seen upright."""
        return [self.place(across, down) for across, down in ((-1, -1), (1, -1), (1, 1), (-1, 1))]

    def place(self, across: float, down: float) -> tuple[float, float]:
        """Return (x, y) of a place given from the box's centre, in half sides along the box's own axes."""
        turn = math.radians(self.angle)
        right, below = across * self.width / 2, down * self.height / 2
        return (
            self.x + right * math.cos(turn) - below * math.sin(turn),
            self.y + right * math.sin(turn) + below * math.cos(turn),
        )

    def scaled(self, factor: float) -> CropBox:
        """Return the same box on the picture enlarged by `factor`."""
        return CropBox(self.x * factor, self.y * factor, self.width * factor, self.height * factor, self.angle)

    def within(self, width: float, height: float) -> CropBox:
        """Return the nearest box centred on a picture of width x height, with sides from SMALLEST to the picture's diagonal."""
        most = max(math.hypot(width, height), SMALLEST)
        return replace(
            self,
            x=min(max(self.x, 0.0), float(width)),
            y=min(max(self.y, 0.0), float(height)),
            width=min(max(self.width, SMALLEST), most),
            height=min(max(self.height, SMALLEST), most),
            angle=(self.angle + 180) % 360 - 180,
        )


def whole(width: float, height: float) -> CropBox:
    """Return the box of the whole picture."""
    return CropBox(width / 2, height / 2, width, height)


def centred(width: float, height: float, aspect: float) -> CropBox:
    """Return the largest upright box in the centre of a picture whose width is `aspect` times its height."""
    across = min(width, height * aspect)
    return CropBox(width / 2, height / 2, across, across / aspect)
