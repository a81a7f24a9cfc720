"""Everything a run depends on, as named tensors: networks, Adam's moments and the random numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar, cast

import torch
from torch import Tensor, nn
from torch.optim import Adam

Network = TypeVar("Network", bound=nn.Module)


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
        for parameter, own in zip(parameters, (moments[index] for index in range(len(parameters))), strict=True):
            for moment in ("exp_avg", "exp_avg_sq"):
                # In the order of memory of the parameter, which `placed` may have changed: the fused kernel asks for it.
                own[moment] = torch.empty_like(parameter).copy_(own[moment])
        optimiser.load_state_dict({**optimiser.state_dict(), "state": moments})
    random.set_state(tensors["random"])
    return int(tensors["step"])


def placed(network: Network, device: torch.device) -> Network:
    """The network on `device`, on CUDA with the weights of convolutions in the order that its tensor cores take."""
    network.to(device)
    if device.type == "cuda":
        network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]  # torch declares it for tensors only
    return network


def adam(module: nn.Module, rate: float, betas: tuple[float, float]) -> Adam:
    """Adam on the module's parameters: all of them in one pass where torch has a fused kernel for the device.

    On CUDA its steps can be recorded (`Replay`), with the rate in a tensor. `set_rate` changes it.
    """
    parameters = list(module.parameters())
    device = parameters[0].device
    fused, cuda = device.type in ("cpu", "cuda", "mps"), device.type == "cuda"
    lr = torch.tensor(rate, device=device) if cuda else rate
    return Adam(parameters, lr=lr, betas=betas, fused=fused, foreach=None if fused else True, capturable=cuda)


def set_rate(optimiser: Adam, rate: float) -> None:
    """Change the learning rate of an optimiser of `adam`."""
    group = optimiser.param_groups[0]
    if isinstance(group["lr"], Tensor):
        group["lr"].fill_(rate)
    else:
        group["lr"] = rate
