"""What is round the subject of pictures, and so what goes on where there is none."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Colour = tuple[int, int, int]
"""Red, green, blue, 0 to 255."""
MOST = 256
"""Pictures that are looked at."""


def ground_of(pictures: NDArray[np.uint8]) -> Colour:
    """(red, green, blue) of what is round a picture uint8 [H, W, 1 or 3], or several [N, H, W, 1 or 3] in common: the median
    along the upper half of their edges, since faces have shoulders. Of what pads a film or a sheet, and of the places of a sheet
    without a picture, this is the colour; of no picture it is black.
    """
    if not pictures.size:
        return 0, 0, 0
    some = pictures.reshape(-1, *pictures.shape[-3:])[:MOST]
    half = -(-some.shape[1] // 2)
    edges = [some[:, 0], some[:, :half, 0], some[:, :half, -1]]
    middle = np.median(np.concatenate([each.reshape(-1, some.shape[3]) for each in edges]), axis=0)
    red, green, blue = np.broadcast_to(middle.astype(int), 3).tolist()
    return red, green, blue
