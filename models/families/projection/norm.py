"""Conditional batch norm: V. Dumoulin et al., "A Learned Representation for Artistic Style" (2017), section 2.2."""

from __future__ import annotations

import torch
from torch import Tensor, nn

SLOPE = 0.1
"""Slope below 0 of the generator's leaky ReLU, which follows each norm."""


class ConditionalNorm(nn.Module):
    """Batch norm whose gain and bias are linear in the class weights: x [N, C, H, W], c [N, K]."""

    def __init__(self, width: int, classes: int) -> None:
        super().__init__()
        self.norm = nn.BatchNorm2d(width, affine=False)
        self.gain = nn.Linear(classes, width, bias=False)
        self.bias = nn.Linear(classes, width, bias=False)
        nn.init.ones_(self.gain.weight)
        nn.init.zeros_(self.bias.weight)

    def forward(self, x: Tensor, c: Tensor) -> Tensor:
        return torch.addcmul(self.bias(c)[:, :, None, None], self.norm(x), self.gain(c)[:, :, None, None])
