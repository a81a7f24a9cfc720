"""Finds the layers of any generator whose units can be viewed and edited, from the outputs of its modules."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import torch
from torch import Tensor, nn

Points = Mapping[str, Tensor]


@dataclass(frozen=True)
class Layer:
    """A layer whose units each give a feature map.

    name: name of its module. units: number of units. height, width: of each map.
    """

    name: str
    units: int
    height: int
    width: int

    @property
    def words(self) -> str:
        """Its sizes in words."""
        return f"{self.width} × {self.height}, {self.units} units"


@dataclass
class _Given:
    """The output of a module in one forward pass. times: number of calls."""

    shape: tuple[int, ...]
    weights: bool
    filters: bool
    times: int = field(default=1)


def find_layers(network: nn.Module, draw: Callable[[], Tensor]) -> tuple[Layer, ...]:
    """Return the layers of `network` in the order in which `draw` runs them; `draw` returns images [N, C, H, W].

    A layer is a sequence of modules that output maps [N, U, H, W] of one shape. It ends where the shape changes, and before a
    module with filters of its own (weights of three or more dimensions). Its units are the output of the last module: after the
    normalisation, and after the activation if that is a module. Left out are sequences without weights (upsampling), outputs with
    no more maps than the image has channels, maps of one pixel, and modules that run more than once, as it would be unclear which
    run is meant.
    """
    given: dict[str, _Given] = {}
    order: list[str] = []

    def keep(name: str, module: nn.Module) -> Callable[..., None]:
        own = list(module.parameters(recurse=False))
        weights, filters = any(True for _ in module.parameters()), any(each.dim() >= 3 for each in own)

        def hook(_: nn.Module, __: Any, output: Any) -> None:
            if name in given:
                given[name].times += 1
            elif isinstance(output, Tensor) and output.dim() == 4:
                given[name] = _Given(tuple(output.shape[1:]), weights, filters)
                order.append(name)

        return hook

    # TorchScript modules do not allow hooks.
    seen = {name: each for name, each in network.named_modules() if name and not isinstance(each, torch.jit.ScriptModule)}
    hooks = [module.register_forward_hook(keep(name, module)) for name, module in seen.items()]
    try:
        with torch.inference_mode():
            picture = tuple(draw().shape[1:])
    finally:
        for each in hooks:
            each.remove()
    stretches: list[list[str]] = []
    for name in order:
        if given[name].times > 1:
            continue
        last = stretches[-1][-1] if stretches else None
        if last is None or given[last].shape != given[name].shape or given[name].filters:
            stretches.append([])
        stretches[-1].append(name)
    layers = []
    for stretch in stretches:
        units, height, width = given[stretch[-1]].shape
        # An output with as few maps as the image has channels is the image itself, or its contribution at a smaller size.
        if any(given[name].weights for name in stretch) and units > max(1, picture[0]) and height * width > 1:
            layers.append(Layer(stretch[-1], units, height, width))
    return tuple(layers)
