"""The generator of a StyleGAN2."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

import torch
from torch import Tensor, nn

import zscape.models.families.base as base
from zscape.models.families.stylegan2.config import SMALLEST, StyleGAN2Config
from zscape.models.families.stylegan2.fast import BlockParts, FastStyleGAN2, LayerParts, Preview
from zscape.models.families.stylegan2.layers import (
    GAIN,
    Affine,
    EqualLinear,
    ModulatedConv,
    ToColour,
    active,
    by_map,
    doubled,
    grain,
    mapped,
    normal,
)

SMALLEST_PREVIEW = 16
"""Minimum side of a preview in pixels: in a smaller one nothing can be recognised."""
MAPPING_RATE = 0.1
"""Learning rate of the mapping network, relative to the other layers'; 0.01 in runs of days (Karras et al. 2019, appendix C)."""


def affine(config: StyleGAN2Config, maps: int) -> Affine:
    """Return the layer that computes the scales of `maps` maps."""
    return Affine(config.w_size, config.classes if config.class_path != "mapping" else None, maps)


class Layer(nn.Module):
    """A modulated 3x3 convolution, noise, bias and leaky ReLU."""

    def __init__(self, config: StyleGAN2Config, inputs: int, outputs: int, side: int, up: bool = False) -> None:
        super().__init__()
        self.affine = affine(config, inputs)
        self.conv = ModulatedConv(inputs, outputs, up=up)
        self.bias = nn.Parameter(torch.zeros(outputs))
        self.noise_strength = nn.Parameter(torch.zeros(())) if config.noise else None
        self.stream = f"stylegan2/{side}{'up' if up else ''}"
        self.side = side

    def parts(self) -> LayerParts:
        """Return the parts of the layer."""
        return LayerParts(self.affine, self.conv, self.bias, self.noise_strength, self.side, self.stream)

    def forward(self, x: Tensor, w: Tensor, c: Tensor, noise: Tensor | None) -> Tensor:
        s = self.affine(w, c)
        y = by_map(self.conv(x, s), self.conv.factors(s) * GAIN, self.bias * GAIN)
        if self.noise_strength is not None and noise is not None:
            y = y + (self.noise_strength * GAIN).to(y) * grain(noise, self.side, self.stream).to(y)
        return active(y)


class Block(nn.Module):
    """One size of maps: convolutions, and their contribution to the image (the skip connections of section 3.1)."""

    def __init__(self, config: StyleGAN2Config, number: int) -> None:
        super().__init__()
        side, width = SMALLEST << number, config.maps[number]
        before = config.maps[number - 1] if number else width
        self.up = Layer(config, before, width, side, up=True) if number else None
        self.layer = Layer(config, width, width, side)
        self.colour_affine = affine(config, width)
        self.colour = ToColour(width, config.channels)

    def parts(self) -> BlockParts:
        """Return the parts of the block."""
        layers = [layer.parts() for layer in (self.up, self.layer) if layer is not None]
        return BlockParts(layers, self.colour_affine, self.colour)

    def forward(self, x: Tensor, w: Tensor, c: Tensor, noise: Tensor | None, image: Tensor | None) -> tuple[Tensor, Tensor]:
        """Return the maps and the image so far, from those before; w [N, 3, S]: styles of its layers (2 for the first block)."""
        if self.up is not None:
            x = self.up(x, w[:, 0], c, noise)
        x = self.layer(x, w[:, -2], c, noise)
        colour = self.colour(x, self.colour_affine(w[:, -1], c))
        return x, colour if image is None else doubled(image) + colour


class StyleGAN2Generator(base.Generator):
    """A mapping network, and blocks of modulated convolutions from 4x4 to the image's size."""

    def __init__(self, config: StyleGAN2Config) -> None:
        super().__init__()
        self.config, self.image_shape = config, config.image_shape
        self.in_mapping, self.in_layers = config.class_path != "layers", config.class_path != "mapping"
        self.embed = EqualLinear(config.classes, config.z_size, bias=False) if self.in_mapping else None
        widths = [config.z_size * (2 if self.in_mapping else 1), *[config.w_size] * config.mapping]
        self.mapping = nn.ModuleList(
            EqualLinear(before, after, rate=MAPPING_RATE, gain=GAIN) for before, after in pairwise(widths)
        )
        self.start = nn.Parameter(normal(config.maps[0], SMALLEST, SMALLEST))
        self.class_start = nn.Linear(config.classes, self.start.numel(), bias=False) if self.in_layers else None
        if self.class_start is not None:
            nn.init.normal_(self.class_start.weight)
        self.blocks = nn.ModuleList(Block(config, number) for number in range(config.blocks))

    def styles(self, points: Mapping[str, Tensor]) -> Tensor:
        return mapped(points, self.embed, self.mapping, self.config.layers)

    def first_matrix(self) -> Tensor:
        layers = [
            part for block in self.blocks if isinstance(block, Block) for part in (block.up, block.layer) if part is not None
        ]
        return torch.cat([layer.affine.style.weight for layer in layers])

    def fast_twin(self, dtype: torch.dtype) -> nn.Module:
        return self._twin(dtype, self.config.blocks)

    def preview_twin(self, dtype: torch.dtype, halvings: int, points: Mapping[str, Tensor], pictures: Tensor) -> nn.Module | None:
        if self.config.size >> halvings < SMALLEST_PREVIEW:
            return None
        return Preview(self._twin(dtype, self.config.blocks - halvings), halvings, points, pictures)

    def _twin(self, dtype: torch.dtype, count: int) -> FastStyleGAN2:
        """Return the first `count` blocks, rewritten for speed."""
        blocks = [block.parts() for block in self.blocks if isinstance(block, Block)][:count]
        twin = FastStyleGAN2((self.embed, self.mapping, self.config.layers), (self.start, self.class_start), blocks, dtype)
        return twin.eval().requires_grad_(False)

    def draw(self, styles: Tensor, points: Mapping[str, Tensor]) -> Tensor:
        c, noise = points["class"], points.get("noise")
        x = self.start.expand(len(c), -1, -1, -1)
        if self.class_start is not None:
            x = x + self.class_start(c).view_as(x)
        x = x.contiguous(memory_format=torch.channels_last)
        image: Tensor | None = None
        for number, block in enumerate(self.blocks):
            first = max(0, 2 * number - 1)
            x, image = block(x, styles[:, first : 2 * number + 2], c, noise, image)
        assert image is not None
        # Not clipped in training: a pixel beyond the range would have no gradient to bring it back.
        return image if self.training else image.clamp(-1, 1)
