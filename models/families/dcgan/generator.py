"""The generator of a DCGAN."""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import Tensor, nn

import zscape.models.families.base as base
from zscape.models.families.dcgan.config import DCGANConfig
from zscape.models.families.dcgan.fast import FastDCGAN
from zscape.models.families.dcgan.initialise import initialise
from zscape.models.families.layers.join import Join
from zscape.models.families.layers.linear import Linear


class DCGANGenerator(base.Generator):
    """Two linear layers, then 5x5 stride-2 transposed convolutions; batch norm and ReLU between, tanh at the end."""

    def __init__(self, config: DCGANConfig) -> None:
        super().__init__()
        self.config = config
        self.image_shape = config.image_shape
        k, maps = config.label_size, (*config.generator_maps, config.channels)
        # A bias before batch norm would be removed by it: only the last layer has one.
        self.linear = Linear(config.z_size + k, config.hidden, bias=False)
        self.linear_norm = nn.BatchNorm1d(config.hidden)
        self.project = Linear(config.hidden + k, maps[0] * config.side**2, bias=False)
        last = len(maps) - 2
        self.norms = nn.ModuleList(nn.BatchNorm2d(count) for count in config.generator_maps)
        self.ups = nn.ModuleList(
            nn.ConvTranspose2d(maps[i] + k, maps[i + 1], 5, stride=2, padding=2, output_padding=1, bias=i == last)
            for i in range(last + 1)
        )
        self.join = Join()
        initialise(self)

    def forward(self, points: Mapping[str, Tensor]) -> Tensor:
        z, c = points["z"], points["class"]
        c = c[:, : self.config.label_size]  # [N, K], or [N, 0] if the class is ignored
        h = torch.relu(self.linear_norm(self.linear(self.join(z, c))))  # [N, hidden]
        x = self.project(self.join(h, c)).unflatten(1, (-1, self.config.side, self.config.side))  # [N, maps, side, side]
        for norm, up in zip(self.norms, self.ups, strict=True):
            x = up(self.join(torch.relu(norm(x)), c))  # doubles height and width
        return torch.tanh(x)

    def first_matrix(self) -> Tensor:
        return self.linear.weight[:, : self.config.z_size]

    def fast_twin(self, dtype: torch.dtype) -> nn.Module:
        twin = FastDCGAN(self.config, self.linear, self.linear_norm, self.project, list(self.norms), list(self.ups), dtype)
        return twin.eval().requires_grad_(False)
