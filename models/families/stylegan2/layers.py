"""The layers of StyleGAN2: equalised learning rates, modulated convolutions, filtered resampling.

T. Karras et al., "Analyzing and Improving the Image Quality of StyleGAN" (2020), section 2 and appendix B; equalised learning
rate: T. Karras et al., "Progressive Growing of GANs" (2018), section 4.1.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from functools import cache

import torch
from torch import Tensor, nn
from torch.nn.functional import conv2d, conv_transpose2d, leaky_relu, linear

from zscape.models.inputs.kinds.noise import maps

SLOPE = 0.2
GAIN = math.sqrt(2)
"""Factor after a leaky ReLU that preserves the magnitude."""
FILTER = (1.0, 3.0, 3.0, 1.0)
"""Low-pass filter of all resampling, along each axis (Karras et al. 2020, appendix B)."""


def active(x: Tensor) -> Tensor:
    """Leaky ReLU; its input has already been multiplied by GAIN, which is cheaper on weights than on maps."""
    return leaky_relu(x, SLOPE)


def by_map(x: Tensor, factors: Tensor, shift: Tensor | None = None) -> Tensor:
    """Return x [N, C, H, W] with each map multiplied by its factor [N, C], plus shift [C].

    As if factors were [N, C, 1, 1], but on whole rows of pixels at once: in channels-last order, a factor per map would be
    applied pixel by pixel.
    """
    n, maps, height, width = x.shape
    rows = x.permute(0, 2, 3, 1).reshape(n, height, width * maps)
    factor = factors.to(x.dtype).repeat(1, width)[:, None]
    rows = rows * factor if shift is None else torch.addcmul(shift.to(x.dtype).repeat(width), rows, factor)
    return rows.view(n, height, width, maps).permute(0, 3, 1, 2)


def normal(*shape: int, deviation: float = 1.0) -> Tensor:
    """Return random numbers with mean 0.

    torch.randn, and arithmetic on its result, would load torch's compiler when a model is built on the meta device, as
    `load_model` does.
    """
    return torch.empty(shape).normal_(0, deviation)


class EqualLinear(nn.Module):
    """A linear layer whose weights are N(0, 1) and scaled when used: x [N, in] -> [N, out].

    start: initial bias. rate: factor on its learning rate, for the mapping network. gain: factor on the result.
    """

    def __init__(
        self, inputs: int, outputs: int, start: float = 0.0, rate: float = 1.0, gain: float = 1.0, bias: bool = True
    ) -> None:
        super().__init__()
        self.weight = nn.Parameter(normal(outputs, inputs, deviation=1 / rate))
        self.bias = nn.Parameter(torch.full((outputs,), start / rate)) if bias else None
        self.scale, self.shift = gain * rate / math.sqrt(inputs), gain * rate

    def forward(self, x: Tensor) -> Tensor:
        return linear(x, self.weight * self.scale, None if self.bias is None else self.bias * self.shift)


class Affine(nn.Module):
    """The scales of a convolution's input maps: w [N, S], c [N, K] -> [N, maps], linear in both and 1 at the start.

    The class is added to the result of the style, so that the same style means the same in every class. classes None: no class.
    """

    def __init__(self, w_size: int, classes: int | None, maps: int) -> None:
        super().__init__()
        self.style = EqualLinear(w_size, maps, start=1.0)
        self.classes = None if classes is None else nn.Linear(classes, maps, bias=False)
        if self.classes is not None:
            nn.init.zeros_(self.classes.weight)

    def forward(self, w: Tensor, c: Tensor) -> Tensor:
        s: Tensor = self.style(w)
        return s if self.classes is None else s + self.classes(c)


class EqualConv(nn.Module):
    """A convolution that keeps the size, with weights scaled when used: x [N, in, H, W] -> [N, out, H, W].

    gain: factor on the result.
    """

    def __init__(self, inputs: int, outputs: int, side: int, gain: float = 1.0, bias: bool = True) -> None:
        super().__init__()
        self.weight = nn.Parameter(normal(outputs, inputs, side, side))
        self.bias = nn.Parameter(torch.zeros(outputs)) if bias else None
        self.scale, self.gain, self.padding = gain / math.sqrt(inputs * side**2), gain, side // 2

    def forward(self, x: Tensor) -> Tensor:
        weight = (self.weight * self.scale).contiguous(memory_format=torch.channels_last)
        return conv2d(x, weight, None if self.bias is None else self.bias * self.gain, padding=self.padding)


class ModulatedConv(nn.Module):
    """A 3x3 convolution whose input maps are scaled by the style: x [N, in, H, W], s [N, in] -> [N, out, H, W].

    Equation 1: instead of separate weights for each image, the maps are scaled before the convolution, which is equivalent. up:
    doubles height and width by a transposed convolution and the filter.
    """

    def __init__(self, inputs: int, outputs: int, up: bool = False) -> None:
        super().__init__()
        self.weight = nn.Parameter(normal(outputs, inputs, 3, 3))
        self.scale, self.up = 1 / math.sqrt(inputs * 9), up

    def forward(self, x: Tensor, s: Tensor) -> Tensor:
        """Return the maps before demodulation, which is left to the caller (`factors`)."""
        weight = self.weight * self.scale
        y = by_map(x, s)
        if self.up:
            return blur(conv_transpose2d(y, weight.transpose(0, 1).contiguous(memory_format=torch.channels_last), stride=2), 4.0)
        return conv2d(y, weight.contiguous(memory_format=torch.channels_last), padding=1)

    def factors(self, s: Tensor) -> Tensor:
        """Return demodulation's factors of the output maps (equation 3), [N, out]: inverse norms of the modulated weights."""
        energy = (self.weight * self.scale).square().sum((2, 3))  # [out, in]
        return torch.rsqrt(s.float().square() @ energy.t() + 1e-8)


