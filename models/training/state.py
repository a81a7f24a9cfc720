"""Everything a run depends on, as named tensors: networks, Adam's moments and the random numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

import torch
from torch import Tensor, nn
from torch.optim import Adam


def gather(
    modules: Mapping[str, nn.Module], optimisers: Mapping[str, Adam], random: torch.Generator, step: int
) -> dict[str, Tensor]:
    """The state by name, as copies on the CPU: "part/tensor", "optimiser/parameter/moment", "random" and "step"."""
    tensors: dict[str, Tensor] = {}
    for part, module in modules.items():
        tensors |= {f"{part}/{name}": tensor for name, tensor in module.state_dict().items()}
    for part, optimiser in optimisers.items():
        for index, moments in optimiser.state_dict()["state"].items():
            tensors |= {f"{part}/{index}/{name}": moment for name, moment in moments.items()}
    tensors["random"] = random.get_state()
    tensors["step"] = torch.tensor(step)
    return {name: tensor.detach().to("cpu", copy=True).contiguous() for name, tensor in tensors.items()}


def scatter(
    tensors: Mapping[str, Tensor], modules: Mapping[str, nn.Module], optimisers: Mapping[str, Adam], random: torch.Generator
) -> int:
    """Put a gathered state back and return its step. KeyError, RuntimeError or ValueError: it is not one of these networks."""
    for part, module in modules.items():
        start = f"{part}/"
        module.load_state_dict({name[len(start) :]: tensor for name, tensor in tensors.items() if name.startswith(start)})
    for part, optimiser in optimisers.items():
        moments: dict[int, dict[str, Tensor]] = {}
        for key in (key for key in tensors if key.startswith(f"{part}/")):
            _, index, name = key.split("/")
            moments.setdefault(int(index), {})[name] = tensors[key]
        parameters = cast(list[nn.Parameter], optimiser.param_groups[0]["params"])
        if [moments[index]["exp_avg"].shape for index in range(len(parameters))] != [p.shape for p in parameters]:
            raise ValueError(f"the moments of {part} do not fit")
        optimiser.load_state_dict({**optimiser.state_dict(), "state": moments})
    random.set_state(tensors["random"])
    return int(tensors["step"])


def adam(module: nn.Module, rate: float, betas: tuple[float, float]) -> Adam:
    """Adam on the module's parameters: all of them in one pass where torch has a fused kernel for the device."""
    parameters = list(module.parameters())
    fused = parameters[0].device.type in ("cpu", "cuda", "mps")
    return Adam(parameters, lr=rate, betas=betas, fused=fused, foreach=None if fused else True)
