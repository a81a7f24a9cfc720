"""Everything a run depends on, as named tensors: networks, Adam's moments and the random state."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

import torch
from torch import Tensor, nn

from zscape.models.training.steps.adam import Adam

Network = TypeVar("Network", bound=nn.Module)


def gather(
    modules: Mapping[str, nn.Module], optimisers: Mapping[str, Adam], random: torch.Generator, step: int
) -> dict[str, Tensor]:
    """Return the state by name, as copies on the CPU: "part/tensor", "optimiser/parameter/moment", "random" and "step"."""
    tensors: dict[str, Tensor] = {}
    for part, module in modules.items():
        tensors |= {f"{part}/{name}": tensor for name, tensor in module.state_dict().items()}
    for part, optimiser in optimisers.items():
        for index, moments in enumerate(optimiser.moments):
            tensors |= {f"{part}/{index}/{name}": moment for name, moment in moments.items()}
    tensors["random"] = random.get_state()
    tensors["step"] = torch.tensor(step)
    return {name: tensor.detach().to("cpu", copy=True).contiguous() for name, tensor in tensors.items()}


def scatter(
    tensors: Mapping[str, Tensor], modules: Mapping[str, nn.Module], optimisers: Mapping[str, Adam], random: torch.Generator
) -> int:
    """Restore a gathered state and return its step. Raises KeyError, RuntimeError or ValueError for other networks' state."""
    for part, module in modules.items():
        start = f"{part}/"
        module.load_state_dict({name[len(start) :]: tensor for name, tensor in tensors.items() if name.startswith(start)})
    for part, optimiser in optimisers.items():
        moments: dict[int, dict[str, Tensor]] = {}
        for key in (key for key in tensors if key.startswith(f"{part}/")):
            _, index, name = key.split("/")
            moments.setdefault(int(index), {})[name] = tensors[key]
        optimiser.load(moments)
    random.set_state(tensors["random"])
    return int(tensors["step"])


def placed(network: Network, device: torch.device) -> Network:
    """Move the network to `device`, on CUDA with the convolution weights in the memory layout of its tensor cores."""
    network.to(device)
    if device.type == "cuda":
        network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]  # torch declares it for tensors only
    return network
