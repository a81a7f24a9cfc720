"""The config of a projection GAN."""

from __future__ import annotations

from dataclasses import dataclass

from zscape.models.errors import ZscapeError

UPS = {28: 2, 32: 3, 64: 4}
"""Number of doublings from the smallest maps (7x7 for 28, 4x4 for 32 and 64) to images with this side in pixels."""


@dataclass(frozen=True)
class ProjectionConfig:
    """The architecture of the networks.

    size: side in pixels (28, 32 or 64). channels: 1 for grey, 3 for colour. z_size: length of the latent. classes: 1 means
    unconditional. maps: feature maps of the generator at the smallest size and after each doubling. features: maps of the
    discriminator after each halving. hidden: width of its linear layer. Raises ZscapeError if a value is out of range.
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
        """Side in pixels of the generator's smallest maps."""
        return self.size >> UPS[self.size]
