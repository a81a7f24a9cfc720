"""The projection GAN's generator rewritten for speed: the same pictures, no training.

A conditional batch norm in evaluation mode is one multiplication and one addition an entry, with factors linear in the class
weights. Activations are overwritten in place and convolutions run channels-last.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, cast

import torch
from torch import Tensor, nn
from torch.nn.functional import leaky_relu_

from models.families import base
from models.families.linear import product

if TYPE_CHECKING:
    from models.families.projection import ConditionalNorm, ProjectionGenerator


def lower(generator: base.Generator) -> nn.Module:
    """A module with the same forward as `generator` (a ProjectionGenerator in evaluation mode) for inference."""
    return LoweredProjection(cast("ProjectionGenerator", generator)).eval().requires_grad_(False)


class LoweredNorm(nn.Module):
    """Conditional batch norm and leaky ReLU, in place: x [N, C, H, W], c [N, K]."""

    gain: Tensor
    bias: Tensor

    def __init__(self, norm: ConditionalNorm, slope: float) -> None:
        super().__init__()
        self.slope = slope
        scale = torch.rsqrt(cast(Tensor, norm.norm.running_var) + norm.norm.eps)
        gain = norm.gain.weight * scale[:, None]  # [C, K]
        self.register_buffer("gain", gain)
        self.register_buffer("bias", norm.bias.weight - cast(Tensor, norm.norm.running_mean)[:, None] * gain)

    def forward(self, x: Tensor, c: Tensor) -> Tensor:
        gain, bias = (c @ part.t() for part in (self.gain, self.bias))
        return leaky_relu_(x.mul_(gain[:, :, None, None]).add_(bias[:, :, None, None]), self.slope)


class LoweredProjection(nn.Module):
    """forward(z [N, Z], c [N, K]) -> [N, C, H, W] in [-1, 1], as the generator it was made of."""

    linear: Tensor

    @torch.no_grad()
    def __init__(self, generator: ProjectionGenerator) -> None:
        super().__init__()
        from models.families.projection import REACH, SLOPE

        config = generator.config
        self.side, self.reach = config.side, REACH
        # Rows from (map, place) to (place, map): the product then is channels-last as it comes.
        weight = generator.linear.weight.view(config.maps[0], self.side**2, -1).transpose(0, 1).flatten(0, 1)
        self.register_buffer("linear", weight.contiguous())
        self.norms = nn.ModuleList(LoweredNorm(cast("ConditionalNorm", norm), SLOPE) for norm in generator.norms)
        layers = (generator.first, *generator.ups, generator.last)
        self.layers = nn.ModuleList(copy.deepcopy(layer).to(memory_format=torch.channels_last) for layer in layers)

    def forward(self, z: Tensor, c: Tensor) -> Tensor:
        x = product(torch.cat([z, c], 1), self.linear).view(len(z), self.side, self.side, -1).permute(0, 3, 1, 2)
        for norm, layer in zip(self.norms, self.layers, strict=True):
            x = layer(norm(x, c))
        return x.tanh_().mul_(self.reach).clamp_(-1, 1)
