"""The config of a StyleGAN2."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from zscape.models.errors import ZscapeError

SIZES = (32, 64, 128, 256)
SMALLEST = 4
"""Side in pixels of the first maps."""

ClassPath = Literal["layers", "mapping", "both"]


@dataclass(frozen=True)
class StyleGAN2Config:
    """The architecture of the networks.

    size: side in pixels (32, 64, 128 or 256). channels: 1 for grey, 3 for colour. z_size, w_size: lengths of the latent and of a
    style. mapping: number of layers of the mapping network. classes: 1 means unconditional. class_path: where the class enters:
    "layers" (separately from the styles, so that one style means the same in all classes), "mapping" (with the latent) or "both".
    noise: whether random maps are added in the layers. maps: feature maps of the generator at 4x4 and after each doubling.
    features: maps of the discriminator at full size and after each halving. hidden: width of its linear layer. Raises ZscapeError
    if a value is out of range.
    """

    size: int = 64
    channels: int = 3
    z_size: int = 64
    w_size: int = 128
    mapping: int = 4
    classes: int = 10
    class_path: ClassPath = "layers"
    noise: bool = True
    maps: tuple[int, ...] = (192, 128, 96, 48, 24)
    features: tuple[int, ...] = (16, 32, 64, 128, 192)
    hidden: int = 256

    def __post_init__(self) -> None:
        if self.size not in SIZES:
            raise ZscapeError(f"A StyleGAN2 draws 32, 64, 128 or 256 pixels a side, not {self.size}: change size.")
        if self.channels not in (1, 3):
            raise ZscapeError(f"A StyleGAN2 draws 1 channel (grey) or 3 (colour), not {self.channels}: change channels.")
        if self.class_path not in get_args(ClassPath):
            raise ZscapeError(f"stylegan2: class_path is {self.class_path!r}, it can be {', '.join(get_args(ClassPath))}.")
        limits = {"z_size": 4096, "w_size": 4096, "mapping": 16, "classes": 1000, "hidden": 8192}
        for name, limit in limits.items():
            if not 1 <= getattr(self, name) <= limit:
                raise ZscapeError(f"stylegan2: {name} is {getattr(self, name)}, it must be from 1 to {limit}.")
        for name in ("maps", "features"):
            widths = getattr(self, name)
            if len(widths) != self.blocks or not all(1 <= width <= 2048 for width in widths):
                wanted = f"{self.blocks} numbers from 1 to 2048 for {self.size} pixels"
                raise ZscapeError(f"stylegan2: {name} is {list(widths)}, it must be {wanted}.")

    @property
    def blocks(self) -> int:
        """Number of sizes of maps, from 4x4 to the image's."""
        return (self.size // SMALLEST).bit_length()

    @property
    def layers(self) -> int:
        """Number of vectors of a style: one for each 3x3 convolution and one for the last step to colour."""
        return 2 * self.blocks

    @property
    def image_shape(self) -> tuple[int, int, int]:
        """(channels, height, width)."""
        return (self.channels, self.size, self.size)
