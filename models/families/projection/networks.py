"""A small class-conditional GAN with a projection discriminator, for 28x28, 32x32 and 64x64 images.

The generator's batch norms are conditional (Dumoulin et al., "A Learned Representation for Artistic Style", 2017): gain and bias
are linear in the class weights, so classes mix. The discriminator adds the inner product of its features and an
embedding of the class to its logit (Miyato and Koyama, "cGANs with Projection Discriminator", 2018, equation 4). It has no
normalisation and is meant to be trained with R1 (Mescheder et al., 2018).
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn.functional import leaky_relu

from zscape.models.errors import ZscapeError
from zscape.models.families import base
from zscape.models.families.layers.tone import Tone

UPS = {28: 2, 32: 3, 64: 4}
"""Doublings from the smallest maps (7x7 for 28, 4x4 for 32 and 64) to a picture of this many pixels a side."""
SLOPE = 0.1
"""Of the generator's leaky ReLU below 0."""


@dataclass(frozen=True)
class ProjectionConfig:
    """What the networks are made of.

    size: pixels a side (28, 32 or 64). channels: 1 for grey, 3 for colour. z_size: length of the latent. classes: 1 means
    unconditional. maps: feature maps of the generator at the smallest size and after each doubling. features: maps of the
    discriminator after each halving. hidden: width of its linear layer. Raises ZscapeError where a value is out of its range.
    """

    size: int = 28
    channels: int = 1
    z_size: int = 64
    classes: int = 10
    maps: tuple[int, ...] = (128, 64, 16)
    features: tuple[int, ...] = (48, 96, 192)
    hidden: int = 256

    def __post_init__(self) -> None:
        if self.size not in UPS:
            raise ZscapeError(f"A projection GAN draws 28, 32 or 64 pixels a side, not {self.size}: change size.")
        if self.channels not in (1, 3):
            raise ZscapeError(f"A projection GAN draws 1 channel (grey) or 3 (colour), not {self.channels}: change channels.")
        for name, limit in (("z_size", 4096), ("classes", 1000), ("hidden", 8192)):
            if not 1 <= getattr(self, name) <= limit:
                raise ZscapeError(f"projection: {name} is {getattr(self, name)}, it must be from 1 to {limit}.")
        for name in ("maps", "features"):
            widths = getattr(self, name)
            if len(widths) != UPS[self.size] + 1 or not all(1 <= width <= 2048 for width in widths):
                wanted = f"{UPS[self.size] + 1} numbers from 1 to 2048 for {self.size} pixels"
                raise ZscapeError(f"projection: {name} is {list(widths)}, it must be {wanted}.")

    @property
    def image_shape(self) -> tuple[int, int, int]:
        """(channels, height, width)."""
        return (self.channels, self.size, self.size)

    @property
    def side(self) -> int:
        """Pixels a side of the generator's smallest maps."""
        return self.size >> UPS[self.size]


class ConditionalNorm(nn.Module):
    """Batch norm whose gain and bias are linear in the class weights: x [N, C, H, W], c [N, K]."""

    def __init__(self, width: int, classes: int) -> None:
        super().__init__()
        self.norm = nn.BatchNorm2d(width, affine=False)
        self.gain = nn.Linear(classes, width, bias=False)
        self.bias = nn.Linear(classes, width, bias=False)
        nn.init.ones_(self.gain.weight)
        nn.init.zeros_(self.bias.weight)

    def forward(self, x: Tensor, c: Tensor) -> Tensor:
        return torch.addcmul(self.bias(c)[:, :, None, None], self.norm(x), self.gain(c)[:, :, None, None])


class ProjectionGenerator(base.Generator):
    """Linear, 3x3 convolution, 4x4 stride-2 transposed convolutions, 3x3 convolution; conditional norms between."""

    def __init__(self, config: ProjectionConfig) -> None:
        super().__init__()
        self.config = config
        self.z_size, self.classes, self.image_shape = config.z_size, config.classes, config.image_shape
        maps, k = config.maps, config.classes
        self.linear = nn.Linear(config.z_size + k, maps[0] * config.side**2, bias=False)
        self.first = nn.Conv2d(maps[0], maps[0], 3, padding=1, bias=False)
        self.ups = nn.ModuleList(
            nn.ConvTranspose2d(maps[i], maps[i + 1], 4, stride=2, padding=1, bias=False) for i in range(len(maps) - 1)
        )
        self.norms = nn.ModuleList(ConditionalNorm(width, k) for width in (maps[0], *maps))
        self.last = nn.Conv2d(maps[-1], config.channels, 3, padding=1)
        self.tone = Tone()
        for layer in (self.linear, self.first, *self.ups, self.last):
            nn.init.normal_(layer.weight, 0.0, 0.02)
        nn.init.zeros_(self.last.bias)  # type: ignore[arg-type]

    def forward(self, z: Tensor, c: Tensor) -> Tensor:
        x = self.linear(torch.cat([z, c], 1)).unflatten(1, (-1, self.config.side, self.config.side))  # [N, maps, side, side]
        for norm, layer in zip(self.norms, (self.first, *self.ups, self.last), strict=True):
            x = layer(leaky_relu(norm(x, c), SLOPE))
        pixels: Tensor = self.tone(x)
        return pixels


class Trunk(nn.Module):
    """What the discriminator and the encoder share: images [N, C, H, W] -> features [N, hidden]. No class, no normalisation."""

    def __init__(self, config: ProjectionConfig) -> None:
        super().__init__()
        widths = (config.channels, *config.features)
        side = config.size
        layers: list[nn.Module] = []
        for i in range(len(config.features)):
            odd = side % 2  # 7 -> 4
            layers += [nn.Conv2d(widths[i], widths[i + 1], 3 if odd else 4, stride=2, padding=1), nn.LeakyReLU(0.2)]
            side = (side + odd) // 2
        self.layers = nn.Sequential(*layers, nn.Flatten(), nn.Linear(widths[-1] * side**2, config.hidden), nn.LeakyReLU(0.2))
        for layer in self.layers:
            if isinstance(layer, nn.Conv2d | nn.Linear):
                nn.init.kaiming_normal_(layer.weight, 0.2)
                nn.init.zeros_(layer.bias)  # type: ignore[arg-type]

    def forward(self, x: Tensor) -> Tensor:
        features: Tensor = self.layers(x)
        return features


class ProjectionDiscriminator(base.Discriminator):
    """The trunk, a linear logit, and the inner product of features and class embedding."""

    def __init__(self, config: ProjectionConfig) -> None:
        super().__init__()
        self.trunk = Trunk(config)
        self.head = nn.Linear(config.hidden, 1)
        self.embedding = nn.Linear(config.classes, config.hidden, bias=False)

    def forward(self, x: Tensor, c: Tensor) -> Tensor:
        features = self.trunk(x)
        logits: Tensor = self.head(features).squeeze(1) + (features * self.embedding(c)).sum(1)
        return logits
