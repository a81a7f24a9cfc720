"""Data augmentation: small random affine transformations that do not change the class."""

from __future__ import annotations

import math

import torch
from torch import Tensor
from torch.nn.functional import affine_grid, grid_sample


def jittered(x: Tensor, random: torch.Generator) -> Tensor:
    """Shift pictures [N, C, H, W] by up to 1/12 of the side, rotate them by up to 10 degrees, shear and scale by up to 0.12."""

    def between(limit: float) -> Tensor:
        return (torch.rand(len(x), generator=random) * 2 - 1) * limit

    angle, shear, scale = between(math.radians(10)), between(0.12), 1 + between(0.12)
    cos, sin = angle.cos() * scale, angle.sin() * scale
    rows = [
        cos,
        cos * shear - sin,
        between(1 / 6),
        sin,
        sin * shear + cos,
        between(1 / 6),
    ]  # in grid coordinates a side is 2 long
    grid = affine_grid(torch.stack(rows, 1).view(-1, 2, 3).to(x.device), list(x.shape), align_corners=False)
    return grid_sample(x, grid, padding_mode="border", align_corners=False)
