"""Colours for the points of a map."""

from __future__ import annotations

import colorsys

import numpy as np
from numpy.typing import NDArray

Colours = NDArray[np.uint32]
"""0xAARRGGBB, as in QImage's ARGB32."""
CLASSES = (0x4C8DFF, 0xF28E2B, 0x3FB37F, 0xE5484D, 0xA66BD4, 0x9C755F, 0xE874B8, 0x8A8F98, 0xB5A82B, 0x21B5C4)
"""Ten colours that can be distinguished on light and on dark ground."""
STOPS = (0x3B2F8F, 0x2F6DB5, 0x25A18E, 0x8CC63F, 0xF7D13D)
"""From small to large values."""


def rgb(colours: Colours) -> NDArray[np.uint8]:
    """Return the red, green and blue of colours [...]: uint8 [..., 3]."""
    return np.stack([colours >> np.uint32(shift) & np.uint32(255) for shift in (16, 8, 0)], -1).astype(np.uint8)


def class_colours(count: int) -> Colours:
    """Return a colour for each of `count` classes: uint32 [count]."""
    if count <= len(CLASSES):
        return np.array(CLASSES[: max(count, 1)], np.uint32) | np.uint32(0xFF000000)
    found = []
    for place in range(count):
        shade = colorsys.hls_to_rgb(place / count, (0.58, 0.45, 0.68)[place % 3], 0.62)
        found.append(sum(round(255 * part) << shift for part, shift in zip(shade, (16, 8, 0), strict=True)))
    return np.array(found, np.uint32) | np.uint32(0xFF000000)


def shades(values: NDArray[np.float64] | NDArray[np.float32]) -> Colours:
    """Return a colour for each of values [N]; values outside `span` get the colour of the nearer end."""
    low, high = span(values)
    share = np.clip((np.asarray(values, np.float64) - low) / max(high - low, 1e-12), 0, 1)
    stops = rgb(np.array(STOPS, np.uint32)).astype(np.float64)
    place = np.arange(len(STOPS)) / (len(STOPS) - 1)
    red, green, blue = (np.interp(share, place, stops[:, part]).astype(np.uint32) for part in range(3))
    found: Colours = np.uint32(0xFF000000) | red << np.uint32(16) | green << np.uint32(8) | blue
    return found


def span(values: NDArray[np.float64] | NDArray[np.float32]) -> tuple[float, float]:
    """Return (lowest, highest) of the colour scale for `values` [N]: 2 % of them lie below, 2 % above."""
    low, high = np.percentile(values, (2, 98))
    return float(low), float(high)
