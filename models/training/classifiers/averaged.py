"""Averages maps to a fixed size, several times as fast on the CPU as torch's own layer."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn.functional import adaptive_avg_pool2d

LARGEST = 256
"""Pixels of the largest maps that are averaged by a product of matrices; for larger ones, torch's way is as fast."""


class Averaged(nn.Module):
    """Averages maps [N, C, H, W] to [N, C, side, side], as nn.AdaptiveAvgPool2d does, by one product of matrices."""

    def __init__(self, side: int) -> None:
        super().__init__()
        self.side = side

    def forward(self, x: Tensor) -> Tensor:
        height, width = x.shape[2:]
        if height * width > LARGEST:
            return adaptive_avg_pool2d(x, self.side)
        each = torch.eye(height * width, device=x.device, dtype=x.dtype).view(-1, height, width)
        shares = adaptive_avg_pool2d(each, self.side).flatten(1)  # of every pixel in every average
        averages: Tensor = x.flatten(2) @ shares
        return averages.view(*x.shape[:2], self.side, self.side)
