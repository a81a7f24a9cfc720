"""The encoder of a projection GAN: class and latent of an image in one pass, then corrections by what is still different.

The first pass finds a latent; each further pass compares the image with what the generator drew and corrects the latent, with the
same weights: Y. Alaluf et al., "ReStyle: A Residual-Based StyleGAN Encoder via Iterative Refinement" (2021), section 3.
"""

from __future__ import annotations

from typing import cast

import torch
from torch import Tensor, nn
from torch.nn.functional import leaky_relu, one_hot

import zscape.models.families.base as base
from zscape.models.errors import ZscapeError
from zscape.models.families.projection.config import ProjectionConfig
from zscape.models.families.projection.discriminator import ProjectionDiscriminator
from zscape.models.families.projection.trunk import Trunk

WIDTH = 2
"""Of the latent's head, in widths of the discriminator's linear layer."""
SLOPE = 0.2


class ProjectionEncoder(base.Encoder):
    """The discriminator's convolutions with two heads: the class logits of an image, and its latent given the class.

    Both heads start from the trunk's last maps: the linear layer that the discriminator has after them keeps what tells real
    from drawn and one class from another, and of a handwriting too little.
    """

    classifies = True
    passes = 3

    def __init__(self, config: ProjectionConfig) -> None:
        super().__init__()

        whole = Trunk(config)
        first, last = config.features[0], config.features[-1]
        places = cast(nn.Linear, whole.layers[-2]).in_features // last  # of the last maps
        self.trunk = _convolutions(whole)
        layer = cast(nn.Conv2d, self.trunk.layers[0])
        self.difference = nn.Conv2d(config.channels, first, layer.kernel_size, layer.stride, layer.padding, bias=False)  # type: ignore[arg-type]
        nn.init.zeros_(self.difference.weight)
        self.narrow = nn.Conv2d(last, -(-last // 3), 1)
        seen = places * self.narrow.out_channels
        k, width = config.classes, WIDTH * config.hidden
        self.classify = nn.Sequential(nn.Linear(seen, width // 4 or 1), nn.LeakyReLU(SLOPE), nn.Linear(width // 4 or 1, k))
        self.first = nn.Linear(seen + k + config.z_size, width)
        self.second = nn.Linear(width + k, width)
        self.head = nn.Linear(width, config.z_size)

    def forward(self, x: Tensor, c: Tensor) -> Tensor:
        return self._latent(self._maps(x), c)

    def infer(self, x: Tensor, c: Tensor | None = None) -> tuple[Tensor, Tensor]:
        maps = self._maps(x)
        logits: Tensor = self.classify(maps)
        return self._latent(maps, one_hot(logits.argmax(1), logits.shape[1]).to(x) if c is None else c), logits

    def correct(self, x: Tensor, drawn: Tensor, z: Tensor, c: Tensor) -> Tensor:
        return z + self._latent(self._maps(x, x - drawn), c, z)

    def _maps(self, x: Tensor, difference: Tensor | None = None) -> Tensor:
        """What the heads see of x [N, C, H, W] and of its difference from what was drawn: [N, F]."""
        first, *rest = self.trunk.layers
        h: Tensor = first(x)
        if difference is not None:
            h = h + self.difference(difference)
        for layer in rest:
            h = layer(h)
        return leaky_relu(self.narrow(h), SLOPE).flatten(1)

    def _latent(self, maps: Tensor, c: Tensor, z: Tensor | None = None) -> Tensor:
        """The latent, or what is to be added to z."""
        before = maps.new_zeros(len(maps), self.head.out_features) if z is None else z
        h = leaky_relu(self.first(torch.cat([maps, c, before], 1)), SLOPE)  # [N, width]
        h = h + leaky_relu(self.second(torch.cat([h, c], 1)), SLOPE)
        found: Tensor = self.head(h)
        return found


def _convolutions(trunk: Trunk) -> Trunk:
    """The trunk without what follows its convolutions."""
    trunk.layers = nn.Sequential(*list(trunk.layers)[:-3])
    return trunk


def encoder_from(config: ProjectionConfig, discriminator: base.Discriminator) -> ProjectionEncoder:
    """An encoder whose convolutions start as copies of the trained discriminator's."""
    if not isinstance(discriminator, ProjectionDiscriminator):
        raise ZscapeError("This encoder starts from a projection discriminator: the model has another one.")
    encoder = ProjectionEncoder(config)
    known = encoder.trunk.state_dict()
    encoder.trunk.load_state_dict({name: each for name, each in discriminator.trunk.state_dict().items() if name in known})
    return encoder
