"""The family `dcgan`: the classic conditional DCGAN, for 28x28, 32x32 and 64x64 images.

Radford, Metz and Chintala, "Unsupervised Representation Learning with Deep Convolutional Generative Adversarial Networks"
(2015, section 3), with the class joined to every layer as in Mirza and Osindero, "Conditional Generative
Adversarial Nets" (2014).
"""

import zscape.models.families.base as base
from zscape.models.families.dcgan.config import DCGANConfig
from zscape.models.families.dcgan.discriminator import DCGANDiscriminator
from zscape.models.families.dcgan.encoder import DCGANEncoder, encoder_from
from zscape.models.families.dcgan.generator import DCGANGenerator

__all__ = ["DCGAN", "DCGANConfig", "DCGANDiscriminator", "DCGANEncoder", "DCGANGenerator"]

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
