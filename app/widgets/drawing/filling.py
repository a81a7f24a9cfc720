"""Flood fill: recolours a connected area of one colour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QImage

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

NEAR = 40
"""The largest difference in a channel from the clicked pixel for which a pixel counts as the same colour."""

RIM = 2
"""The pixels of a soft edge that are filled too."""


def filled(paper: QImage, x: int, y: int, ink: QColor) -> QImage:
    """`paper` (RGB32) with the area that is connected to (x, y) and has its colour filled with `ink`, also at the soft rim."""
    import numpy as np

    pixels = _pixels(paper)
    height, width = pixels.shape[:2]
    x, y = min(max(x, 0), width - 1), min(max(y, 0), height - 1)
    like = (np.abs(pixels[..., :3].astype(np.int16) - pixels[y, x, :3].astype(np.int16)) <= NEAR).all(axis=2)
    region = np.zeros_like(like)
    region[y, x] = True
    count = 0
    while (found := int(region.sum())) != count:
        count = found
        for _ in range(8):
            region = _grown(region) & like
    for _ in range(RIM):
        region = _grown(region)
    pixels[region, :3] = ink.blue(), ink.green(), ink.red()
    return _image(pixels)


def recoloured(paper: QImage, before: QColor, after: QColor) -> QImage:
    """`paper` (RGB32) with every pixel of exactly the colour `before` changed to `after`."""
    pixels = _pixels(paper)
    pixels[(pixels[..., :3] == (before.blue(), before.green(), before.red())).all(axis=2), :3] = (
        after.blue(),
        after.green(),
        after.red(),
    )
    return _image(pixels)


def _grown(region: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The region plus its neighbours above, below, left and right."""
    grown = region.copy()
    grown[1:] |= region[:-1]
    grown[:-1] |= region[1:]
    grown[:, 1:] |= region[:, :-1]
    grown[:, :-1] |= region[:, 1:]
    return grown


def _pixels(paper: QImage) -> NDArray[np.uint8]:
    """A copy as uint8 [H, W, 4]: blue, green, red and 255."""
    import numpy as np

    flat = np.frombuffer(paper.constBits(), np.uint8).reshape(paper.height(), paper.bytesPerLine() // 4, 4)
    return flat[:, : paper.width()].copy()


def _image(pixels: NDArray[np.uint8]) -> QImage:
    height, width = pixels.shape[:2]
    return QImage(pixels.tobytes(), width, height, width * 4, QImage.Format.Format_RGB32).copy()
