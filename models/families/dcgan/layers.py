"""What the networks of a DCGAN have in common: how the class joins a layer, and the first weights."""

from __future__ import annotations

import torch
from torch import Tensor, nn


def join(x: Tensor, c: Tensor) -> Tensor:
    """X [N, F] or [N, F, H, W] with the class row c [N, K] joined: K more features, or K constant maps."""
    if x.dim() == 2:
        return torch.cat([x, c], 1)
    return torch.cat([x, c[:, :, None, None].expand(-1, -1, *x.shape[2:])], 1)


def initialise(module: nn.Module) -> None:
    """Weights from N(0, 0.02), gains from N(1, 0.02), biases 0 (Radford et al. 2015, section 4)."""
    for part in module.modules():
        if isinstance(part, nn.Linear | nn.Conv2d | nn.ConvTranspose2d):
            nn.init.normal_(part.weight, 0.0, 0.02)
        elif isinstance(part, nn.BatchNorm1d | nn.BatchNorm2d):
            nn.init.normal_(part.weight, 1.0, 0.02)
        if isinstance(bias := getattr(part, "bias", None), Tensor):
            nn.init.zeros_(bias)
