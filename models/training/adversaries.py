"""Generator and discriminator in training: one step of each in turn, and everything needed to go on later."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

import torch
from torch import Tensor, nn
from torch.nn.functional import one_hot

from models.data.dataset import Dataset
from models.families import FAMILIES
from models.training.averages import averaged
from models.training.config import TrainConfig
from models.training.losses import chi_square, discriminator_loss, generator_loss


def adam(module: nn.Module, rate: float, betas: tuple[float, float]) -> torch.optim.Adam:
    """Adam on the module's parameters: all of them in one pass where torch has a fused kernel for the device."""
    parameters = list(module.parameters())
    fused = parameters[0].device.type in ("cpu", "cuda", "mps")
    return torch.optim.Adam(parameters, lr=rate, betas=betas, fused=fused, foreach=None if fused else True)


class Adversaries:
    """The networks, their optimisers, the averaged generator, and the random numbers and data order of a run.

    All randomness comes from a private generator on the CPU, so a run is the same beside a window that draws, and draws the same
    latents on every device. `data` must fit `model`, the family's config.
    """

    def __init__(self, config: TrainConfig, model: Any, data: Dataset, device: torch.device) -> None:
        self.config, self.model, self.device = config, model, device
        family = FAMILIES[config.family]
        with torch.random.fork_rng(devices=[]):  # torch's initialisers know no other generator than the global one
            torch.manual_seed(config.seed)
            self.generator = family.generator(model).to(device).train()
            self.discriminator = family.discriminator(model).to(device).train()
        self.average = averaged(self.generator, config.average_decay)
        betas = (config.beta1, config.beta2)
        self.adam_g = adam(self.generator, config.learning_rate, betas)
        self.adam_d = adam(self.discriminator, config.learning_rate, betas)
        self.images = torch.tensor(data.images).permute(0, 3, 1, 2).contiguous().to(device)  # uint8 [N, C, H, W]
        labels = torch.tensor(data.labels) if model.classes > 1 else torch.zeros(len(data), dtype=torch.int64)
        self.labels = labels.to(device)
        self.random = torch.Generator().manual_seed(config.seed)
        self.step = 0
        self._epoch, self._order = -1, torch.empty(0, dtype=torch.int64)

    def order(self, position: int) -> Tensor:
        """Which image stands at `position` of the endless row of shuffled epochs, and those after it to the end of that epoch."""
        epoch, offset = divmod(position, len(self.labels))
        if epoch != self._epoch:
            # An epoch's order depends on the seed and its number alone: a resumed run needs nothing but the step.
            shuffler = torch.Generator().manual_seed(self.config.seed * 1_000_003 + epoch)
            self._epoch, self._order = epoch, torch.randperm(len(self.labels), generator=shuffler)
        return self._order[offset:]

    def batch(self) -> tuple[Tensor, Tensor]:
        """The next real images float [B, C, H, W] in [-1, 1] and their classes [B, K] as one-hot rows."""
        position, end = self.step * self.config.batch, (self.step + 1) * self.config.batch
        parts: list[Tensor] = []
        while position < end:
            parts.append(self.order(position)[: end - position])
            position += len(parts[-1])
        chosen = torch.cat(parts).to(self.device)
        return self.images[chosen] / 127.5 - 1, one_hot(self.labels[chosen], self.model.classes).float()

    def turns(self) -> Iterator[dict[str, float]]:
        """One step of D, then one of G; yields what was measured after each.

        As in Goodfellow et al. (2014), algorithm 1, with one difference that costs nothing and saves a pass through G: its step
        is made on the same latents, judged again by the improved D.
        """
        real, c = self.batch()
        z = torch.randn(len(c), self.model.z_size, generator=self.random).to(self.device)
        self.discriminator.requires_grad_(True)
        fake = self.generator(z, c)
        # Two calls: in one, batch norm would mix the statistics of real and fake images.
        loss_d = discriminator_loss(self.discriminator(real, c), self.discriminator(fake.detach(), c), self.config.smoothing)
        self.adam_d.zero_grad()
        loss_d.backward()  # type: ignore[no-untyped-call]
        self.adam_d.step()
        yield {"loss_d": loss_d.item()}

        self.discriminator.requires_grad_(False)  # no gradients for weights that stay as they are
        loss_g = generator_loss(self.discriminator(fake, c))
        self.adam_g.zero_grad()
        loss_g.backward()  # type: ignore[no-untyped-call]
        self.adam_g.step()
        self.average.update_parameters(self.generator)
        self.step += 1
        figures = {"loss_g": loss_g.item()}
        if self.step % 10 == 1:
            figures["chi_square"] = chi_square(real, fake).item()
        yield figures

    def _modules(self) -> dict[str, nn.Module]:
        return {"generator": self.generator, "discriminator": self.discriminator, "average": self.average}

    def state(self) -> dict[str, Tensor]:
        """Everything the next step depends on besides the config and the data, by name, as tensors (copies on the CPU)."""
        tensors: dict[str, Tensor] = {}
        for part, module in self._modules().items():
            tensors |= {f"{part}/{name}": tensor for name, tensor in module.state_dict().items()}
        for part, optimiser in (("adam_g", self.adam_g), ("adam_d", self.adam_d)):
            for index, moments in optimiser.state_dict()["state"].items():
                tensors |= {f"{part}/{index}/{name}": moment for name, moment in moments.items()}
        tensors["random"] = self.random.get_state()
        tensors["step"] = torch.tensor(self.step)
        return {name: tensor.detach().to("cpu", copy=True).contiguous() for name, tensor in tensors.items()}

    def restore(self, tensors: dict[str, Tensor]) -> None:
        """Go on from a `state()` of a run with the same config. KeyError, RuntimeError or ValueError: it does not fit."""
        for part, module in self._modules().items():
            start = f"{part}/"
            module.load_state_dict({name[len(start) :]: tensor for name, tensor in tensors.items() if name.startswith(start)})
        for part, optimiser in (("adam_g", self.adam_g), ("adam_d", self.adam_d)):
            moments: dict[int, dict[str, Tensor]] = {}
            for key in (key for key in tensors if key.startswith(f"{part}/")):
                _, index, name = key.split("/")
                moments.setdefault(int(index), {})[name] = tensors[key]
            parameters = cast(list[nn.Parameter], optimiser.param_groups[0]["params"])
            if [moments[index]["exp_avg"].shape for index in range(len(parameters))] != [p.shape for p in parameters]:
                raise ValueError(f"the moments of {part} do not fit")
            optimiser.load_state_dict({**optimiser.state_dict(), "state": moments})
        self.random.set_state(tensors["random"])
        self.step = int(tensors["step"])
