"""The discriminator of a StyleGAN2."""

from __future__ import annotations

import math
from itertools import pairwise

from torch import Tensor, nn

import zscape.models.families.base as base
from zscape.models.families.stylegan2.config import SMALLEST, StyleGAN2Config
from zscape.models.families.stylegan2.layers import GAIN, EqualConv, EqualLinear, active, halved


class Residual(nn.Module):
    """A residual block that halves height and width (section 3.1): x [N, in, H, W] -> [N, out, H / 2, W / 2]."""

    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__()
        self.first = EqualConv(inputs, inputs, 3, GAIN)
        self.second = EqualConv(inputs, outputs, 3, GAIN / math.sqrt(2))
        self.skip = EqualConv(inputs, outputs, 1, 1 / math.sqrt(2), bias=False)

    def forward(self, x: Tensor) -> Tensor:
        y = active(self.second(halved(active(self.first(x)))))
        shortcut: Tensor = self.skip(halved(x))
        return y + shortcut


class Active(nn.Module):
    """Leaky ReLU as a layer."""

    def forward(self, x: Tensor) -> Tensor:
        return active(x)


def trunk(config: StyleGAN2Config) -> nn.Sequential:
    """Return the layers shared by the discriminator and the encoder: images [N, C, H, W] -> maps [N, features, 4, 4]."""
    return nn.Sequential(
        EqualConv(config.channels, config.features[0], 1, GAIN),
        Active(),
        *(Residual(before, after) for before, after in pairwise(config.features)),
    )


class StyleGAN2Discriminator(base.Discriminator):
    """Residual blocks, then a logit and the inner product of features and class embedding.

    The class enters as in T. Miyato and M. Koyama, "cGANs with Projection Discriminator" (2018), equation 4.
    """

    def __init__(self, config: StyleGAN2Config) -> None:
        super().__init__()
        self.trunk = trunk(config)
        last = config.features[-1]
        self.conv = EqualConv(last, last, 3, GAIN)
        self.linear = EqualLinear(last * SMALLEST**2, config.hidden, gain=GAIN)
        self.head = EqualLinear(config.hidden, 1)
        self.embedding = nn.Linear(config.classes, config.hidden, bias=False)
        nn.init.normal_(self.embedding.weight, 0.0, 1 / math.sqrt(config.hidden))

    def forward(self, x: Tensor, c: Tensor) -> Tensor:
        features = self.features(x, c)
        logits: Tensor = self.head(features).squeeze(1) + (features * self.embedding(c)).sum(1)
        return logits

    def features(self, x: Tensor, c: Tensor) -> Tensor:
        return active(self.linear(active(self.conv(self.trunk(x))).flatten(1)))  # the class enters after the features
