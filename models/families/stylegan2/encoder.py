"""The encoder of a StyleGAN2."""

from __future__ import annotations

from torch import nn

import zscape.models.families.base as base
from zscape.models.errors import ZscapeError
from zscape.models.families.layers.correcting_encoder import CorrectingEncoder
from zscape.models.families.stylegan2.config import SMALLEST, StyleGAN2Config
from zscape.models.families.stylegan2.discriminator import StyleGAN2Discriminator, trunk
from zscape.models.families.stylegan2.layers import GAIN, EqualConv


class StyleGAN2Encoder(CorrectingEncoder):
    """The discriminator's blocks, with a head for the class and one for the latent."""

    def __init__(self, config: StyleGAN2Config) -> None:
        difference = EqualConv(config.channels, config.features[0], 1, GAIN, bias=False)
        nn.init.zeros_(difference.weight)
        last, places = config.features[-1], SMALLEST**2
        super().__init__(trunk(config), difference, last, places, config.classes, config.z_size, config.hidden)


def encoder_from(config: StyleGAN2Config, discriminator: base.Discriminator) -> StyleGAN2Encoder:
    """An encoder whose blocks start as copies of the trained discriminator's. Raises ZscapeError for that of another family."""
    if not isinstance(discriminator, StyleGAN2Discriminator):
        raise ZscapeError("This encoder starts from a StyleGAN2 discriminator: the model has another one.")
    encoder = StyleGAN2Encoder(config)
    encoder.trunk.layers.load_state_dict(discriminator.trunk.state_dict())  # type: ignore[union-attr]
    return encoder
