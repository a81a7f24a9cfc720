"""How the pictures of a model's data are laid out: measured when it is trained, written in its file."""

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
"""Of the ink of a picture, as shares of its height or width: how high and wide its box is (and the longer of both, of the shorter
side), where its box begins, ends and has its middle, where its centre of mass is; the share of the border without ink; and
how wide the strokes are, of the shorter side."""


@dataclass(frozen=True)
class Layout:
    """Where the ink of grey pictures is, and on what ground.

    ground, ink: their levels, 0 (black) to 1 (white). spans: for each of MEASURES its typical value and the range of nearly all
    pictures. size, across, down: the measures that vary least among those of SIZES, ACROSS and DOWN: by them a glyph is scaled
    and placed. MNIST's digits: longer, mass x, mass y; capital letters of fonts: height, middle x, bottom (the baseline).
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
