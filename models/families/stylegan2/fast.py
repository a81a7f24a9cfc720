"""StyleGAN2's synthesis rewritten for speed: the same images, for inference only.

Weights are scaled once, their sums for demodulation are computed once, and maps are overwritten in place.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn.functional import avg_pool2d, conv2d, conv_transpose2d, leaky_relu_

from zscape.models.families.stylegan2.layers import FILTER, GAIN, SLOPE, ModulatedConv, ToColour, doubled, grain, mapped

MOST_FITTED = 20_000
"""Maximum number of pixels that a preview is fitted to: it has about a hundred parameters."""


@dataclass(frozen=True)
class LayerParts:
    """The parts of a layer.

    noise_strength, side, stream: None, or the strength of its noise, and the size and name of its maps.
    """

    affine: nn.Module
    conv: ModulatedConv
    bias: Tensor
    noise_strength: Tensor | None
    side: int
    stream: str


@dataclass(frozen=True)
class BlockParts:
    """The parts of a block: its layers, and their contribution to the image."""

    layers: Sequence[LayerParts]
    colour_affine: nn.Module
    colour: ToColour


class FastLayer(nn.Module):
    """One convolution with everything that follows it: x [N, C, H, W], channels-last and overwritten -> [N, out, H, W]."""

    weight: Tensor
    energy: Tensor
    bias: Tensor
    kernel: Tensor

    def __init__(self, parts: LayerParts, dtype: torch.dtype) -> None:
        super().__init__()
        conv = parts.conv
        weight = conv.weight.detach() * conv.scale
        self.up, self.affine = conv.up, copy.deepcopy(parts.affine)
        self.register_buffer("energy", weight.square().sum((2, 3)).t().contiguous())  # [in, out]
        ordered = weight.transpose(0, 1) if conv.up else weight
        self.register_buffer("weight", ordered.to(dtype).contiguous(memory_format=torch.channels_last))
        self.register_buffer("bias", (parts.bias.detach() * GAIN).to(dtype))
        line = torch.tensor(FILTER) / sum(FILTER)
        kernel = (4 * torch.outer(line, line)).to(dtype).expand(weight.shape[0], 1, len(FILTER), len(FILTER))
        self.register_buffer("kernel", kernel.contiguous())
        self.strength = None if parts.noise_strength is None else float(parts.noise_strength) * GAIN
        self.side, self.stream = parts.side, parts.stream

    def forward(self, x: Tensor, w: Tensor, c: Tensor, noise: Tensor | None) -> Tensor:
        s = self.affine(w, c)
        rows(x).mul_(repeated(s, x))
        if self.up:
            y = conv2d(conv_transpose2d(x, self.weight, stride=2), self.kernel, padding=1, groups=len(self.kernel))
        else:
            y = conv2d(x, self.weight, padding=1)
        factors = torch.rsqrt(s.square() @ self.energy + 1e-8) * GAIN
        flat = rows(y)
        flat.mul_(repeated(factors, y)).add_(self.bias.repeat(y.shape[3]))
        if self.strength and noise is not None:
            y += self.strength * grain(noise, self.side, self.stream).to(y)
        leaky_relu_(flat, SLOPE)
        return y


class FastStyleGAN2(nn.Module):
    """The generator's methods for inference: forward, styles, draw; images [N, C, H, W] float32 in [-1, 1].

    mapping: the embedding of the class or None, the mapping network, and the number of layers of a style. start: the first maps,
    and the class's part of them or None. dtype: of weights and maps, float32 or bfloat16; styles are float32.
    """

    first: Tensor

    @torch.no_grad()
    def __init__(
        self,
        mapping: tuple[nn.Module | None, nn.ModuleList, int],
        start: tuple[Tensor, nn.Linear | None],
        blocks: Sequence[BlockParts],
        dtype: torch.dtype,
    ) -> None:
        super().__init__()
        self.dtype = dtype
        self.embed, self.mapping, self.count = copy.deepcopy(mapping)
        self.register_buffer("first", start[0].detach().clone())
        self.class_first = copy.deepcopy(start[1])
        self.layers = nn.ModuleList(nn.ModuleList(FastLayer(each, dtype) for each in block.layers) for block in blocks)
        self.colour_affines = nn.ModuleList(copy.deepcopy(block.colour_affine) for block in blocks)
        self.colours = nn.ModuleList(copy.deepcopy(block.colour) for block in blocks)

    def forward(self, points: Mapping[str, Tensor]) -> Tensor:
        return self.draw(self.styles(points), points)

    def styles(self, points: Mapping[str, Tensor]) -> Tensor:
        """Return the styles [N, L, S]."""
        return mapped(points, self.embed, self.mapping, self.count)

    @torch.no_grad()  # maps are overwritten, so no derivative can be computed
    def draw(self, styles: Tensor, points: Mapping[str, Tensor]) -> Tensor:
        """Return images [N, C, H, W] for styles [N, L, S]."""
        image = self.last_maps(styles, points)[1]
        return image.clamp_(-1, 1)

    def last_maps(self, styles: Tensor, points: Mapping[str, Tensor]) -> tuple[Tensor, Tensor]:
        """Return the maps after the last block [N, maps, h, w], and what all blocks have added to the image [N, C, h, w]."""
        c, noise = points["class"], points.get("noise")
        x = self.first.expand(len(c), -1, -1, -1)
        if self.class_first is not None:
            x = x + self.class_first(c).view_as(x)
        x = x.to(self.dtype).contiguous(memory_format=torch.channels_last)
        if x.data_ptr() == self.first.data_ptr():
            x = x.clone()
        image: Tensor | None = None
        number = 0
        for layers, affine, colour in zip(self.layers, self.colour_affines, self.colours, strict=True):
            for layer in layers:  # type: ignore[attr-defined]
                x = layer(x, styles[:, number], c, noise)
                number += 1
            added = colour(x, affine(styles[:, number], c))
            image = added if image is None else doubled(image).add_(added)
        assert image is not None
        return x, image


class Preview(nn.Module):
    """The first blocks of a generator as `FastStyleGAN2`, with its methods; the contribution of the later blocks is predicted.

    That contribution is not small, so each pixel is predicted as a linear function of the maps there, fitted by least squares to
    images that were drawn exactly.
    """

    weight: Tensor

    @torch.no_grad()
    def __init__(self, first: FastStyleGAN2, halvings: int, points: Mapping[str, Tensor], pictures: Tensor) -> None:
        """first: those blocks.

        halvings: number of blocks left out. points, pictures [N, C, H, W] in [-1, 1]: what it is fitted to.
        """
        super().__init__()
        self.first, self.halvings = first, halvings
        known = seen(*first.last_maps(first.styles(points), points))
        wanted = avg_pool2d(pictures, 2**halvings).permute(0, 2, 3, 1).flatten(0, 2)
        kept = slice(None, None, max(1, len(known) // MOST_FITTED))
        self.register_buffer("weight", torch.linalg.lstsq(known[kept], wanted[kept]).solution)

    def forward(self, points: Mapping[str, Tensor]) -> Tensor:
        return self.draw(self.styles(points), points)

    def styles(self, points: Mapping[str, Tensor]) -> Tensor:
        """Return the styles, like the generator."""
        return self.first.styles(points)

    @torch.no_grad()
    def draw(self, styles: Tensor, points: Mapping[str, Tensor]) -> Tensor:
        """Return images [N, C, H, W] of the full size for styles [N, L, S]."""
        x, image = self.first.last_maps(styles, points)
        n, channels, height, width = image.shape
        image = (seen(x, image) @ self.weight).view(n, height, width, channels).permute(0, 3, 1, 2)
        for _ in range(self.halvings):
            image = doubled(image)
        return image.clamp_(-1, 1)


def seen(x: Tensor, image: Tensor) -> Tensor:
    """Return maps [N, M, h, w] and an image [N, C, h, w] pixel by pixel, with a 1 appended: float32 [N h w, M + C + 1]."""
    columns = torch.cat([x.float(), image, torch.ones_like(image[:, :1])], 1)
    return columns.permute(0, 2, 3, 1).flatten(0, 2)


def rows(x: Tensor) -> Tensor:
    """Return x [N, C, H, W], channels-last, as [N, H, W C], sharing its memory."""
    return x.permute(0, 2, 3, 1).flatten(2)


def repeated(factors: Tensor, x: Tensor) -> Tensor:
    """Return factors [N, C] repeated for `rows` of x: [N, 1, W C] in x's dtype."""
    return factors.to(x.dtype).repeat(1, x.shape[3])[:, None]
