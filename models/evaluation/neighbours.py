"""Measures based on nearest neighbours, with all pairs compared in blocks."""

from __future__ import annotations

from collections.abc import Generator

import torch
from torch import Tensor

from zscape.models.progress import Progress

PRODUCTS = 10**9
"""Multiplications per block: about 50 ms of work on one core."""
NEIGHBOURS = 3
"""k of precision and recall, as in the paper's experiments."""


def blocks(points: Tensor, others: Tensor, label: str) -> Generator[Progress | tuple[slice, Tensor], None, None]:
    """Yield the squared distances from each of points [N, D] to all of others [M, D], in blocks of rows.

    Yields (rows, squared [R, M]), and a Progress after each.
    """
    middle = others.mean(0)  # far from 0, subtracting large squares would lose the small distances
    points, others = points - middle, others - middle
    lengths = others.square().sum(1)
    step = max(1, PRODUCTS // max(1, others.numel()))
    for start in range(0, len(points), step):
        rows = slice(start, start + step)
        part = points[rows]
        squared = torch.addmm(lengths, part, others.T, alpha=-2) + part.square().sum(1, keepdim=True)
        yield rows, squared.clamp_(min=0)
        yield Progress(min(start + step, len(points)), len(points), label)


def nearest(points: Tensor, others: Tensor) -> Generator[Progress, None, Tensor]:
    """Return the index of the nearest of others [M, D] for each of points [N, D]: int64 [N]."""
    found = torch.empty(len(points), dtype=torch.int64)
    for block in blocks(points, others, "Finding nearest neighbours"):
        if isinstance(block, Progress):
            yield block
        else:
            rows, squared = block
            found[rows] = squared.argmin(1)
    return found


def nearest_neighbour_error(
    images: Tensor, labels: Tensor, test_images: Tensor, test_labels: Tensor
) -> Generator[Progress, None, float]:
    """Return the fraction (0..1) of test images [M, D] whose nearest among images [N, D] by pixels is of another class.

    A classifier that learns from generated images alone and is tested on real ones: A. Radford, L. Metz, S. Chintala,
    "Unsupervised Representation Learning with Deep Convolutional Generative Adversarial Networks" (2016), section 5.3.
    """
    found = yield from nearest(test_images, images)
    return float((labels[found] != test_labels).double().mean())


def precision_recall(real: Tensor, generated: Tensor, k: int = NEIGHBOURS) -> Generator[Progress, None, tuple[float, float]]:
    """Return (precision, recall) of features real [N, D] and generated [M, D], both 0..1; N, M > k.

    Precision: the fraction of generated features in the manifold of the real ones, which is the union of balls around each that
    reach to its k-th nearest neighbour. Recall: the same with the roles exchanged. T. Kynkaanniemi et al., "Improved Precision
    and Recall Metric for Assessing Generative Models" (2019), equations 1 and 2. Both depend on N and M: keep them equal.
    """
    precision = yield from covered(generated, real, k)
    recall = yield from covered(real, generated, k)
    return precision, recall


def covered(points: Tensor, manifold: Tensor, k: int) -> Generator[Progress, None, float]:
    """Return the fraction of points [N, D] within the k-th-neighbour balls of manifold [M, D]."""
    reach = torch.empty(len(manifold))  # squared radii
    for block in blocks(manifold, manifold, "Measuring the manifold"):
        if isinstance(block, Progress):
            yield block
        else:
            rows, squared = block
            reach[rows] = squared.topk(k + 1, largest=False).values[:, k]  # the nearest is the point itself
    reach += 1e-6 * manifold.square().sum(1).max()  # so that a copy of a point is in its ball despite rounding
    inside = torch.empty(len(points), dtype=torch.bool)
    for block in blocks(points, manifold, "Comparing with the manifold"):
        if isinstance(block, Progress):
            yield block
        else:
            rows, squared = block
            inside[rows] = (squared <= reach).any(1)
    return float(inside.double().mean())
