"""Layout of the pictures in a model's data: measured in training and stored in the model file."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Span = tuple[float, float, float]
"""(lowest, typical, highest)."""
SIZES = ("height", "longer")
ACROSS = ("middle x", "mass x")
DOWN = ("bottom", "middle y", "mass y")
MEASURES = (*SIZES, "width", "top", *ACROSS, *DOWN, "ground", "stroke")
"""Measures of the ink in a picture, as fractions of its height or width.

The height and width of the ink's bounding box (and the longer of the two, as a fraction of the picture's shorter side), the
places where the box begins and ends and of its middle, the ink's centre of mass, the fraction of the border without ink, and the
width of the strokes, as a fraction of the shorter side.
"""


@dataclass(frozen=True)
class Layout:
    """Where the ink of grey pictures is, and on which ground.

    ground, ink: their levels, 0 (black) to 1 (white). spans: for each of MEASURES, its typical value and the range that covers
    nearly all pictures. size, across, down: the measures that vary least among SIZES, ACROSS and DOWN; they are used to scale and
    place a glyph. For MNIST's digits: longer, mass x, mass y; for capital letters of fonts: height, middle x, bottom (the
    baseline).
    """

    ground: float
    ink: float
    spans: Mapping[str, Span]
    size: Literal["height", "longer"]
    across: Literal["middle x", "mass x"]
    down: Literal["bottom", "middle y", "mass y"]

    def __post_init__(self) -> None:
        numbers = [self.ground, self.ink, *(value for span in self.spans.values() for value in span)]
        whole = set(self.spans) == set(MEASURES) and all(math.isfinite(each) and 0 <= each <= 1 for each in numbers)
        if not whole or abs(self.ink - self.ground) < 0.1 or self.spans[self.size][1] <= 0:
            raise ValueError("the layout of the pictures contradicts itself")

    def __hash__(self) -> int:
        return hash((self.ground, self.ink, tuple(sorted(self.spans.items())), self.size, self.across, self.down))
