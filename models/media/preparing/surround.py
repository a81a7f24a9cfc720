"""The colour around the subject of pictures, which fills places without a picture."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Colour = tuple[int, int, int]
"""Red, green, blue, 0 to 255."""
MOST = 256
"""Maximum number of pictures examined."""


def ground_of(pictures: NDArray[np.uint8]) -> Colour:
    """Return (red, green, blue) of the surroundings in a picture uint8 [H, W, 1 or 3], or in several [N, H, W, 1 or 3] together.

    It is the median along the upper half of their edges, since faces have shoulders. It is used to pad films and sheets, and for
    places of a sheet without a picture; without pictures it is black.
    """
    if not pictures.size:
        return 0, 0, 0
    some = pictures.reshape(-1, *pictures.shape[-3:])[:MOST]
    half = -(-some.shape[1] // 2)
    edges = [some[:, 0], some[:, :half, 0], some[:, :half, -1]]
    middle = np.median(np.concatenate([each.reshape(-1, some.shape[3]) for each in edges]), axis=0)
    red, green, blue = np.broadcast_to(middle.astype(int), 3).tolist()
    return red, green, blue
