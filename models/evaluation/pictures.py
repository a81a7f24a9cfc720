"""Measures of pixel values, and of the variety within a class."""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from zscape.models.progress import Progress, Work

Floats = NDArray[np.float64]
BINS = 100
CHUNK = 2000
"""Number of pictures whose pixels are counted together: about 20 ms of work."""
PAIRED = 400
"""Maximum number of members of a class whose pairwise distances are computed."""


def histogram(images: NDArray[np.uint8]) -> Work[Floats]:
    """Return the fraction of the pixels in each of 100 bins of equal width over 0..255: float64 [100], summing to 1."""
    levels = np.zeros(256, np.int64)
    for start in range(0, len(images), CHUNK):
        levels += np.bincount(images[start : start + CHUNK].ravel(), minlength=256)
        yield Progress(min(start + CHUNK, len(images)), len(images), "Counting pixels")
    shares: Floats = np.bincount(np.minimum(np.arange(256) * BINS // 255, BINS - 1), levels) / images.size
    return shares


def pixels(images: NDArray[np.uint8]) -> Work[Tensor]:
    """Convert images uint8 [N, H, W, C] to points: float32 [N, H W C], 0..1."""
    points = torch.empty(len(images), images[0].size)
    for start in range(0, len(images), CHUNK):
        some = slice(start, start + CHUNK)
        torch.div(torch.tensor(images[some]).flatten(1), 255, out=points[some])
        yield Progress(min(start + CHUNK, len(images)), len(images), "Reading pixels")
    return points


def chi_square(p: Floats, q: Floats) -> float:
    """Return the sum over bins of (p - q)^2 / (p + q) of two histograms [B] that sum to 1: 0 if equal, 2 if disjoint.

    Twice the value shown during training (`training.losses.chi_square`, which has the factor 1/2 of a distance up to 1).
    """
    both = p + q
    return float(((p - q) ** 2 / np.where(both > 0, both, 1)).sum())


def variety(a: Tensor, a_labels: NDArray[np.int64], b: Tensor, b_labels: NDArray[np.int64]) -> Work[dict[int, float]]:
    """Return for each class in both the mean distance between two members in a [N, D] divided by that in b [M, D].

    1: as varied as b; towards 0: mode collapse within the class. The idea is that of A. Odena, C. Olah, J. Shlens, "Conditional
    Image Synthesis with Auxiliary Classifier GANs" (2017), section 4.2, with distances instead of MS-SSIM. Classes with fewer
    than two members, or whose members are all equal in b, are left out.
    """
    classes = sorted(set(a_labels.tolist()) & set(b_labels.tolist()))
    ratios = {}
    for done, label in enumerate(classes, 1):
        ours, theirs = (torch.from_numpy(np.flatnonzero(labels == label)[:PAIRED]) for labels in (a_labels, b_labels))
        if min(len(ours), len(theirs)) > 1 and (real := float(torch.pdist(b[theirs]).mean())) > 0:
            ratios[label] = float(torch.pdist(a[ours]).mean()) / real
        yield Progress(done, len(classes), "Comparing variety")
    return ratios
