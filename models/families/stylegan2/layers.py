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

from zscape.models.inputs.noise import maps

SLOPE = 0.2
GAIN = math.sqrt(2)
"""After a leaky ReLU: keeps the size of what passes."""
FILTER = (1.0, 3.0, 3.0, 1.0)
"""Low-pass filter of all resampling, along each axis (Karras et al. 2020, appendix B)."""


def active(x: Tensor) -> Tensor:
    """Leaky ReLU; what comes in has been multiplied by GAIN already, which is cheaper on weights than on maps."""
    return leaky_relu(x, SLOPE)


def by_map(x: Tensor, factors: Tensor, shift: Tensor | None = None) -> Tensor:
    """X [N, C, H, W] with each map multiplied by its factor [N, C], plus shift [C].

    As if factors were [N, C, 1, 1], but on whole rows of pixels at once: with maps last in memory, a factor a map would be taken
    up pixel by pixel.
    """
    n, maps, height, width = x.shape
    rows = x.permute(0, 2, 3, 1).reshape(n, height, width * maps)
    factor = factors.to(x.dtype).repeat(1, width)[:, None]
    rows = rows * factor if shift is None else torch.addcmul(shift.to(x.dtype).repeat(width), rows, factor)
    return rows.view(n, height, width, maps).permute(0, 3, 1, 2)


def normal(*shape: int, deviation: float = 1.0) -> Tensor:
    """Random numbers with mean 0.

    torch.randn, and arithmetic on what it gives, would load torch's compiler where a model is built without memory, as
    `load_model` does.
    """
    return torch.empty(shape).normal_(0, deviation)


class EqualLinear(nn.Module):
    """A linear layer whose weights are N(0, 1) and scaled as they are used: x [N, in] -> [N, out].

    start: of the bias. rate: the factor on its learning rate, for the mapping network. gain: a factor on the result.
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

    The class is added to what the style says, so that the same style means the same in every class. classes None: it is not.
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
    """A convolution that keeps the size, its weights scaled as they are used: x [N, in, H, W] -> [N, out, H, W].

    gain: a factor on the result.
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

    Equation 1: instead of weights of its own for each image, the maps are scaled before the convolution, which is the same. up:
    doubles height and width by a transposed convolution and the filter.
    """

    def __init__(self, inputs: int, outputs: int, up: bool = False) -> None:
        super().__init__()
        self.weight = nn.Parameter(normal(outputs, inputs, 3, 3))
        self.scale, self.up = 1 / math.sqrt(inputs * 9), up

    def forward(self, x: Tensor, s: Tensor) -> Tensor:
        """The maps before demodulation, which is left to the caller (`factors`)."""
        weight = self.weight * self.scale
        y = by_map(x, s)
        if self.up:
            return blur(conv_transpose2d(y, weight.transpose(0, 1).contiguous(memory_format=torch.channels_last), stride=2), 4.0)
        return conv2d(y, weight.contiguous(memory_format=torch.channels_last), padding=1)

    def factors(self, s: Tensor) -> Tensor:
        """What demodulation multiplies the output maps by (equation 3), [N, out]: the inverse norms of the modulated weights."""
        energy = (self.weight * self.scale).square().sum((2, 3))  # [out, in]
        return torch.rsqrt(s.float().square() @ energy.t() + 1e-8)


class ToColour(nn.Module):
    """A modulated 1x1 convolution to the picture's channels, without demodulation: x [N, in, H, W], s [N, in] -> [N, C, H, W]."""

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
@torch.inference_mode(False)  # derivatives are taken through it later, whoever asks for it first
def filtering(side: int, stride: int, gain: float, dtype: torch.dtype, device: torch.device) -> Tensor:
    """The low-pass filter along an axis of `side` pixels with one of zeros at each end, as a matrix [out, side]."""
    taps, matrix = torch.tensor(FILTER) * (gain / sum(FILTER)), torch.zeros((side - 2) // stride + 1, side)
    for row in range(len(matrix)):
        for tap, value in enumerate(taps, row * stride - 1):
            if 0 <= tap < side:
                matrix[row, tap] = value
    return matrix.to(device, dtype)


def blur(x: Tensor, gain: float = 1.0, stride: int = 1) -> Tensor:
    """X [N, C, H, W] through the low-pass filter, one pixel smaller a side; every `stride`-th pixel of it; gain: of its sum.

    A product with a matrix for each axis: all derivatives are such products, too. As a convolution with one filter a map it took
    longer on a CPU and on a GPU, and its second derivative went through the maps one by one.
    """
    n, maps, height, width = x.shape
    how = stride, math.sqrt(gain), x.dtype, x.device
    rows = filtering(height, *how) @ x.permute(0, 2, 3, 1).reshape(n, height, width * maps)
    pixels = filtering(width, *how) @ rows.view(n, -1, width, maps)
    return pixels.permute(0, 3, 1, 2)


def halved(x: Tensor) -> Tensor:
    """X [N, C, H, W] filtered and reduced to half its height and width."""
    return blur(x, stride=2)


def doubled(x: Tensor) -> Tensor:
    """X [N, C, H, W] at twice the height and width, filtered: bilinear, which is what the filter makes of it."""
    return nn.functional.interpolate(x, scale_factor=2, mode="bilinear", align_corners=False)


def mapped(points: Mapping[str, Tensor], embed: nn.Module | None, layers: Iterable[nn.Module], count: int) -> Tensor:
    """The styles [N, count, S] that the mapping network makes of the latent "z", and of the class where it has an `embed`.

    The latent is not brought to one length first, as in the paper's code: its length counts, so that it can be truncated.
    """
    x = points["z"] if embed is None else torch.cat([points["z"], embed(points["class"])], 1)
    for layer in layers:
        x = active(layer(x))
    styles: Tensor = x.float()[:, None].expand(-1, count, -1)
    return styles


def grain(rows: Tensor, side: int, stream: str) -> Tensor:
    """The noise [N, 1, side, side] of a layer for rows [N, 6] of points; `stream`: the layer's own name."""
    return torch.from_numpy(maps(rows.cpu().numpy(), (1, side, side), stream)).to(rows.device)
