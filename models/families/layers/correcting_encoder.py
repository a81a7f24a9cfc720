"""An encoder that finds class and latent of an image in one pass, then corrects the latent by the remaining difference.

The first pass finds a latent; each further pass compares the image with what the generator drew and corrects the latent, with the
same weights: Y. Alaluf et al., "ReStyle: A Residual-Based StyleGAN Encoder via Iterative Refinement" (2021), section 3.
"""

from __future__ import annotations

from typing import cast

import torch
from torch import Tensor, nn
from torch.nn.functional import leaky_relu, one_hot

import zscape.models.families.base as base

WIDTH = 2
"""Width of the latent's head, as a multiple of that of the discriminator's linear layer."""
SLOPE = 0.2


class CorrectingEncoder(base.Encoder):
    """A discriminator's convolutions with two heads: the class logits of an image, and its latent given the class.

    Both heads start from the trunk's last maps: the linear layer that follows them in the discriminator keeps what distinguishes
    real from drawn images and one class from another, but too little of a handwriting.

    layers: those of the trunk, the first of which is a convolution without activation. difference: a convolution of the same
    shape for the difference, zero at the start. last, places: number and size (height times width) of the trunk's last maps.
    hidden: width of the discriminator's linear layer.
    """

    classifies = True
    passes = 3

    def __init__(
        self, layers: nn.Sequential, difference: nn.Module, last: int, places: int, classes: int, z_size: int, hidden: int
    ) -> None:
        super().__init__()
        self.trunk = nn.Module()
        self.trunk.layers = layers
        self.difference = difference
        self.narrow = nn.Conv2d(last, -(-last // 3), 1)
        seen, width = places * self.narrow.out_channels, WIDTH * hidden
        narrow = width // 4 or 1
        self.classify = nn.Sequential(nn.Linear(seen, narrow), nn.LeakyReLU(SLOPE), nn.Linear(narrow, classes))
        self.first = nn.Linear(seen + classes + z_size, width)
        self.second = nn.Linear(width + classes, width)
        self.head = nn.Linear(width, z_size)

    def forward(self, x: Tensor, c: Tensor) -> Tensor:
        return self._latent(self._maps(x), c)

    def infer(self, x: Tensor, c: Tensor | None = None) -> tuple[Tensor, Tensor]:
        maps = self._maps(x)
        logits: Tensor = self.classify(maps)
        return self._latent(maps, one_hot(logits.argmax(1), logits.shape[1]).to(x) if c is None else c), logits

    def correct(self, x: Tensor, drawn: Tensor, z: Tensor, c: Tensor) -> Tensor:
        return z + self._latent(self._maps(x, x - drawn), c, z)

    @torch.no_grad()
    def change_latents(self, matrix: Tensor) -> bool:
        self.head.weight.copy_(torch.linalg.solve(matrix, self.head.weight))
        self.head.bias.copy_(torch.linalg.solve(matrix, self.head.bias))
        size = self.head.out_features  # in the first pass the latent is replaced by zeros, which stay zeros
        self.first.weight[:, -size:] = self.first.weight[:, -size:] @ matrix
        return True

    def _maps(self, x: Tensor, difference: Tensor | None = None) -> Tensor:
        """Return the input of the heads for x [N, C, H, W] and its difference from what was drawn: [N, F]."""
        first, *rest = cast(nn.Sequential, self.trunk.layers)
        h: Tensor = first(x)
        if difference is not None:
            h = h + self.difference(difference)
        for layer in rest:
            h = layer(h)
        return leaky_relu(self.narrow(h), SLOPE).flatten(1)

    def _latent(self, maps: Tensor, c: Tensor, z: Tensor | None = None) -> Tensor:
        """Return the latent, or the correction to be added to z."""
        before = maps.new_zeros(len(maps), self.head.out_features) if z is None else z
        h = leaky_relu(self.first(torch.cat([maps, c, before], 1)), SLOPE)  # [N, width]
        h = h + leaky_relu(self.second(torch.cat([h, c], 1)), SLOPE)
        found: Tensor = self.head(h)
        return found
