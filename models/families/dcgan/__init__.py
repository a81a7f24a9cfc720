"""The family `dcgan`."""

from zscape.models.families import base
from zscape.models.families.dcgan.fast import lower
from zscape.models.families.dcgan.networks import DCGANConfig, DCGANDiscriminator, DCGANEncoder, DCGANGenerator, encoder_from

DCGAN = base.Family(
    name="dcgan",
    summary="The classic conditional DCGAN: transposed convolutions, batch norm, the class joined to every layer",
    config=DCGANConfig,
    generator=DCGANGenerator,
    discriminator=DCGANDiscriminator,
    encoder=DCGANEncoder,
    encoder_from=encoder_from,
    lower=lower,
)
