"""The encoder of a projection GAN."""

from __future__ import annotations

from typing import cast

from torch import nn

import zscape.models.families.base as base
from zscape.models.errors import ZscapeError
from zscape.models.families.layers.correcting_encoder import CorrectingEncoder
from zscape.models.families.projection.config import ProjectionConfig
from zscape.models.families.projection.discriminator import ProjectionDiscriminator
from zscape.models.families.projection.trunk import Trunk


class ProjectionEncoder(CorrectingEncoder):
    """The discriminator's convolutions, with a head for the class and one for the latent."""

    def __init__(self, config: ProjectionConfig) -> None:
        whole = Trunk(config).layers
        first, last = config.features[0], config.features[-1]
        places = cast(nn.Linear, whole[-2]).in_features // last  # number of places in the last maps
        layer = cast(nn.Conv2d, whole[0])
        difference = nn.Conv2d(config.channels, first, layer.kernel_size, layer.stride, layer.padding, bias=False)  # type: ignore[arg-type]
        nn.init.zeros_(difference.weight)
        convolutions = nn.Sequential(*list(whole)[:-3])
        super().__init__(convolutions, difference, last, places, config.classes, config.z_size, config.hidden)


def encoder_from(config: ProjectionConfig, discriminator: base.Discriminator) -> ProjectionEncoder:
    """An encoder whose convolutions start as copies of the trained discriminator's. Raises ZscapeError for another family's."""
    if not isinstance(discriminator, ProjectionDiscriminator):
        raise ZscapeError("This encoder starts from a projection discriminator: the model has another one.")
    encoder = ProjectionEncoder(config)
    known = encoder.trunk.state_dict()
    encoder.trunk.load_state_dict({name: each for name, each in discriminator.trunk.state_dict().items() if name in known})
    return encoder
