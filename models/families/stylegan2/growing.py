"""Builds a StyleGAN2 of twice the size that starts from a trained one.

T. Karras et al., "Progressive Growing of GANs" (2018), section 2: small images are learnt first, then what larger ones have in
addition. The skip connections and residual blocks of StyleGAN2 need no fading in: the new block of the generator at first adds
nothing to the doubled image, and those of the discriminator and the encoder at first only halve their input.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

import torch
from torch import Tensor, nn

from zscape.models.errors import ZscapeError
from zscape.models.families.base import Discriminator, Encoder, Generator
from zscape.models.families.stylegan2.config import SIZES, StyleGAN2Config
from zscape.models.families.stylegan2.discriminator import Residual, StyleGAN2Discriminator
from zscape.models.families.stylegan2.encoder import StyleGAN2Encoder
from zscape.models.families.stylegan2.generator import Block, StyleGAN2Generator
from zscape.models.families.stylegan2.layers import SLOPE, EqualConv

LINEAR = 1 / (1 + SLOPE)
"""active(x) - active(-x) is (1 + SLOPE) x: two maps per channel carry it through a leaky ReLU."""


@torch.no_grad()
def grown(
    config: StyleGAN2Config, generator: Generator, discriminator: Discriminator, encoder: Encoder | None
) -> tuple[Generator, Discriminator, Encoder | None] | None:
    """Return networks of `config` that at first do what the given ones of half the size do; None if they do not fit.

    They fit if they differ only in their size. Drawn images are doubled (bilinear), images to be judged or encoded are halved (by
    the family's filter). Raises ZscapeError if the first of `config.features` is too small for that: four per channel.
    """
    small = generator.config if isinstance(generator, StyleGAN2Generator) else None
    if small is None or not isinstance(discriminator, StyleGAN2Discriminator) or 2 * small.size not in SIZES:
        return None
    maps, features = (*small.maps, config.maps[-1]), (config.features[0], *small.features)
    if len(maps) != len(config.maps) or config != replace(small, size=2 * small.size, maps=maps, features=features):
        return None
    if features[0] < 4 * config.channels:
        raise ZscapeError(
            f"stylegan2: the first of features is {features[0]}; to begin with a model of half the size it must be at "
            f"least {4 * config.channels}."
        )
    drawing = StyleGAN2Generator(config)
    drawing.load_state_dict({**drawing.state_dict(), **generator.state_dict()})
    cast(Block, drawing.blocks[-1]).colour.weight.zero_()
    judging = StyleGAN2Discriminator(config)
    rest = {name: each for name, each in discriminator.state_dict().items() if not name.startswith("trunk")}
    judging.load_state_dict({**judging.state_dict(), **rest})
    _lengthen(discriminator.trunk, judging.trunk, [cast(EqualConv, discriminator.trunk[0])])
    return drawing, judging, _encoding(config, encoder) if encoder else None


def _encoding(config: StyleGAN2Config, encoder: Encoder) -> StyleGAN2Encoder:
    finding, channels = StyleGAN2Encoder(config), config.channels
    rest = {name: each for name, each in encoder.state_dict().items() if not name.startswith(("trunk", "difference"))}
    finding.load_state_dict({**finding.state_dict(), **rest})
    old, new = (cast(nn.Sequential, cast(StyleGAN2Encoder, each).trunk.layers) for each in (encoder, finding))
    # The difference from the drawn image goes through maps of its own, next to those of the image.
    before, after = (cast(EqualConv, cast(StyleGAN2Encoder, each).difference) for each in (encoder, finding))
    _lengthen(old, new, [cast(EqualConv, old[0]), before])
    own = slice(2 * channels, 4 * channels)
    after.weight.zero_()
    after.weight[own, :, 0, 0] = signs(channels) / after.scale
    cast(EqualConv, new[0]).weight[own] = 0
    return finding


def _lengthen(old: nn.Sequential, new: nn.Sequential, inputs: Sequence[EqualConv]) -> None:
    """Give `new`, a trunk for twice the size, the layers of `old` after a block that halves the image.

    inputs: the 1x1 convolutions whose sum is the input of `old`'s first activation: its first layer, and that of the difference.
    """
    for before, after in zip(list(old)[2:], list(new)[3:], strict=True):
        after.load_state_dict(before.state_dict())
    first, seen, halving = cast(EqualConv, old[0]), cast(EqualConv, new[0]), cast(Residual, new[2])
    channels = first.weight.shape[1]
    pairs = 2 * channels * len(inputs)  # maps that carry the inputs: each channel and its negative
    seen.weight[: 2 * channels, :, 0, 0] = signs(channels) / seen.scale
    cast(Tensor, seen.bias)[:pairs] = 0
    again = torch.kron(torch.eye(len(inputs)), signs(channels))  # [pairs, channels of all inputs]
    value = LINEAR * again.t()  # from the pairs, after their activation, back to the inputs
    halving.first.weight[:pairs] = 0
    halving.first.weight[:pairs, :pairs, 1, 1] = again @ value / halving.first.scale
    whole = torch.cat([layer.weight[:, :, 0, 0] * layer.scale for layer in inputs], 1)  # [features, channels of all inputs]
    halving.second.weight.zero_()
    halving.second.weight[:, :pairs, 1, 1] = whole @ value / halving.second.scale
    cast(Tensor, halving.second.bias).copy_(cast(Tensor, first.bias) * (first.gain / halving.second.gain))
    halving.skip.weight.zero_()


def signs(channels: int) -> Tensor:
    """Return the matrix that maps an image's channels to themselves and their negatives: [2 channels, channels]."""
    return torch.cat([torch.eye(channels), -torch.eye(channels)])
