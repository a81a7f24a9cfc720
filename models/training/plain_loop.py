"""A textbook training loop, as the baseline for timing the real one."""

from __future__ import annotations

import time
from collections import deque

import torch
from torch import nn
from torch.nn.functional import binary_cross_entropy_with_logits

from zscape.models.data.dataset import Dataset
from zscape.models.families.layers.join import Join
from zscape.models.inference.device import choose
from zscape.models.training.config import TrainConfig
from zscape.models.training.gan.gan_networks import GANNetworks
from zscape.models.training.run.clock import quick_denormals
from zscape.models.training.steps.points import draw_points


class PlainLoop:
    """The same networks, batches and losses, trained as tutorials do, such as PyTorch's own on DCGAN.

    It uses torch's matrix products and memory layout, Adam one parameter at a time, gradients for D's weights also in G's step,
    and no average. For timing only: it saves nothing.
    """

    def __init__(self, networks: GANNetworks) -> None:
        self.networks, config = networks, networks.config
        self.pair = (networks.generator, networks.discriminator)
        for network in self.pair:
            network.requires_grad_(True)
            for part in network.modules():
                if isinstance(part, nn.Linear):
                    part.forward = nn.Linear.forward.__get__(part)  # type: ignore[method-assign]
                elif isinstance(part, Join):
                    part.forward = part.plain  # type: ignore[method-assign]
        rate, betas = config.learning_rate, (config.beta1, config.beta2)
        self.adams = [torch.optim.Adam(network.parameters(), rate, betas, foreach=False, fused=False) for network in self.pair]

    def step(self) -> None:
        """Take one step of D and one of G."""
        run = self.networks
        (generator, discriminator), (adam_g, adam_d) = self.pair, self.adams
        real, c = run.batches[run.step]
        ones, zeros = torch.ones(len(c), device=run.device), torch.zeros(len(c), device=run.device)
        discriminator.zero_grad()
        binary_cross_entropy_with_logits(discriminator(real, c), ones * run.config.smoothing).backward()  # type: ignore[no-untyped-call]
        fake = generator(draw_points(run.space, c, run.random))
        binary_cross_entropy_with_logits(discriminator(fake.detach(), c), zeros).backward()  # type: ignore[no-untyped-call]
        adam_d.step()
        generator.zero_grad()
        binary_cross_entropy_with_logits(discriminator(fake, c), ones).backward()  # type: ignore[no-untyped-call]
        adam_g.step()
        run.step += 1


def images_per_second(config: TrainConfig, dataset: Dataset, seconds: float, plain: bool, device: str = "cpu") -> float:
    """Return the real images per second of training by `config`, over about `seconds` after a warm-up; plain: textbook loop."""
    model = config.built(len(dataset.class_names))
    networks = GANNetworks(config, model, dataset.fit(model.image_shape), choose(device))
    loop = PlainLoop(networks) if plain else None

    def step() -> None:
        if loop is None:
            deque(networks.halves(), maxlen=0)
        else:
            loop.step()

    with quick_denormals():
        for _ in range(3):  # the first steps allocate memory and prepare kernels
            step()
        steps, start = 0, time.perf_counter()
        while time.perf_counter() - start < seconds:
            step()
            steps += 1
        return steps * config.batch / (time.perf_counter() - start)
