"""Keeps the distribution of latents that an encoder finds close to that of drawn latents, N(0, I)."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from zscape.models.training.run.processes import ALONE, Processes

FORGET = 0.02
"""Weight of a batch in the moving moments: with batches of 32 they cover the last 1,600 latents or so."""
FLOOR = 0.02
"""Added to each variance before inversion: a direction that no latent uses would otherwise be pushed without bound."""


class LatentPrior(nn.Module):
    """The moving mean and covariance of latents [N, Z], and the loss that moves them to 0 and I.

    The gradient of the loss is that of the Kullback-Leibler divergence of N(mean, covariance) from N(0, I), (tr C + |m|^2 - Z -
    ln det C) / 2, by the latents of the batch, divided by Z. A penalty on |z|^2 alone draws all latents to the centre, where no
    random draw lies: statistics and style then differ between both. All its state is in tensors, so a resumed run continues
    exactly.
    """

    mean: Tensor
    cov: Tensor

    def __init__(self, size: int) -> None:
        super().__init__()
        self.register_buffer("mean", torch.zeros(size))
        self.register_buffer("cov", torch.eye(size))

    def loss(self, z: Tensor, processes: Processes = ALONE) -> Tensor:
        """Return the loss for latents z [N, Z] of this process; only its gradient has a meaning, that of the divergence."""
        with torch.autocast(z.device.type, enabled=False):  # differences from I need full precision
            z = z.float()
            given = z.detach()
            off = given - self.mean
            moments = torch.cat([given.mean(0)[None], off.T @ off / len(off)])
            processes.average_tensor(moments)
            self.mean.lerp_(moments[0], FORGET)
            self.cov.lerp_(moments[1:], FORGET)
            mean = self.mean.clone()  # the buffers change before the gradient is computed
            # Without checking for errors, which would wait for the device; FLOOR ensures that the inverse exists.
            inverse = torch.linalg.inv_ex(self.cov + FLOOR * torch.eye(len(self.cov), device=z.device))[0]
            centred = z - mean
            spread = (centred.square() - centred * (centred @ inverse)).sum(1) / 2
            divergence: Tensor = (spread + z @ mean).mean() / z.shape[1]
        return divergence


def standardising(latents: Tensor) -> Tensor:
    """Return the lower triangular A [Z, Z], z = A z', that gives z' the second moments of N(0, I), from z [N, Z]: A A' = E z z'.

    It is triangular so that the first coordinates, which may follow attributes, only mix with those before them.
    """
    second = latents.T.double() @ latents.double() / len(latents)
    floor = 1e-4 * second.diagonal().mean() + 1e-9
    root: Tensor = torch.linalg.cholesky(second + floor * torch.eye(len(second), dtype=second.dtype, device=second.device))
    return root.to(latents.dtype)
