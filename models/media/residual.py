"""Transfers what a photograph has beyond its reconstruction to the edited picture.

A. Brock et al., "Neural Photo Editing with Introspective Adversarial Networks" (2017), section 2.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from zscape.models.media.wishes import Wishes

SOFT = 1 / 40
"""Standard deviation of the blur at a mask's edge, as a fraction of the picture's side."""
SEEN, PLAIN = 0.06, 0.18
"""Change of a pixel, black to white being 1, at which an edit starts to show, and at which it shows fully."""

Mask = NDArray[np.float32]


def edited(
    photo: NDArray[np.uint8], before: NDArray[np.uint8], after: NDArray[np.uint8], wishes: Wishes, only_painted: bool
) -> NDArray[np.uint8]:
    """Apply the change from one picture of the model to another to the photograph: uint8 [H, W, C], like all three.

    before: the photograph's reconstruction. after: what the model draws once it agrees with `wishes`. Where the mask (see
    `mask_of`) is 0 the result is the photograph, bit for bit; where it is 1 it is `after`.
    """
    mask = mask_of(before, after, wishes, only_painted)[..., None]
    x, first, last = (image.astype(np.float32) for image in (photo, before, after))
    mixed = first + mask * (last - first) + (1 - mask) * (x - first)
    return np.clip(np.rint(mixed), 0, 255).astype(np.uint8)


def mask_of(before: NDArray[np.uint8], after: NDArray[np.uint8], wishes: Wishes, only_painted: bool) -> Mask:
    """Return where the edit shows, float32 [H, W] from 0 to 1: where something is painted or the model's picture has changed.

    only_painted: only where something is painted, and right beside it. If nothing is painted, nothing shows; if all paint is
    FREE, nothing shows beside it, since nothing else was asked for.
    """
    painted = wishes.painted
    if not painted.any():
        return np.zeros_like(painted)
    sigma = max(painted.shape) * SOFT
    touched = np.maximum(np.clip(2 * blurred(painted, sigma), 0, 1), painted)
    if only_painted or not wishes.weights[..., :2].any():
        return touched
    change = np.abs(after.astype(np.float32) - before).mean(2) / 255
    seen = np.clip((blurred(change, sigma) - SEEN) / (PLAIN - SEEN), 0, 1)
    mask: Mask = np.maximum(touched, seen).astype(np.float32)
    return mask


def blurred(plane: NDArray[np.float32], sigma: float) -> Mask:
    """Blur a plane [H, W] with a Gaussian of `sigma` pixels, truncated at three sigma; edges are extended."""
    reach = max(1, round(3 * sigma))
    kernel = np.exp(-0.5 * (np.arange(-reach, reach + 1) / sigma) ** 2)
    kernel /= kernel.sum()
    result = plane.astype(np.float64)
    for axis in (0, 1):
        padded = np.pad(result, [(reach, reach) if each == axis else (0, 0) for each in (0, 1)], mode="edge")
        windows = np.lib.stride_tricks.sliding_window_view(padded, len(kernel), axis)
        result = windows @ kernel
    return result.astype(np.float32)


def filled(image: NDArray[np.uint8], known: Mask) -> NDArray[np.uint8]:
    """Fill what is not `known` [H, W] (0 to 1) in `image` uint8 [H, W, C] by smooth continuation of what is.

    By averages over ever larger squares (pull-push: S. Gortler et al., "The Lumigraph", 1996).
    """
    height, width = known.shape
    sums, weights = image.astype(np.float64) * known[..., None], known.astype(np.float64)
    levels = []
    while min(weights.shape) > 1 and (weights < 0.05).any():
        levels.append((sums, weights))
        pad = [(0, weights.shape[0] % 2), (0, weights.shape[1] % 2)]
        sums = _halved(np.pad(sums, [*pad, (0, 0)]))
        weights = _halved(np.pad(weights, pad)[..., None])[..., 0]
    mean = sums / np.maximum(weights, 1e-9)[..., None]
    for fine, share in reversed(levels):
        coarse = mean.repeat(2, 0).repeat(2, 1)[: share.shape[0], : share.shape[1]]
        weight = np.clip(share, 0, 1)[..., None]
        mean = weight * (fine / np.maximum(share, 1e-9)[..., None]) + (1 - weight) * coarse
    whole = known[..., None] * image + (1 - known[..., None]) * mean[:height, :width]
    return np.clip(np.rint(whole), 0, 255).astype(np.uint8)


def _halved(planes: NDArray[np.float64]) -> NDArray[np.float64]:
    height, width, count = planes.shape
    means: NDArray[np.float64] = planes.reshape(height // 2, 2, width // 2, 2, count).mean((1, 3))
    return means
