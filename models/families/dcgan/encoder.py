"""The encoder of a DCGAN."""

from __future__ import annotations

from torch import Tensor

import zscape.models.families.base as base
from zscape.models.errors import ZscapeError
from zscape.models.families.dcgan.config import DCGANConfig
from zscape.models.families.dcgan.discriminator import DCGANDiscriminator
from zscape.models.families.dcgan.initialise import initialise
from zscape.models.families.dcgan.trunk import Trunk
from zscape.models.families.layers.linear import Linear


class DCGANEncoder(base.Encoder):
    """The discriminator's trunk with its last layer replaced by one of z's length."""

    def __init__(self, config: DCGANConfig) -> None:
        super().__init__()
        self.trunk = Trunk(config)
        self.head = Linear(config.hidden + config.label_size, config.z_size)
        initialise(self)

    def forward(self, x: Tensor, c: Tensor) -> Tensor:
        z: Tensor = self.head(self.trunk(x, c))
        return z


def encoder_from(config: DCGANConfig, discriminator: base.Discriminator) -> DCGANEncoder:
    """An encoder whose trunk starts as a copy of the trained discriminator's. Raises ZscapeError for that of another family."""
    if not isinstance(discriminator, DCGANDiscriminator):
        raise ZscapeError("This encoder starts from a dcgan's discriminator: the model has another one.")
    encoder = DCGANEncoder(config)
    encoder.trunk.load_state_dict(discriminator.trunk.state_dict())
    return encoder
