"""The DCGAN's generator rewritten for speed: the same images, for inference only.

Batch norm is folded into the layer before it; the class maps, constant over each image, become tables of their contribution at
each place (borders included); convolutions run channels-last; the last one, with its one or three output maps, is a matrix
product whose columns are summed where the taps fall.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

import torch
from torch import Tensor, nn
from torch.nn.functional import conv2d, conv_transpose2d

from zscape.models.families.dcgan.config import DCGANConfig
from zscape.models.families.layers.linear import add_product, product
from zscape.models.families.layers.phases import phases_of_up

TAPS = 5
"""Width of the family's kernels."""


def fold(norm: nn.Module) -> tuple[Tensor, Tensor]:
    """Return the (scale [C], shift [C]) to which batch norm of C channels is equivalent in evaluation mode."""
    norm = cast(nn.BatchNorm2d, norm)
    variance, mean = cast(Tensor, norm.running_var), cast(Tensor, norm.running_mean)
    scale = norm.weight / torch.sqrt(variance + norm.eps)
    return scale, norm.bias - mean * scale


def up(x: Tensor, weight: Tensor, bias: Tensor | None = None) -> Tensor:
    """Apply the family's transposed convolution: x [N, C, H, W] by weight [C, D, 5, 5] to [N, D, 2 H, 2 W]."""
    return conv_transpose2d(x, weight, bias, stride=2, padding=2, output_padding=1)


def class_table(weight: Tensor, side: int) -> Tensor:
    """Return what each of K classes adds everywhere, [K, out, 2 side, 2 side]; weight: kernels [K, out, 5, 5] of its map."""
    k = len(weight)
    if not k:
        return weight.new_empty(0, weight.shape[1], 2 * side, 2 * side)
    return up(torch.eye(k)[:, :, None, None].expand(k, k, side, side).to(weight), weight)


class FastUp(nn.Module):
    """One transposed convolution with the class's part as a table and batch norm and ReLU folded in, channels-last."""

    def __init__(self, weight: Tensor, k: int, side: int, scale: Tensor, shift: Tensor, dtype: torch.dtype) -> None:
        super().__init__()
        features, weight = len(weight) - k, weight * scale[:, None, None]  # [features + K, out, 5, 5]
        # oneDNN has no fast transposed convolution in bfloat16.
        self.split = dtype == torch.bfloat16
        kernel, bias = weight[:features].contiguous(memory_format=torch.channels_last), shift.clone()
        self.register_buffer("weight", (phases_of_up(kernel, 2) if self.split else kernel).to(dtype))
        self.register_buffer("bias", (bias.repeat(4) if self.split else bias).to(dtype))
        table = class_table(weight[features:], side).permute(0, 2, 3, 1).flatten(1)
        self.register_buffer("table", table.t().contiguous().to(dtype))  # [H W out, K]

    weight: Tensor
    bias: Tensor
    table: Tensor

    def forward(self, x: Tensor, c: Tensor) -> Tensor:
        """Return [N, 2 H, 2 W, out] for x [N, H, W, features]."""
        n, height, width, _ = x.shape
        x = x.permute(0, 3, 1, 2)
        if self.split:
            y = conv2d(x, self.weight, self.bias, padding=1).permute(0, 2, 3, 1).reshape(n, height, width, 2, 2, -1)
            y = y.permute(0, 1, 3, 2, 4, 5).reshape(n, 2 * height, 2 * width, -1)
        else:
            y = up(x, self.weight, self.bias).permute(0, 2, 3, 1).contiguous()
        if c.shape[1]:
            y = add_product(y.view(n, -1), c, self.table).view_as(y)
        return y.relu_()


class FastLast(nn.Module):
    """The last transposed convolution: each pixel's contributions to its 25 neighbours by one matrix product, then their sums."""

    def __init__(self, weight: Tensor, bias: Tensor, k: int, side: int, dtype: torch.dtype) -> None:
        super().__init__()
        features = len(weight) - k
        self.shape = (weight.shape[1], 2 * side, 2 * side)
        taps = weight[:features].permute(1, 2, 3, 0).reshape(-1, features).contiguous()
        self.register_buffer("weight", taps.to(dtype))  # [C 25, features]
        self.register_buffer("table", class_table(weight[features:], side).flatten(1).t().contiguous())  # [C H W, K]
        self.register_buffer("bias", bias.repeat_interleave(4 * side * side))  # [C H W]

    weight: Tensor
    table: Tensor
    bias: Tensor

    def forward(self, x: Tensor, c: Tensor) -> Tensor:
        """Return images [N, C, 2 H, 2 W] float32 before tanh from x [N, H, W, features] and c [N, K] float32."""
        n, height, width, features = x.shape
        given = product(self.weight, x.view(-1, features)).float().view(-1, n, height * width).transpose(0, 1)  # [N, C 25, H W]
        image = nn.functional.fold(given, self.shape[1:], TAPS, stride=2, padding=2).view(n, -1)
        if c.shape[1]:
            image = add_product(image, c, self.table)
        return image.add_(self.bias).view(n, *self.shape)


class FastDCGAN(nn.Module):
    """forward(points) -> [N, C, H, W] float32 in [-1, 1], like the generator whose layers it is given, which stay unchanged.

    dtype: of weights and maps, float32 or bfloat16.
    """

    first: Tensor
    first_bias: Tensor
    project: Tensor
    project_bias: Tensor

    @torch.no_grad()
    def __init__(
        self,
        config: DCGANConfig,
        linear: nn.Linear,
        linear_norm: nn.Module,
        project: nn.Linear,
        norms: Sequence[nn.Module],
        ups: Sequence[nn.Module],
        dtype: torch.dtype,
    ) -> None:
        super().__init__()
        self.dtype = dtype
        self.side, self.k = config.side, config.label_size
        scale, shift = fold(linear_norm)
        self.register_buffer("first", (linear.weight * scale[:, None]).to(dtype))
        self.register_buffer("first_bias", shift.to(dtype))
        maps, area = config.generator_maps[0], config.side**2
        scale, shift = (part.repeat_interleave(area) for part in fold(norms[0]))
        # Rows from (map, place) to (place, map), so that the product is already channels-last.
        weight = (project.weight * scale[:, None]).view(maps, area, -1).transpose(0, 1).flatten(0, 1)
        self.register_buffer("project", weight.contiguous().to(dtype))
        self.register_buffer("project_bias", shift.view(maps, area).t().flatten().contiguous().to(dtype))
        sides = [config.side << stage for stage in range(len(ups))]
        kernels = [cast(Tensor, layer.weight) for layer in ups]
        self.ups = nn.ModuleList(
            FastUp(kernels[i], self.k, sides[i], *fold(norms[i + 1]), dtype) for i in range(len(kernels) - 1)
        )
        self.last = FastLast(kernels[-1], cast(Tensor, ups[-1].bias), self.k, sides[-1], dtype)

    @torch.no_grad()  # oneDNN's product has no derivative: without this, torch would give wrong ones
    def forward(self, points: Mapping[str, Tensor]) -> Tensor:
        z, weights = points["z"], points["class"][:, : self.k].contiguous()
        z, c = z.to(self.dtype), weights.to(self.dtype)
        h = product(torch.cat([z, c], 1), self.first, self.first_bias, relu=True)
        x = product(torch.cat([h, c], 1), self.project, self.project_bias, relu=True).view(len(z), self.side, self.side, -1)
        for stage in self.ups:
            x = stage(x, c)
        image: Tensor = self.last(x, weights)
        return image.tanh_()
