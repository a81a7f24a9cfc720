"""The family `projection`."""

import zscape.models.families.base as base
from zscape.models.families.projection.config import ProjectionConfig
from zscape.models.families.projection.discriminator import ProjectionDiscriminator
from zscape.models.families.projection.encoder import ProjectionEncoder, encoder_from
from zscape.models.families.projection.generator import ProjectionGenerator

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