class ToColour(nn.Module):
    """A modulated 1x1 convolution to the image's channels, without demodulation: x [N, in, H, W], s [N, in] -> [N, C, H, W]."""

    def __init__(self, inputs: int, channels: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(normal(channels, inputs))
        self.bias = nn.Parameter(torch.zeros(channels))
        self.scale = 1 / math.sqrt(inputs)

    def forward(self, x: Tensor, s: Tensor) -> Tensor:
        n, maps, height, width = x.shape
        weight = (self.weight * self.scale)[:, :, None] * s.t()  # [C, in, N]
        pixels = torch.bmm(x.permute(0, 2, 3, 1).reshape(n, height * width, maps), weight.permute(2, 1, 0).to(x.dtype))
        return pixels.float().transpose(1, 2).reshape(n, -1, height, width) + self.bias[:, None, None]


@cache
@torch.inference_mode(False)  # derivatives are taken through it later, whatever the mode of the first caller
def filtering(side: int, stride: int, gain: float, dtype: torch.dtype, device: torch.device) -> Tensor:
    """Return the low-pass filter along an axis of `side` pixels with a zero at each end, as a matrix [out, side]."""
    taps, matrix = torch.tensor(FILTER) * (gain / sum(FILTER)), torch.zeros((side - 2) // stride + 1, side)
    for row in range(len(matrix)):
        for tap, value in enumerate(taps, row * stride - 1):
            if 0 <= tap < side:
                matrix[row, tap] = value
    return matrix.to(device, dtype)


def blur(x: Tensor, gain: float = 1.0, stride: int = 1) -> Tensor:
    """Return x [N, C, H, W] through the low-pass filter, one pixel smaller per side; every `stride`-th pixel; gain: of its sum.

    It is a product with one matrix per axis, and so are all its derivatives. As a convolution with one filter per map it took
    longer on a CPU and on a GPU, and its second derivative processed the maps one by one.
    """
    n, maps, height, width = x.shape
    how = stride, math.sqrt(gain), x.dtype, x.device
    rows = filtering(height, *how) @ x.permute(0, 2, 3, 1).reshape(n, height, width * maps)
    pixels = filtering(width, *how) @ rows.view(n, -1, width, maps)
    return pixels.permute(0, 3, 1, 2)


def halved(x: Tensor) -> Tensor:
    """Return x [N, C, H, W] filtered and reduced to half its height and width."""
    return blur(x, stride=2)


def doubled(x: Tensor) -> Tensor:
    """Return x [N, C, H, W] at twice the height and width, filtered: bilinear, which is equivalent to the filter."""
    return nn.functional.interpolate(x, scale_factor=2, mode="bilinear", align_corners=False)


def mapped(points: Mapping[str, Tensor], embed: nn.Module | None, layers: Iterable[nn.Module], count: int) -> Tensor:
    """Return the styles [N, count, S] that the mapping network makes from the latent "z", and from the class if it has `embed`.

    Unlike in the paper's code, the latent is not normalised first: its length matters, so that it can be truncated.
    """
    x = points["z"] if embed is None else torch.cat([points["z"], embed(points["class"])], 1)
    for layer in layers:
        x = active(layer(x))
    styles: Tensor = x.float()[:, None].expand(-1, count, -1)
    return styles


def grain(rows: Tensor, side: int, stream: str) -> Tensor:
    """Return the noise [N, 1, side, side] of a layer for rows [N, 6] of points. stream: unique name of the layer."""
    return torch.from_numpy(maps(rows.cpu().numpy(), (1, side, side), stream)).to(rows.device)
