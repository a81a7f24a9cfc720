"""The classic conditional DCGAN, for 28x28, 32x32 and 64x64 images.

Radford, Metz and Chintala, "Unsupervised Representation Learning with Deep Convolutional Generative Adversarial Networks"
(2015, section 3), with the class joined to every layer as in Mirza and Osindero, "Conditional Generative
Adversarial Nets" (2014).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from zscape.models.errors import ZscapeError
from zscape.models.families import base
from zscape.models.families.layers.linear import Linear

STAGES = {28: 2, 32: 3, 64: 4}
"""Halvings from a picture of this many pixels a side to the smallest maps: 7x7 for 28, 4x4 for 32 and 64."""


@dataclass(frozen=True)
class DCGANConfig:
    """What a DCGAN is made of.

    size: pixels a side (28, 32 or 64). channels: 1 for grey, 3 for colour. z_size: length of the latent. classes: 1 means
    unconditional: the class row is taken and ignored. hidden: width of the linear layers. generator_maps: feature maps from the
    smallest picture to the largest; discriminator_maps: the same from the largest to the smallest; one number a stage
    (two stages for 28, three for 32, four for 64). Raises ZscapeError where a value is out of its range.
    """

    size: int = 28
    channels: int = 1
    z_size: int = 100
    classes: int = 10
    hidden: int = 1024
    generator_maps: tuple[int, ...] = (128, 64)
    discriminator_maps: tuple[int, ...] = (48, 48)

    def __post_init__(self) -> None:
        if self.size not in STAGES:
            raise ZscapeError(f"A dcgan draws 28, 32 or 64 pixels a side, not {self.size}: change size.")
        if self.channels not in (1, 3):
            raise ZscapeError(f"A dcgan draws 1 channel (grey) or 3 (colour), not {self.channels}: change channels.")
        for name, limit in (("z_size", 4096), ("classes", 1000), ("hidden", 8192)):
            if not 1 <= getattr(self, name) <= limit:
                raise ZscapeError(f"dcgan: {name} is {getattr(self, name)}, it must be from 1 to {limit}.")
        for name in ("generator_maps", "discriminator_maps"):
            maps = getattr(self, name)
            if len(maps) != STAGES[self.size] or not all(1 <= count <= 2048 for count in maps):
                wanted = f"{STAGES[self.size]} numbers from 1 to 2048 for {self.size} pixels"
                raise ZscapeError(f"dcgan: {name} is {list(maps)}, it must be {wanted}.")

    @property
    def image_shape(self) -> tuple[int, int, int]:
        """(channels, height, width)."""
        return (self.channels, self.size, self.size)

    @property
    def conditional(self) -> bool:
        """Whether the class row is used."""
        return self.classes > 1

    @property
    def label_size(self) -> int:
        """How many numbers the class adds to each layer."""
        return self.classes if self.conditional else 0

    @property
    def side(self) -> int:
        """Pixels a side of the smallest maps."""
        return self.size >> STAGES[self.size]


def join(x: Tensor, c: Tensor) -> Tensor:
    """X [N, F] or [N, F, H, W] with the class row c [N, K] joined: K more features, or K constant maps."""
    if x.dim() == 2:
        return torch.cat([x, c], 1)
    return torch.cat([x, c[:, :, None, None].expand(-1, -1, *x.shape[2:])], 1)


def initialise(module: nn.Module) -> None:
    """Weights from N(0, 0.02), gains from N(1, 0.02), biases 0 (Radford et al. 2015, section 4)."""
    for part in module.modules():
        if isinstance(part, nn.Linear | nn.Conv2d | nn.ConvTranspose2d):
            nn.init.normal_(part.weight, 0.0, 0.02)
        elif isinstance(part, nn.BatchNorm1d | nn.BatchNorm2d):
            nn.init.normal_(part.weight, 1.0, 0.02)
        if isinstance(bias := getattr(part, "bias", None), Tensor):
            nn.init.zeros_(bias)


class DCGANGenerator(base.Generator):
    """Two linear layers, then 5x5 stride-2 transposed convolutions; batch norm and ReLU between, tanh at the end."""

    def __init__(self, config: DCGANConfig) -> None:
        super().__init__()
        self.config = config
        self.z_size, self.classes, self.image_shape = config.z_size, config.classes, config.image_shape
        k, maps = config.label_size, (*config.generator_maps, config.channels)
        # A bias before batch norm would be taken out again by it: only the last layer has one.
        self.linear = Linear(config.z_size + k, config.hidden, bias=False)
        self.linear_norm = nn.BatchNorm1d(config.hidden)
        self.project = Linear(config.hidden + k, maps[0] * config.side**2, bias=False)
        last = len(maps) - 2
        self.norms = nn.ModuleList(nn.BatchNorm2d(count) for count in config.generator_maps)
        self.ups = nn.ModuleList(
            nn.ConvTranspose2d(maps[i] + k, maps[i + 1], 5, stride=2, padding=2, output_padding=1, bias=i == last)
            for i in range(last + 1)
        )
        initialise(self)

    def forward(self, z: Tensor, c: Tensor) -> Tensor:
        c = c[:, : self.config.label_size]  # [N, K], or [N, 0] where the class is ignored
        h = torch.relu(self.linear_norm(self.linear(join(z, c))))  # [N, hidden]
        x = self.project(join(h, c)).unflatten(1, (-1, self.config.side, self.config.side))  # [N, maps, side, side]
        for norm, up in zip(self.norms, self.ups, strict=True):
            x = up(join(torch.relu(norm(x)), c))  # twice the height and width
        return torch.tanh(x)


class Trunk(nn.Module):
    """What the discriminator and the encoder share: images and classes to features [N, hidden + K].

    5x5 stride-2 convolutions and a linear layer, leaky ReLU 0.2; batch norm everywhere but on the first layer.
    """

    def __init__(self, config: DCGANConfig) -> None:
        super().__init__()
        self.label_size = k = config.label_size
        maps: Sequence[int] = (config.channels, *config.discriminator_maps)
        self.downs = nn.ModuleList(
            nn.Conv2d(maps[i] + k, maps[i + 1], 5, stride=2, padding=2, bias=i == 0) for i in range(len(maps) - 1)
        )
        self.norms = nn.ModuleList([nn.Identity(), *(nn.BatchNorm2d(count) for count in maps[2:])])
        self.linear = Linear(maps[-1] * config.side**2 + k, config.hidden, bias=False)
        self.linear_norm = nn.BatchNorm1d(config.hidden)

    def forward(self, x: Tensor, c: Tensor) -> Tensor:
        c = c[:, : self.label_size]
        for norm, down in zip(self.norms, self.downs, strict=True):
            x = nn.functional.leaky_relu(norm(down(join(x, c))), 0.2)  # half the height and width
        h = nn.functional.leaky_relu(self.linear_norm(self.linear(join(x.flatten(1), c))), 0.2)
        return join(h, c)


class DCGANDiscriminator(base.Discriminator):
    """The trunk with one logit on top."""

    def __init__(self, config: DCGANConfig) -> None:
        super().__init__()
        self.trunk = Trunk(config)
        self.head = Linear(config.hidden + config.label_size, 1)
        initialise(self)

    def forward(self, x: Tensor, c: Tensor) -> Tensor:
        logits: Tensor = self.head(self.trunk(x, c))
        return logits.squeeze(1)


class DCGANEncoder(base.Encoder):
    """The discriminator's trunk with its last layer replaced by one of z's length."""

    def __init__(self, config: DCGANConfig) -> None:
        super().__init__()
        self.trunk = Trunk(config)
        self.head = Linear(config.hidden + config.label_size, config.z_size)
        initialise(self)

    def forward(self, x: Tensor, c: Tensor) -> Tensor:
        z: Tensor = self.head(self.trunk(x, c))
        return z


def encoder_from(config: DCGANConfig, discriminator: base.Discriminator) -> DCGANEncoder:
    """An encoder whose trunk starts as a copy of the trained discriminator's."""
    if not isinstance(discriminator, DCGANDiscriminator):
        raise ZscapeError("This encoder starts from a dcgan's discriminator: the model has another one.")
    encoder = DCGANEncoder(config)
    encoder.trunk.load_state_dict(discriminator.trunk.state_dict())
    return encoder
