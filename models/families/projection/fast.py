"""The projection GAN's generator rewritten for speed: the same images, for inference only.

A conditional batch norm in evaluation mode is one multiplication and one addition per entry, with factors linear in the class
weights: the factors of all layers come from one matrix product. Activations are overwritten in place, convolutions run
channels-last, and the last one, with its one or three output maps, is a matrix product whose rows are summed where the taps fall.
In bfloat16, on processors so fast at it that sums and copies take longer, the largest maps stay in their four phases instead
(layers/phases.py).
"""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from typing import cast

import torch
from torch import Tensor, nn
from torch.nn.functional import conv2d, leaky_relu_

from zscape.models.families.layers.linear import product
from zscape.models.families.layers.phases import joined, on_phases, phases_of_up
from zscape.models.families.layers.tone import LookedUp, Tone
from zscape.models.families.projection.config import ProjectionConfig
from zscape.models.families.projection.norm import SLOPE, ConditionalNorm


def factors(norm: ConditionalNorm, places: int) -> list[Tensor]:
    """Return what class weights are multiplied by for the norm's gain and bias in a row of `places`: two [places C, K]."""
    scale = torch.rsqrt(cast(Tensor, norm.norm.running_var) + norm.norm.eps)
    gain = norm.gain.weight * scale[:, None]
    bias = norm.bias.weight - cast(Tensor, norm.norm.running_mean)[:, None] * gain
    return [gain.repeat(places, 1), bias.repeat(places, 1)]


class LastConvolution(nn.Module):
    """A 3x3 convolution to few maps: x [N, C, H, W] of `dtype`, channels-last -> [N, out, H, W] of the same type."""

    taps: Tensor
    bias: Tensor

    def __init__(self, layer: nn.Conv2d, dtype: torch.dtype) -> None:
        super().__init__()
        self.register_buffer("taps", layer.weight.permute(2, 3, 0, 1).flatten(0, 2).to(dtype).contiguous())  # [9 out, C]
        self.register_buffer("bias", cast(Tensor, layer.bias)[:, None, None].clone())

    def forward(self, x: Tensor) -> Tensor:
        n, _, height, width = x.shape
        given = product(self.taps, x.permute(0, 2, 3, 1).flatten(0, 2)).float().view(3, 3, -1, n, height, width)
        wide = given.new_zeros(given.shape[2], n, height + 2, width + 2)
        for down in range(3):
            for right in range(3):
                wide[:, :, 2 - down : 2 - down + height, 2 - right : 2 - right + width] += given[down, right]
        return (wide[:, :, 1:-1, 1:-1].transpose(0, 1) + self.bias).to(x.dtype)


class LastOnPhases(nn.Module):
    """The same for maps in their phases: x [N, 4 C, H, W], channels-last -> [N, out, 2 H, 2 W] of x's type."""

    weight: Tensor
    bias: Tensor

    def __init__(self, layer: nn.Conv2d, dtype: torch.dtype) -> None:
        super().__init__()
        self.register_buffer("weight", on_phases(layer.weight).to(dtype))
        self.register_buffer("bias", cast(Tensor, layer.bias).repeat(4).to(dtype))

    def forward(self, x: Tensor) -> Tensor:
        return joined(conv2d(x, self.weight, self.bias, padding=1))


class UpToPhases(nn.Module):
    """A transposed convolution: x [N, in, H, W] -> the phases [N, 4 out, H, W] of its result, channels-last."""

    weight: Tensor

    def __init__(self, layer: nn.ConvTranspose2d, dtype: torch.dtype) -> None:
        super().__init__()
        self.register_buffer("weight", phases_of_up(layer.weight, 1).to(dtype))

    def forward(self, x: Tensor) -> Tensor:
        return conv2d(x, self.weight, padding=1)


