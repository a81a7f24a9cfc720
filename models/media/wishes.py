"""What the user paints over a picture: what must be there, what must not, and what may be anything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zscape.models.errors import ZscapeError

MUST, MUST_NOT, FREE, KEEP = "must", "must not", "free", "keep"
"""The brushes: this colour, anything but this colour, anything, and as it was (which removes paint)."""
BRUSHES = (MUST, MUST_NOT, FREE)
"""Brushes that leave paint, in the order of the weights."""
RIM = 0.5
"""Pixels over which paint fades beyond a brush's radius, so that strokes have smooth edges."""

Place = tuple[float, float]


@dataclass(frozen=True, eq=False)
class Wishes:
    """Paint over a picture.

    colours: uint8 [H, W, C], painted with MUST and MUST_NOT, 0 elsewhere. weights: uint8 [H, W, 3], how much of each of BRUSHES
    there is, together at most 255; the rest is to stay as it was.
    """

    colours: NDArray[np.uint8]
    weights: NDArray[np.uint8]

    def __post_init__(self) -> None:
        if self.weights.shape != (*self.colours.shape[:2], len(BRUSHES)):
            raise ZscapeError(f"Paint on {list(self.colours.shape[:2])} pixels has weights for {list(self.weights.shape[:2])}.")

    @staticmethod
    def none(height: int, width: int, channels: int) -> Wishes:
        """Return paint in which nothing is painted."""
        return Wishes(np.zeros((height, width, channels), np.uint8), np.zeros((height, width, len(BRUSHES)), np.uint8))

    @property
    def empty(self) -> bool:
        """Whether nothing is painted."""
        return not self.weights.any()

    def same(self, other: Wishes) -> bool:
        """Whether `other` has the same paint."""
        return np.array_equal(self.weights, other.weights) and np.array_equal(self.colours, other.colours)

    def weight(self, brush: str) -> NDArray[np.float32]:
        """Return how much of a brush is in each pixel, float32 [H, W] from 0 to 1."""
        weight: NDArray[np.float32] = (self.weights[..., BRUSHES.index(brush)] / np.float32(255)).astype(np.float32)
        return weight

    @property
    def painted(self) -> NDArray[np.float32]:
        """How much of any brush is in each pixel, float32 [H, W] from 0 to 1."""
        total = self.weights.sum(2, dtype=np.int64) / np.float32(255)
        painted: NDArray[np.float32] = np.minimum(total, 1).astype(np.float32)
        return painted

    def stroke(self, way: Sequence[Place], radius: float, brush: str, colour: Sequence[int] = ()) -> Wishes:
        """Return the paint with one more stroke.

        way: (x, y) of its corners in pixels, 0 being the left or upper edge; a single place is a dot. radius: in pixels. brush:
        one of BRUSHES, or KEEP. colour: C numbers from 0 to 255, for MUST and MUST_NOT.
        """
        return self.painted_by(_cover(self.colours.shape[:2], way, radius), brush, colour)

    def painted_by(self, cover: NDArray[np.float32], brush: str, colour: Sequence[int] | NDArray[np.uint8] = ()) -> Wishes:
        """Return the paint with `brush` added where `cover` [H, W] is above 0, in one colour [C] or one per pixel [H, W, C]."""
        share = cover[..., None]
        weights = self.weights * (1 - share)
        before = weights[..., :2].sum(2, keepdims=True)  # total weight of the brushes that have a colour
        if brush != KEEP:
            weights[..., BRUSHES.index(brush)] += 255 * cover
        colours = self.colours
        if brush in (MUST, MUST_NOT):
            new = np.broadcast_to(np.asarray(colour, np.float64), colours.shape)
            mixed = (before * colours + 255 * share * new) / np.maximum(before + 255 * share, 1e-6)
            colours = np.where(share > 0, np.clip(np.rint(mixed), 0, 255), colours).astype(np.uint8)
        weights = np.clip(np.floor(weights + 0.5), 0, 255).astype(np.uint8)
        colours = np.where(weights[..., :2].any(2, keepdims=True), colours, 0).astype(np.uint8)
        return Wishes(colours, weights)

    def resized(self, height: int, width: int, channels: int) -> Wishes:
        """Return the paint over a picture of another size, in grey or in colour."""
        from PIL import Image

        def scaled(plane: NDArray[np.uint8]) -> NDArray[np.uint8]:
            return np.asarray(Image.fromarray(plane).resize((width, height), Image.Resampling.BILINEAR))

        colours = self.colours if self.colours.shape[2] == 3 else self.colours.repeat(3, 2)
        if channels == 1:
            colours = np.asarray(Image.fromarray(colours).convert("L"))[..., None]
        planes = [np.stack([scaled(whole[..., k]) for k in range(whole.shape[2])], 2) for whole in (colours, self.weights)]
        return Wishes(planes[0], planes[1])


def _cover(size: tuple[int, ...], way: Sequence[Place], radius: float) -> NDArray[np.float32]:
    """Return how much of each pixel [H, W] a round brush covers on its path."""
    height, width = size
    y, x = np.mgrid[0:height, 0:width] + 0.5
    nearest = np.full((height, width), np.inf)
    for start, end in zip(way, [*way[1:], way[-1]], strict=True):
        along = np.subtract(end, start)
        length = float(along @ along)
        share = 0.0 if not length else np.clip(((x - start[0]) * along[0] + (y - start[1]) * along[1]) / length, 0, 1)
        nearest = np.minimum(nearest, np.hypot(x - start[0] - share * along[0], y - start[1] - share * along[1]))
    return np.clip((radius + RIM - nearest) / (2 * RIM), 0, 1).astype(np.float32)
