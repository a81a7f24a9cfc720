"""The config of a DCGAN."""

from __future__ import annotations

from dataclasses import dataclass

from zscape.models.errors import ZscapeError

STAGES = {28: 2, 32: 3, 64: 4}
"""Number of halvings from images with this side in pixels to the smallest maps: 7x7 for 28, 4x4 for 32 and 64."""


@dataclass(frozen=True)
class DCGANConfig:
    """The architecture of a DCGAN.

    size: side in pixels (28, 32 or 64). channels: 1 for grey, 3 for colour. z_size: length of the latent. classes: 1 means
    unconditional: the class row is accepted and ignored. hidden: width of the linear layers. generator_maps: feature maps from
    the smallest size to the largest; discriminator_maps: the same from the largest to the smallest; one number per stage (two
    stages for 28, three for 32, four for 64). Raises ZscapeError if a value is out of range.
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
        """Number of class entries appended to each layer's input."""
        return self.classes if self.conditional else 0

    @property
    def side(self) -> int:
        """Side in pixels of the smallest maps."""
        return self.size >> STAGES[self.size]
