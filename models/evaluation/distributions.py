"""Distances between the distributions of two sets of features."""

from __future__ import annotations

import torch
from torch import Tensor

from zscape.models.progress import Progress, Work

SUBSETS, SUBSET = 100, 1000
"""Kernel distance: number of pairs of random subsets, and features in each (Binkowski et al., section 4)."""


def frechet_distance(a: Tensor, b: Tensor) -> float:
    """Return the Frechet distance of the normal distributions with the means and covariances of a [N, D] and b [M, D]; 0 is best.

    |m1 - m2|^2 + tr(S1 + S2 - 2 (S1 S2)^1/2): M. Heusel et al., "GANs Trained by a Two Time-Scale Update Rule Converge to a Local
    Nash Equilibrium" (2017), equation 6; D. Dowson and B. Landau, "The Frechet distance between multivariate normal
    distributions" (1982). It decreases with N and M even for equal distributions: compare only sets of equal sizes.
    """
    a, b = a.double(), b.double()
    cov_a, cov_b = torch.cov(a.T), torch.cov(b.T)
    # (S1 S2)^1/2 has the trace of (S1^1/2 S2 S1^1/2)^1/2, which is symmetric: its eigenvalues are real and not below 0.
    values, vectors = torch.linalg.eigh(cov_a)
    root = (vectors * values.clamp(min=0).sqrt()) @ vectors.T
    cross = torch.linalg.eigvalsh(root @ cov_b @ root).clamp(min=0).sqrt().sum()
    distance = (a.mean(0) - b.mean(0)).square().sum() + cov_a.trace() + cov_b.trace() - 2 * cross
    return max(0.0, float(distance))


def kernel_distance(a: Tensor, b: Tensor, seed: int = 0) -> Work[float]:
    """Compute the squared maximum mean discrepancy of a [N, D] and b [M, D] under (x y / D + 1)^3, averaged over random subsets.

    M. Binkowski et al., "Demystifying MMD GANs" (2018), section 4 (KID). Unbiased, so that it does not depend on N and M; for
    equal distributions it scatters around 0 and can be slightly below.
    """
    size = subset_size(a, b)
    random = torch.Generator().manual_seed(seed)
    total = 0.0
    for index in range(SUBSETS):
        x = a[torch.randperm(len(a), generator=random)[:size]].float()
        y = b[torch.randperm(len(b), generator=random)[:size]].float()
        total += mmd2(x, y)
        yield Progress(index + 1, SUBSETS, "Comparing distributions")
    return total / SUBSETS


def subset_size(a: Tensor, b: Tensor) -> int:
    """Return the number of features in each random subset of a [N, D] and b [M, D]."""
    return min(SUBSET, len(a), len(b))


def mmd2(x: Tensor, y: Tensor) -> float:
    """Return the unbiased squared discrepancy of x [N, D] and y [N, D], N > 1: Gretton et al. (2012), equation 3."""

    def kernel(p: Tensor, q: Tensor) -> Tensor:
        once = p @ q.T / p.shape[1] + 1
        return once * once * once  # ** 3 takes ten times as long

    n = len(x)
    xx, yy, xy = (kernel(p, q).double() for p, q in ((x, x), (y, y), (x, y)))  # the sums differ only in their last digits
    within = (xx.sum() - xx.trace() + yy.sum() - yy.trace()) / (n * (n - 1))
    return float(within - 2 * xy.mean())
