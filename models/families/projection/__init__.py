"""The family `projection`."""

from zscape.models.families import base
from zscape.models.families.projection.encoder import ProjectionEncoder, encoder_from
from zscape.models.families.projection.fast import lower
from zscape.models.families.projection.networks import ProjectionConfig, ProjectionDiscriminator, ProjectionGenerator

PROJECTION = base.Family(
    name="projection",
    summary="Conditional batch norm, a projection discriminator and R1: better digits than the classic recipe from less work",
    config=ProjectionConfig,
    generator=ProjectionGenerator,
    discriminator=ProjectionDiscriminator,
    encoder=ProjectionEncoder,
    encoder_from=encoder_from,
    lower=lower,
)
