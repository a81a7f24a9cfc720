"""The discriminator of a DCGAN."""

from __future__ import annotations

from torch import Tensor

import zscape.models.families.base as base
from zscape.models.families.dcgan.config import DCGANConfig
from zscape.models.families.dcgan.initialise import initialise
from zscape.models.families.dcgan.trunk import Trunk
from zscape.models.families.layers.linear import Linear


class DCGANDiscriminator(base.Discriminator):
    """The trunk with one logit on top."""

    def __init__(self, config: DCGANConfig) -> None:
        super().__init__()
        self.trunk = Trunk(config)
        self.head = Linear(config.hidden + config.label_size, 1)
        initialise(self)

    def forward(self, x: Tensor, c: Tensor) -> Tensor:
        logits: Tensor = self.head(self.features(x, c))
        return logits.squeeze(1)

    def features(self, x: Tensor, c: Tensor) -> Tensor:
        found: Tensor = self.trunk(x, c)
        return found
