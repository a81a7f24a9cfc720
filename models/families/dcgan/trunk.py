"""The layers shared by the discriminator and the encoder of a DCGAN."""

from __future__ import annotations

from collections.abc import Sequence

from torch import Tensor, nn

from zscape.models.families.dcgan.config import DCGANConfig
from zscape.models.families.layers.join import Join
from zscape.models.families.layers.linear import Linear


class Trunk(nn.Module):
    """Images and classes to features [N, hidden + K].

    5x5 stride-2 convolutions and a linear layer, leaky ReLU 0.2; batch norm everywhere but on the first layer.
    """

    def __init__(self, config: DCGANConfig) -> None:
        super().__init__()
        self.label_size = k = config.label_size
        maps: Sequence[int] = (config.channels, *config.discriminator_maps)
        self.downs = nn.ModuleList(
            nn.Conv2d(maps[i] + k, maps[i + 1], 5, stride=2, padding=2, bias=i == 0) for i in range(len(maps) - 1)
        )
        self.norms = nn.ModuleList([nn.Identity(), *(nn.BatchNorm2d(count) for count in maps[2:])])
        self.linear = Linear(maps[-1] * config.side**2 + k, config.hidden, bias=False)
        self.linear_norm = nn.BatchNorm1d(config.hidden)
        self.join = Join()

    def forward(self, x: Tensor, c: Tensor) -> Tensor:
        c = c[:, : self.label_size]
        for norm, down in zip(self.norms, self.downs, strict=True):
            x = nn.functional.leaky_relu(norm(down(self.join(x, c))), 0.2)  # halves height and width
        h = nn.functional.leaky_relu(self.linear_norm(self.linear(self.join(x.flatten(1), c))), 0.2)
        features: Tensor = self.join(h, c)
        return features
