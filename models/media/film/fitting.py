"""Fits frames to exactly the requested size."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from zscape.models.errors import ZscapeError

Fit = Literal["pad", "fill", "stretch"]
LARGEST = 16384
BLACK = "#000000"


def size_of(text: str) -> tuple[int, int]:
    """Parse (width, height) from a text such as "512x512". Raises ZscapeError for anything else, and sides outside 1 to 16384."""
    width, _, height = text.lower().replace("×", "x").replace(" ", "").partition("x")
    if not (width.isascii() and width.isdigit() and height.isascii() and height.isdigit() and max(len(width), len(height)) < 7):
        raise ZscapeError(f"A size is width x height in pixels, such as 512x512, not {text[:40]!r}.")
    if not all(1 <= int(side) <= LARGEST for side in (width, height)):
        raise ZscapeError(f"{text}: each side of a frame has 1 to {LARGEST} pixels.")
    return int(width), int(height)


def colour_of(text: str) -> tuple[int, int, int]:
    """Parse (red, green, blue) from a text such as "#ff8000". Raises ZscapeError for anything else."""
    digits = text.strip().removeprefix("#")
    if len(digits) != 6 or any(each not in "0123456789abcdef" for each in digits.lower()):
        raise ZscapeError(f"A colour is # and six digits of 0-9 and a-f, such as #ff8000, not {text[:40]!r}.")
    red, green, blue = bytes.fromhex(digits)
    return red, green, blue


@dataclass(frozen=True)
class Fitting:
    """How frames are fitted to `size` (width, height) in pixels: see `fitted`."""

    size: tuple[int, int]
    fit: Fit = "pad"
    smooth: bool = False
    colour: tuple[int, int, int] = (0, 0, 0)

    def frame(self, frame: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """Fit a frame uint8 [H, W, 1 or 3] to the size: uint8 [height, width, 3]."""
        full = frame.repeat(3, axis=2) if frame.shape[2] == 1 else frame
        return fitted(full, self.size, self.fit, self.smooth, self.colour)


def fitted(
    frame: NDArray[np.uint8],
    size: tuple[int, int],
    fit: Fit = "pad",
    smooth: bool = False,
    colour: tuple[int, int, int] = (0, 0, 0),
) -> NDArray[np.uint8]:
    """Fit a frame uint8 [H, W, 3] to `size` (width, height): [height, width, 3].

    fit: "pad" shows all of it and fills the rest with `colour`; "fill" fills the whole size and crops both sides equally;
    "stretch" changes its proportions. smooth: enlarge with a Lanczos filter, otherwise by the nearest pixel; reducing always uses
    Lanczos.
    """
    width, height = size
    rows, columns = frame.shape[:2]
    if (columns, rows) == size:
        return frame
    scales = width / columns, height / rows
    scale = min(scales) if fit == "pad" else max(scales)
    inner = size if fit == "stretch" else (max(1, round(columns * scale)), max(1, round(rows * scale)))
    smaller = inner[0] < columns or inner[1] < rows
    resample = Image.Resampling.LANCZOS if smooth or smaller else Image.Resampling.NEAREST
    picture = np.asarray(Image.fromarray(frame).resize(inner, resample))
    left, top = (width - inner[0]) // 2, (height - inner[1]) // 2
    if fit == "fill":
        return np.ascontiguousarray(picture[-top : -top + height, -left : -left + width])
    canvas = np.empty((height, width, 3), np.uint8)
    canvas[...] = colour
    canvas[top : top + inner[1], left : left + inner[0]] = picture
    return canvas
