"""One palette of 256 colours for a whole film: colours that change from frame to frame would flicker."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Frame = NDArray[np.uint8]
Dither = Literal["none", "ordered", "diffusion"]
DITHERS: tuple[Dither, ...] = ("none", "ordered", "diffusion")
"""Nearest colour; a fixed pattern that does not move (Bayer, 1973); error diffusion (Floyd and Steinberg, 1976)."""

COLOURS = 256
BITS = 6
"""Bits per channel to which colours are counted, and looked up if there are more than a palette holds."""
SAMPLES = 1 << 19
"""Number of pixels sampled to choose the palette."""
CHUNK = 1 << 14


class ColourCount:
    """Counts the colours of a film, frame by frame."""

    def __init__(self) -> None:
        self._seen = np.zeros(1 << 24, np.bool_)
        self._counts = np.zeros(1 << 3 * BITS, np.int64)

    def add(self, frame: Frame) -> None:
        """Count the pixels of a frame uint8 [H, W, 3]."""
        self._seen[_packed(frame)] = True
        self._counts += np.bincount(_bins(frame).reshape(-1), minlength=len(self._counts))

    def palette(self) -> FilmPalette:
        """Return the best 256 colours: those of the film if it has no more, otherwise by median cut (Heckbert, 1982)."""
        colours = np.flatnonzero(self._seen)
        if len(colours) <= COLOURS:
            return FilmPalette(np.stack([colours >> 16, colours >> 8 & 255, colours & 255], 1).astype(np.uint8), exact=True)
        used = np.flatnonzero(self._counts)
        shares = self._counts[used] / self._counts.sum()
        sample = np.repeat(used, np.maximum(1, (shares * SAMPLES).astype(np.int64)))
        row = Image.fromarray(_middles(sample)[None])
        reduced = row.quantize(COLOURS, Image.Quantize.MEDIANCUT, kmeans=1, dither=Image.Dither.NONE)
        return FilmPalette(np.array(reduced.getpalette(), np.uint8).reshape(-1, 3)[:COLOURS], exact=False)


class FilmPalette:
    """A palette. colours: uint8 [up to 256, 3]. exact: whether the film has no other colours."""

    def __init__(self, colours: NDArray[np.uint8], exact: bool) -> None:
        self.colours = colours
        self.exact = exact
        self._table = self._exact_table() if exact else self._nearest_table()
        image = Image.new("P", (1, 1))
        image.putpalette(colours.tobytes())
        self._image = image
        apart = ((colours[:, None].astype(np.int32) - colours[None]) ** 2).sum(2)
        np.fill_diagonal(apart, 1 << 30)
        spread = 0.0 if len(colours) < 2 else float(np.clip(np.sqrt(apart.min(1)).mean(), 4, 48))
        self._pattern = (_bayer() * spread).round().astype(np.int16)

    def indices(self, frame: Frame, dither: Dither = "none") -> NDArray[np.uint8]:
        """Return the indices in `colours` for a frame uint8 [H, W, 3]: uint8 [H, W]. An exact palette needs no dithering."""
        if self.exact:
            return self._table[_packed(frame)]
        if dither == "diffusion":
            return np.asarray(Image.fromarray(frame).quantize(palette=self._image, dither=Image.Dither.FLOYDSTEINBERG))
        if dither == "ordered":
            height, width = frame.shape[:2]
            pattern = np.tile(self._pattern, (-(-height // 8), -(-width // 8)))[:height, :width, None]
            frame = np.clip(frame + pattern, 0, 255).astype(np.uint8)
        return self._table[_bins(frame)]

    def _exact_table(self) -> NDArray[np.uint8]:
        table = np.zeros(1 << 24, np.uint8)
        table[_packed(self.colours)] = np.arange(len(self.colours))
        return table

    def _nearest_table(self) -> NDArray[np.uint8]:
        """Return the index of the colour nearest to the middle of each bin."""
        table = np.empty(1 << 3 * BITS, np.uint8)
        colours = self.colours.astype(np.float32)
        squares = (colours**2).sum(1)
        for start in range(0, len(table), CHUNK):
            middles = _middles(np.arange(start, start + CHUNK)).astype(np.float32)
            table[start : start + CHUNK] = (squares - 2 * middles @ colours.T).argmin(1)
        return table


def _packed(colours: NDArray[np.uint8]) -> NDArray[np.int32]:
    wide = colours.astype(np.int32)
    packed: NDArray[np.int32] = wide[..., 0] << 16 | wide[..., 1] << 8 | wide[..., 2]
    return packed


def _bins(colours: NDArray[np.uint8]) -> NDArray[np.int32]:
    wide = (colours >> (8 - BITS)).astype(np.int32)
    bins: NDArray[np.int32] = wide[..., 0] << 2 * BITS | wide[..., 1] << BITS | wide[..., 2]
    return bins


def _middles(bins: NDArray[np.int64]) -> NDArray[np.uint8]:
    """Return the colours [N, 3] in the middle of bins [N]; the darkest and the brightest bin stand for black and white."""
    parts = np.stack([bins >> 2 * BITS, bins >> BITS & (1 << BITS) - 1, bins & (1 << BITS) - 1], 1)
    return (parts * 255 / ((1 << BITS) - 1)).round().astype(np.uint8)


def _bayer() -> NDArray[np.float64]:
    """Return thresholds [8, 8] between -0.5 and 0.5, all different."""
    matrix = np.zeros((1, 1))
    for _ in range(3):
        matrix = np.block([[4 * matrix, 4 * matrix + 2], [4 * matrix + 3, 4 * matrix + 1]])
    return (matrix + 0.5) / 64 - 0.5
