"""Converts pixel values of any number type to grey levels 0..255, with the range detected from the values."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

WHITES = (1, 255, 4095, 65_535)
"""White levels for whole numbers: of masks, of 8, 12 and 16 bits; the smallest that no value exceeds is used.

There are only these, so that all pictures of a set have the same range even if some are darker.
"""
AT_ONCE = 1 << 20
"""Values that are scaled at a time: as float64, those of a whole data set would take eight times its memory."""
TOLERANCE = 0.05
"""How far floats may lie outside 0..1 or -1..1, as after resampling."""


def to_levels(values: NDArray[Any], strict: bool = True, within: tuple[float, float] | None = None) -> NDArray[np.uint8]:
    """Convert `values` (any shape, not empty) to uint8 of the same shape.

    Booleans and whole numbers: black is 0, white the smallest of WHITES that no value exceeds. Floats: 0..1, -1..1 (if some are
    below 0), 0..255 or 0..65535. strict: raise ValueError, with the values' range, for anything else (below 0, not finite, or
    floats up to 2, which fit no such range); otherwise NaN becomes black, and values outside the range are clipped. within: the
    lowest and the highest value of a set of pictures of which these are one, from which the range is then taken.
    """
    if values.dtype.kind not in "buif":
        raise ValueError(f"are of type {values.dtype}")
    if values.dtype.kind == "f" and not np.isfinite(values).all():
        if strict:
            raise ValueError("are not all finite")
        values = np.nan_to_num(values, nan=0.0, posinf=float(np.nanmax(np.where(np.isfinite(values), values, 0))), neginf=0.0)
    lowest, highest = within or (float(values.min()), float(values.max()))
    if values.dtype == np.uint8 and highest > 1:
        return values.astype(np.uint8, copy=False)
    black, white = _range(values.dtype.kind, lowest, highest, strict)
    flat = values.reshape(-1)
    levels = np.empty(flat.shape, np.uint8)
    for start in range(0, len(flat), AT_ONCE):
        scaled = (flat[start : start + AT_ONCE].astype(np.float64) - black) / (white - black)
        levels[start : start + AT_ONCE] = np.rint(np.clip(scaled, 0, 1) * 255)
    return levels.reshape(values.shape)


def _range(kind: str, lowest: float, highest: float, strict: bool) -> tuple[float, float]:
    """Return (black, white) for values of dtype kind b, u, i or f from `lowest` to `highest`."""
    if kind == "f" and -1 - TOLERANCE <= lowest < -TOLERANCE and highest <= 1 + TOLERANCE:
        return -1, 1
    if kind == "f" and not strict and highest <= 2:
        return (-1 if lowest < -TOLERANCE else 0), 1
    low = lowest < (-TOLERANCE if kind == "f" else 0)
    between = kind == "f" and 1 + TOLERANCE < highest <= 2
    whites = (1 + TOLERANCE, 255, 65_535) if kind == "f" else WHITES
    white = next((white for white in whites if highest <= white), None)
    if strict and (low or between or white is None):
        raise ValueError(f"run from {lowest:g} to {highest:g}")
    if white is None:
        return 0, highest
    return 0, 1 if white == 1 + TOLERANCE else white
