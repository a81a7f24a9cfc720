"""The difference of two pictures, pixel by pixel, and as a heat map."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

HEAT = np.array(
    [
        (0, 0, 4), (27, 12, 66), (75, 12, 107), (120, 28, 109), (165, 44, 96),
        (207, 68, 70), (237, 105, 37), (251, 154, 6), (247, 208, 60), (252, 255, 164),
    ],
    np.float32,
)  # fmt: skip
"""Colours of matplotlib's colour map "inferno" (CC0) in nine even steps: the larger the value, the brighter."""


def difference(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Return the absolute difference, averaged over channels: uint8 [N, H, W, C] twice -> float32 [N, H, W], 0 (same) to 1.

    A grey picture is compared with a colour one as if it had three equal channels. Raises ValueError for different sizes.
    """
    if one.shape[:3] != other.shape[:3]:
        raise ValueError(f"pictures of {one.shape} and {other.shape} have no difference")
    apart: NDArray[np.float32] = np.abs(one.astype(np.float32) - other.astype(np.float32)).mean(axis=3) / 255
    return apart


def heat(values: NDArray[np.float32], gain: float = 1.0) -> NDArray[np.uint8]:
    """Convert `values` [...] from 0 to 1, times `gain`, to colours uint8 [..., 3]; results above 1 get the last colour."""
    colours: NDArray[np.uint8] = _table()[np.clip(values * gain * 255, 0, 255).round().astype(np.uint8)]
    return colours


@cache
def _table() -> NDArray[np.uint8]:
    """Return the colours of 256 values: uint8 [256, 3]."""
    places = np.linspace(0, 1, len(HEAT))
    steps = np.linspace(0, 1, 256)
    return np.stack([np.interp(steps, places, HEAT[:, channel]) for channel in range(3)], axis=1).round().astype(np.uint8)
