"""A generator whose units can be edited while it draws, and whose maps can be viewed."""

from __future__ import annotations

import copy
import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.functional import affine_grid, grid_sample

from zscape.models.errors import ZscapeError
from zscape.models.families.base import Generator
from zscape.models.inference.inside.layers import Layer, find_layers
from zscape.models.inputs.space import Space
from zscape.models.inputs.units import Setting, UnitsValue

Rows = slice | list[int]
Hook = Callable[[nn.Module, Any, Tensor], Tensor]


def forward(network: nn.Module, points: Mapping[str, Tensor], space: Space) -> Tensor:
    """Draw the images [N, C, H, W] of `network` at points, using their styles if these are already computed."""
    styles = space.styles
    if styles is not None and styles.name in points:
        images: Tensor = network.draw(points[styles.name], points)  # type: ignore[operator]
    else:
        images = network(points)
    return images


class EditableGenerator:
    """A copy of a generator, on one device, that draws with edits of its units.

    It is the plain generator, because fast twins have no modules to hook. Points are given with styles if the model has them,
    because edits do not affect the mapping network.
    """

    def __init__(self, generator: Generator, space: Space, device: torch.device, sample: Mapping[str, Tensor]) -> None:
        self.space, self.device = space, device
        self._network = copy.deepcopy(generator).float().to(device).eval().requires_grad_(False)
        self._modules = dict(self._network.named_modules())
        points = {name: rows.to(device) for name, rows in sample.items()}
        self.layers: tuple[Layer, ...] = find_layers(self._network, lambda: forward(self._network, points, space))
        self._units = {each.name: each.units for each in self.layers}

    def layer(self, name: str) -> Layer | None:
        """Return the layer called `name`, or None."""
        return next((each for each in self.layers if each.name == name), None)

    def check(self, value: UnitsValue, model: str) -> None:
        """Raise ZscapeError if `value` edits units that the generator of `model` does not have."""
        for each in value.edits:
            count = self._units.get(each.layer, 0)
            if not count:
                raise ZscapeError(
                    f"{model} has no layer {each.layer!r}: the unit edits are another model's. Reset them in the layers view."
                )
            if each.units[-1] >= count:
                raise ZscapeError(
                    f"Layer {each.layer!r} of {model} has units 0 to {count - 1}, an edit names {each.units[-1]}: the unit edits "
                    "are another model's. Reset them in the layers view."
                )

    def draw(self, points: Mapping[str, Tensor], units: Sequence[UnitsValue]) -> Tensor:
        """Draw the images [N, C, H, W] at points with the edits in `units`, one value per point or none."""
        hooks = [self._modules[layer].register_forward_hook(hook) for layer, hook in self._hooks(units).items()]
        try:
            with torch.inference_mode():
                return forward(self._network, points, self.space)
        finally:
            for each in hooks:
                each.remove()

    def maps(self, points: Mapping[str, Tensor], units: Sequence[UnitsValue], layer: str) -> tuple[Tensor, Tensor]:
        """Return the images of `draw`, and the maps [N, U, H, W] of one layer after the edits."""
        seen: list[Tensor] = []
        edits = self._hooks(units)

        def look(module: nn.Module, given: Any, output: Tensor) -> Tensor:
            edited = edits[layer](module, given, output) if layer in edits else output
            seen.append(edited.clone())
            return edited

        hooks = [self._modules[name].register_forward_hook(hook) for name, hook in {**edits, layer: look}.items()]
        try:
            with torch.inference_mode():
                images = forward(self._network, points, self.space)
        finally:
            for each in hooks:
                each.remove()
        return images, seen[0]

    def _hooks(self, units: Sequence[UnitsValue]) -> dict[str, Hook]:
        """Return the hook of each layer that has edits; tiles with the same value share one step."""
        same: dict[int, list[int]] = {}  # most tiles share one object, so a large value is compared only once
        for row, value in enumerate(units):
            same.setdefault(id(value), []).append(row)
        groups: dict[UnitsValue, list[int]] = {}
        for rows_of_one in same.values():
            groups.setdefault(units[rows_of_one[0]], []).extend(rows_of_one)
        steps: dict[str, list[tuple[Rows, list[int], Setting]]] = {}
        for value, numbers in groups.items():
            rows: Rows = slice(None) if len(groups) == 1 else numbers
            for each in value.applied().edits:
                steps.setdefault(each.layer, []).append((rows, list(each.units), each.setting))
        return {layer: _edit(some) for layer, some in steps.items()}


def _edit(steps: Sequence[tuple[Rows, list[int], Setting]]) -> Hook:
    def hook(_: nn.Module, __: Any, output: Tensor) -> Tensor:
        edited = output.clone()  # in-place changes would affect what another module holds
        for rows, units, setting in steps:
            if isinstance(rows, slice):
                edited[:, units] = changed(edited[:, units], setting)
            else:
                index = torch.tensor(rows, device=edited.device)[:, None]
                edited[index, units] = changed(edited[index, units], setting)
        return edited

    return hook


def changed(maps: Tensor, setting: Setting) -> Tensor:
    """Move, turn and scale maps [N, U, H, W] about their centre, with bilinear interpolation, and multiply them by the gain.

    A place p of the result shows s^-1 R^-1 (p - t): first scaled by s, then turned by R, then moved by t.
    """
    if setting.gain == 0:
        return torch.zeros_like(maps)
    gain, right, down, turn, scale = setting
    if (right, down, turn % 360, scale) == (0, 0, 0, 1):
        return maps * gain
    height, width = maps.shape[2:]
    cos, sin = math.cos(math.radians(turn)) / scale, math.sin(math.radians(turn)) / scale
    a, b, d, e = cos, sin * height / width, -sin * width / height, cos
    x, y = 2 * right, 2 * down  # in grid units, where the side runs from -1 to 1
    theta = torch.tensor([[[a, b, -(a * x + b * y)], [d, e, -(d * x + e * y)]]], dtype=maps.dtype, device=maps.device)
    grid = affine_grid(theta.expand(len(maps), -1, -1), list(maps.shape), align_corners=False)
    return grid_sample(maps, grid, mode="bilinear", padding_mode="zeros", align_corners=False) * gain
