"""Pixel values of any number type as grey levels 0..255, the range told from the values."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

WHITES = (1, 255, 4095, 65_535)
"""White in whole numbers: of masks, of 8, 12 and 16 bits; the smallest that no value exceeds is taken. No more than these, so
that the pictures of one set, of which some are darker than others, have the same range."""
AT_ONCE = 1 << 20
"""Values that are scaled together: as float64 all those of a data set would take eight times its memory."""
TOLERANCE = 0.05
"""How far floats may lie outside 0..1 or -1..1, as resampling leaves them."""


def to_levels(values: NDArray[Any], strict: bool = True) -> NDArray[np.uint8]:
    """`values` (any shape, at least one) as uint8 of the same shape.

    Booleans and whole numbers: black is 0, white the smallest of WHITES that no value exceeds. Floats: 0..1, -1..1 (where some
    are below 0), 0..255 or 0..65535. strict: raise ValueError, with the values' range, for anything else (below 0, not
    finite, floats up to 2, which are of no such range); otherwise NaN is black, and what lies outside the range is cut off.
    """
    if values.dtype.kind not in "buif":
        raise ValueError(f"are of type {values.dtype}")
    if values.dtype.kind == "f" and not np.isfinite(values).all():
        if strict:
            raise ValueError("are not all finite")
        values = np.nan_to_num(values, nan=0.0, posinf=float(np.nanmax(np.where(np.isfinite(values), values, 0))), neginf=0.0)
    lowest, highest = float(values.min()), float(values.max())
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
    """(black, white) of values of dtype kind b, u, i or f from `lowest` to `highest`."""
    if kind == "f" and -1 - TOLERANCE <= lowest < -TOLERANCE and highest <= 1 + TOLERANCE:
        return -1, 1
    low = lowest < (-TOLERANCE if kind == "f" else 0)
    between = kind == "f" and 1 + TOLERANCE < highest <= 2
    whites = (1 + TOLERANCE, 255, 65_535) if kind == "f" else WHITES
    white = next((white for white in whites if highest <= white), None)
    if strict and (low or between or white is None):
        raise ValueError(f"run from {lowest:g} to {highest:g}")
    if white is None:
        return 0, highest
    return 0, 1 if white == 1 + TOLERANCE else white