class FirstMaps(nn.Module):
    """The linear layer and the first convolutions: forward(points) -> maps [N, M, H, W] of `dtype`.

    The maps are those after the following norm and its leaky ReLU. layers: those convolutions; the later ones may be left out.
    norms: those of the generator, one before each convolution and one after the last. phases: the last of all convolutions leaves
    its maps in their phases, [N, 4 M, H / 2, W / 2].
    """

    linear: Tensor
    norms: Tensor

    @torch.no_grad()
    def __init__(
        self,
        config: ProjectionConfig,
        linear: nn.Linear,
        layers: Sequence[nn.Module],
        norms: Sequence[nn.Module],
        dtype: torch.dtype,
        phases: bool = False,
    ) -> None:
        super().__init__()
        self.dtype, self.slope = dtype, SLOPE
        self.side = config.side
        rows = [self.side, *(self.side << stage for stage in range(len(layers)))]  # number of places in a row of each norm's maps
        rows[-1] *= 2 if phases else 1  # a row of phases holds two rows of the image
        widths = (config.maps[0], *config.maps)
        self.widths = [width * row for width, row in zip(widths, rows, strict=False) for _ in range(2)]
        # Rows from (map, place) to (place, map), so that the product is already channels-last.
        weight = linear.weight.view(config.maps[0], self.side**2, -1).transpose(0, 1).flatten(0, 1)
        self.register_buffer("linear", weight.contiguous().to(dtype))
        every = [each for norm, row in zip(norms, rows, strict=False) for each in factors(cast("ConditionalNorm", norm), row)]
        self.register_buffer("norms", torch.cat(every))  # [sum(widths), K]
        copies = [copy.deepcopy(layer).to(dtype) for layer in (layers[:-1] if phases else layers)]
        for each in copies:
            each.to(memory_format=torch.channels_last)  # type: ignore[call-overload]  # torch declares it for tensors only
        if phases:
            copies.append(UpToPhases(cast(nn.ConvTranspose2d, layers[-1]), dtype))
        self.layers = nn.ModuleList(copies)

    @torch.no_grad()  # oneDNN's product has no derivative: without this, torch would give wrong ones
    def forward(self, points: Mapping[str, Tensor]) -> Tensor:
        z, c = points["z"], points["class"]
        pairs = torch.split(product(c, self.norms).to(self.dtype), self.widths, 1)
        x = product(torch.cat([z, c], 1).to(self.dtype), self.linear).view(len(z), self.side, self.side, -1).permute(0, 3, 1, 2)
        for number, layer in enumerate(self.layers):
            x = layer(self._norm(x, pairs[2 * number], pairs[2 * number + 1]))
        return self._norm(x, *pairs[-2:])

    def _norm(self, x: Tensor, gain: Tensor, bias: Tensor) -> Tensor:
        """Apply conditional batch norm and leaky ReLU in place: x [N, C, H, W], channels-last, gain and bias [N, W C]."""
        # A row of a map at once: torch's loops over few channels alone are slow, ten times so in bfloat16.
        rows = x.permute(0, 2, 3, 1).flatten(2)  # [N, H, W C], the same memory
        leaky_relu_(torch.addcmul(bias[:, None], rows, gain[:, None], out=rows), self.slope)
        return x


class FastProjection(nn.Module):
    """forward(points) -> [N, C, H, W] float32 in [-1, 1], like the generator whose layers it is given, which stay unchanged.

    maps: those of all its convolutions but the last, in their phases if `phases` is set.
    """

    @torch.no_grad()
    def __init__(self, maps: FirstMaps, last: nn.Conv2d, tone: Tone, phases: bool) -> None:
        super().__init__()
        self.maps = maps
        self.last = LastOnPhases(last, maps.dtype) if phases else LastConvolution(last, maps.dtype)
        self.tone = LookedUp(tone) if maps.dtype == torch.bfloat16 else copy.deepcopy(tone)

    @torch.no_grad()
    def forward(self, points: Mapping[str, Tensor]) -> Tensor:
        pixels: Tensor = self.tone(self.last(self.maps(points)))
        return pixels
