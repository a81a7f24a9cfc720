"""Lays out many pictures in one."""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import as_strided
from numpy.typing import NDArray

from zscape.models.media.preparing.surround import Colour, ground_of

Images = NDArray[np.uint8]


def grid(
    images: Images,
    rows: int,
    columns: int,
    gap: int = 0,
    background: int | Colour | None = None,
    out: Images | None = None,
) -> Images:
    """Lay out images [N, H, W, 1 or 3], N <= rows*columns, row by row, with `gap` pixels of `background` between them.

    background: a grey level, a colour, or None for the surrounding colour of the pictures (`ground_of`). Returns uint8 [rows*H +
    (rows-1)*gap, columns*W + (columns-1)*gap, 3]; places without an image are background. out: an array of that shape to write
    into and return, so that drawing frame after frame allocates nothing.
    """
    return _lay(images, rows, columns, gap, background, 3, out)


def bgra(images: Images, rows: int, columns: int) -> Images:
    """Lay out without gaps as uint8 [rows*H, columns*W, 4]: blue, green, red, 255, the bytes of 32-bit screen pixels."""
    sheet = _lay(images[..., ::-1], rows, columns, 0, None, 4, None)
    sheet[..., 3] = 255
    return sheet


class Sheets:
    """Lays out the sheets of a film one after another; places without an image keep the background of the first sheet."""

    def __init__(self) -> None:
        self._ground: Colour | None = None

    def __call__(self, images: Images, rows: int, columns: int) -> Images:
        """Lay out as `grid` does, without gaps."""
        if self._ground is None and len(images) < rows * columns:
            self._ground = ground_of(images)
        return grid(images, rows, columns, background=self._ground)


def _lay(
    images: Images, rows: int, columns: int, gap: int, background: int | Colour | None, depth: int, out: Images | None
) -> Images:
    count, height, width, channels = images.shape
    if count > rows * columns:
        raise ValueError(f"{count} images do not fit {rows} x {columns} places")
    shape = (rows * (height + gap) - gap, columns * (width + gap) - gap, depth)
    if out is None:
        out = np.empty(shape, np.uint8)
    elif out.shape != shape or out.dtype != np.uint8:
        raise ValueError(f"out must be uint8 {shape}, not {out.dtype} {out.shape}")
    if gap or count < rows * columns:
        out[..., :3] = ground_of(images) if background is None else background
    down, across, byte = out.strides
    # [rows, columns, H, W, depth]: a view of every tile in `out` without the gaps, so that one assignment fills them all
    tiles = as_strided(
        out, (rows, columns, height, width, depth), ((height + gap) * down, (width + gap) * across, down, across, byte)
    )
    full, rest = divmod(count, columns)
    for channel in range(min(depth, 3)):  # one channel at a time: numpy copies long rows fast and many triples slowly
        source = images[..., channel if channels == 3 else 0]  # [N, H, W]
        tiles[:full, ..., channel] = source[: full * columns].reshape(full, columns, height, width)
        if rest:
            tiles[full, :rest, ..., channel] = source[full * columns :]
    return out
