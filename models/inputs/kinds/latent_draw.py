"""Draws the latent of a seed."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from zscape.models.inputs.base import stream

if TYPE_CHECKING:
    from zscape.models.inputs.base import Floats


@lru_cache(maxsize=256)  # seeding costs half a millisecond, and a drag asks for the same seed at every mouse move
def draw(name: str, seed: int, size: int) -> Floats:
    """Return the draw of `seed` for the latent `name`: float32 [size] from N(0, I), read-only."""
    import numpy as np

    z = stream(name, seed).standard_normal(size).astype(np.float32)
    z.flags.writeable = False
    return z
