"""The scene: everything of a session that undo can take back and a file can keep, in plain values.

Imports nothing heavy, so that the window has one before numpy and torch are loaded.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from zscape.models.inputs.recipe import Recipe

DEFAULT_POINT = Recipe(seeds=((51, 1.0),))
"""What a newcomer sees first: an upright hand, all ten digits of which read well in the bundled model."""
DEFAULT_TARGET = Recipe(seeds=((15, 1.0),))
"""A wide hand, so that the first style sweep has a way to go."""


@dataclass(frozen=True)
class Picture:
    """An image a person gave, ready for the encoder: `pixels` are height * width * channels bytes in reading order."""

    height: int
    width: int
    channels: int
    pixels: bytes

    def __post_init__(self) -> None:
        if len(self.pixels) != self.height * self.width * self.channels:
            raise ValueError(f"{len(self.pixels)} bytes for {self.height} x {self.width} x {self.channels} pixels")


@dataclass(frozen=True)
class Restyle:
    """A picture a person gave and what the encoder made of it.

    label: its class if the person said so, None to have it found. refine: steps of optimising z after the encoder.
    found: where the encoder found it, None until it has. mse: of the reconstruction, pixels 0..1. keep_style: whether it was
    refined within its style.
    """

    picture: Picture
    label: int | None = None
    refine: int = 0
    found: Recipe | None = None
    mse: float | None = None
    keep_style: bool = True


@dataclass(frozen=True)
class Scene:
    """What is being looked at.

    point: the current point, which the panels edit and every view starts from. target: the far end of the style sweep.
    a, b, c: the operands of A - B + C, None where the person has not filled one (the current point stands in).
    shelf: the kept points. columns: tiles between one class or style and the next. way: how a style sweep goes.
    keep_norm: arithmetic keeps the lengths of its operands. restyle: the picture in the restyle view, if any.
    """

    point: Recipe = DEFAULT_POINT
    target: Recipe = DEFAULT_TARGET
    a: Recipe | None = None
    b: Recipe | None = None
    c: Recipe | None = None
    shelf: tuple[Recipe, ...] = ()
    columns: int = 10
    way: Literal["slerp", "lerp"] = "slerp"
    keep_norm: bool = True
    restyle: Restyle | None = None
