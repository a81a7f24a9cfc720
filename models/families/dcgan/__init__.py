"""The family `dcgan`."""

import zscape.models.families.base as base
from zscape.models.families.dcgan.config import DCGANConfig
from zscape.models.families.dcgan.discriminator import DCGANDiscriminator
from zscape.models.families.dcgan.encoder import DCGANEncoder, encoder_from
from zscape.models.families.dcgan.generator import DCGANGenerator

DCGAN = base.Family(
    name="dcgan",
    summary="The classic conditional DCGAN: transposed convolutions, batch norm, the class joined to every layer",
    config=DCGANConfig,
    inputs=base.latent_and_classes,
    generator=DCGANGenerator,
    discriminator=DCGANDiscriminator,
    encoder=DCGANEncoder,
    encoder_from=encoder_from,
)
