"""The family `projection`: a small class-conditional GAN with a projection discriminator, for 28x28, 32x32 and 64x64 images.

The generator's batch norms are conditional (Dumoulin et al., "A Learned Representation for Artistic Style", 2017): gain and bias
are linear in the class weights, so classes mix. The discriminator adds the inner product of its features and an
embedding of the class to its logit (Miyato and Koyama, "cGANs with Projection Discriminator", 2018, equation 4). It has no
normalisation and is meant to be trained with R1 (Mescheder et al., 2018).
"""

import zscape.models.families.base as base
from zscape.models.families.projection.config import ProjectionConfig
from zscape.models.families.projection.discriminator import ProjectionDiscriminator
from zscape.models.families.projection.encoder import ProjectionEncoder, encoder_from
from zscape.models.families.projection.generator import ProjectionGenerator

__all__ = ["PROJECTION", "ProjectionConfig", "ProjectionDiscriminator", "ProjectionEncoder", "ProjectionGenerator"]

PROJECTION = base.Family(
    name="projection",
    summary="Conditional batch norm, a projection discriminator and R1: better digits than the classic recipe from less work",
    config=ProjectionConfig,
    inputs=base.latent_and_classes,
    generator=ProjectionGenerator,
    discriminator=ProjectionDiscriminator,
    encoder=ProjectionEncoder,
    encoder_from=encoder_from,
)
