"""The initial weights of a DCGAN's networks."""

from __future__ import annotations

from torch import Tensor, nn


def initialise(module: nn.Module) -> None:
    """Initialise weights from N(0, 0.02), gains from N(1, 0.02), biases with 0 (Radford et al. 2015, section 4)."""
    for part in module.modules():
        if isinstance(part, nn.Linear | nn.Conv2d | nn.ConvTranspose2d):
            nn.init.normal_(part.weight, 0.0, 0.02)
        elif isinstance(part, nn.BatchNorm1d | nn.BatchNorm2d):
            nn.init.normal_(part.weight, 1.0, 0.02)
        if isinstance(bias := getattr(part, "bias", None), Tensor):
            nn.init.zeros_(bias)
