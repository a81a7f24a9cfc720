"""What is least, greatest or commonest in the square around every pixel.

Pillow's filters give the same, but sort the whole square for every pixel; torch's pooling along rows, then columns, takes a
fraction of that.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Levels = NDArray[np.uint8]


def least_around(levels: Levels, side: int) -> Levels:
    """Return, for every pixel of uint8 [H, W], the least level in the square of `side` (odd) pixels around it."""
    return 255 - most_around(255 - levels, side)


def most_around(levels: Levels, side: int) -> Levels:
    """Return, for every pixel of uint8 [H, W], the greatest level in the square of `side` (odd) pixels around it."""
    import torch
    from torch.nn.functional import max_pool2d

    maps, half = torch.from_numpy(np.ascontiguousarray(levels, np.float32))[None], side // 2
    most = max_pool2d(max_pool2d(maps, (side, 1), 1, (half, 0)), (1, side), 1, (0, half))
    return most[0].numpy().astype(np.uint8)


def common_around(mask: NDArray[np.bool_], side: int) -> NDArray[np.bool_]:
    """Return, for every pixel of [H, W], whether most of the square of `side` (odd) pixels around it is set.

    Beyond the edge of the picture, its edge is repeated.
    """
    import torch
    from torch.nn.functional import avg_pool2d

    maps = torch.from_numpy(np.pad(mask, side // 2, mode="edge").astype(np.float32))[None]
    shares = avg_pool2d(avg_pool2d(maps, (side, 1), 1), (1, side), 1)
    return (shares[0] > 0.5).numpy()
