"""The family `stylegan2`: T. Karras et al., "Analyzing and Improving the Image Quality of StyleGAN" (2020), with classes.

A mapping network turns the latent into a style, which scales the maps of each convolution (equations 1 and 3). The class enters
separately from the styles, in the first maps and in the scales of every layer, and the mapping network does not see it. So the
same style means the same in every class (measurements are in docs/recipes.md).
"""

import zscape.models.families.base as base
from zscape.models.families.stylegan2.config import StyleGAN2Config
from zscape.models.families.stylegan2.discriminator import StyleGAN2Discriminator
from zscape.models.families.stylegan2.encoder import StyleGAN2Encoder, encoder_from
from zscape.models.families.stylegan2.generator import StyleGAN2Generator
from zscape.models.families.stylegan2.growing import grown
from zscape.models.inputs.base import Input
from zscape.models.inputs.kinds.noise import Noise
from zscape.models.inputs.kinds.styles import Styles

__all__ = ["STYLEGAN2", "StyleGAN2Config", "StyleGAN2Discriminator", "StyleGAN2Encoder", "StyleGAN2Generator"]


def inputs(config: StyleGAN2Config, labels: tuple[str, ...]) -> tuple[Input, ...]:
    """Return the latent and the classes, the styles made from the latent, and the noise if the layers use it."""
    found: tuple[Input, ...] = (*base.latent_and_classes(config, labels), Styles("w", config.layers, config.w_size))
    return (*found, Noise("noise")) if config.noise else found


STYLEGAN2 = base.Family(
    name="stylegan2",
    summary="Styles for each layer, from coarse to fine, that can be mixed: colour pictures up to 256x256",
    config=StyleGAN2Config,
    inputs=inputs,
    generator=StyleGAN2Generator,
    discriminator=StyleGAN2Discriminator,
    encoder=StyleGAN2Encoder,
    encoder_from=encoder_from,
    grown=grown,
)
