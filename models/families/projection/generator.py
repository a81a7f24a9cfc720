"""The generator of a projection GAN."""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import Tensor, nn
from torch.nn.functional import leaky_relu

import zscape.models.families.base as base
from zscape.models.families.layers.processor import multiplies_tiles
from zscape.models.families.layers.tone import Tone
from zscape.models.families.projection.config import ProjectionConfig
from zscape.models.families.projection.fast import FastProjection, FirstMaps
from zscape.models.families.projection.norm import SLOPE, ConditionalNorm
from zscape.models.families.projection.preview import Preview

MOST_HALVINGS = 1
"""Predicting from fewer pixels is faster still, but coarse: an error of 14 grey levels in faces instead of 10."""


class ProjectionGenerator(base.Generator):
    """Linear, 3x3 convolution, 4x4 stride-2 transposed convolutions, 3x3 convolution; conditional norms between."""

    def __init__(self, config: ProjectionConfig) -> None:
        super().__init__()
        self.config = config
        self.image_shape = config.image_shape
        maps, k = config.maps, config.classes
        self.linear = nn.Linear(config.z_size + k, maps[0] * config.side**2, bias=False)
        self.first = nn.Conv2d(maps[0], maps[0], 3, padding=1, bias=False)
        self.ups = nn.ModuleList(
            nn.ConvTranspose2d(maps[i], maps[i + 1], 4, stride=2, padding=1, bias=False) for i in range(len(maps) - 1)
        )
        self.norms = nn.ModuleList(ConditionalNorm(width, k) for width in (maps[0], *maps))
        self.last = nn.Conv2d(maps[-1], config.channels, 3, padding=1)
        self.tone = Tone()
        for layer in (self.linear, self.first, *self.ups, self.last):
            nn.init.normal_(layer.weight, 0.0, 0.02)
        nn.init.zeros_(self.last.bias)  # type: ignore[arg-type]

    def forward(self, points: Mapping[str, Tensor]) -> Tensor:
        z, c = points["z"], points["class"]
        x = self.linear(torch.cat([z, c], 1)).unflatten(1, (-1, self.config.side, self.config.side))  # [N, maps, side, side]
        for norm, layer in zip(self.norms, (self.first, *self.ups, self.last), strict=True):
            x = layer(leaky_relu(norm(x, c), SLOPE))
        pixels: Tensor = self.tone(x)
        return pixels

    def first_matrix(self) -> Tensor:
        return self.linear.weight[:, : self.config.z_size]

    @torch.no_grad()
    def change_latents(self, matrix: Tensor) -> bool:
        size = self.config.z_size
        self.linear.weight[:, :size] = self.linear.weight[:, :size] @ matrix
        return True

    def fast_twin(self, dtype: torch.dtype) -> nn.Module:
        phases = dtype == torch.bfloat16 and multiplies_tiles()
        return FastProjection(self._first_maps(dtype, phases=phases), self.last, self.tone, phases).eval().requires_grad_(False)

    def preview_twin(self, dtype: torch.dtype, halvings: int, points: Mapping[str, Tensor], pictures: Tensor) -> nn.Module | None:
        if halvings > MOST_HALVINGS:
            return None
        return Preview(self._first_maps(dtype, halvings), points, pictures).eval().requires_grad_(False)

    def _first_maps(self, dtype: torch.dtype, halvings: int = 0, phases: bool = False) -> FirstMaps:
        layers = [self.first, *self.ups][: len(self.ups) + 1 - halvings]
        return FirstMaps(self.config, self.linear, layers, list(self.norms), dtype, phases)
