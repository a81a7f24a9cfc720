"""Interpolation between two latents, and weighted sums of several."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


def lerp(start: Floats, end: Floats, t: Floats) -> Floats:
    """Interpolate linearly: start, end float32 [Z], t float32 [N] (0 is start, 1 is end) -> float32 [N, Z].

    Half-way between two Gaussian draws the result is shorter than either by a factor of about sqrt(2), in a region on which the
    generator was seldom trained (White 2016, section 2.1).
    """
    t = np.asarray(t, np.float32)[:, None]
    return np.asarray((1 - t) * start + t * end, np.float32)


def slerp(start: Floats, end: Floats, t: Floats) -> Floats:
    """Interpolate along the great circle: start, end float32 [Z], t float32 [N] -> float32 [N, Z].

    sin((1-t) w) / sin(w) start + sin(t w) / sin(w) end, w the angle between them (Shoemake 1985; White 2016, "Sampling Generative
    Networks", section 2.1). If the angle is too near 0 or 180 degrees, or a vector is zero, this is not defined and the result is
    that of `lerp`.
    """
    a, b = np.asarray(start, np.float64), np.asarray(end, np.float64)
    norms = float(np.linalg.norm(a) * np.linalg.norm(b))
    if norms == 0.0:
        return lerp(start, end, t)
    angle = float(np.arccos(np.clip(a @ b / norms, -1.0, 1.0)))
    if np.sin(angle) < 1e-6:
        return lerp(start, end, t)
    steps = np.asarray(t, np.float64)[:, None]
    mixed = np.sin((1 - steps) * angle) * a + np.sin(steps * angle) * b
    return np.asarray(mixed / np.sin(angle), np.float32)


WAYS = {"slerp": slerp, "lerp": lerp}
"""Interpolation functions by name."""


def sums(latents: Floats, weights: Floats, keep_norm: bool) -> Floats:
    """Return sums of latents float32 [R, Z] by weights [N, R]: float32 [N, Z] (Radford 2016, section 6.3.2, "vector arithmetic").

    keep_norm: scale each sum to the weighted sum of the lengths if that is large enough, otherwise to the mean length, because
    the sum of independent draws is longer than a draw from the prior.
    """
    z = np.asarray(latents, np.float64)
    mixed = weights @ z
    if keep_norm:
        norms = np.linalg.norm(z, axis=1)
        wanted = np.where(weights @ norms > norms.min() / 2, weights @ norms, norms.mean())
        lengths = np.linalg.norm(mixed, axis=1)
        mixed *= np.divide(wanted, lengths, out=np.ones_like(lengths), where=lengths > 1e-6)[:, None]
    return np.asarray(mixed, np.float32)
