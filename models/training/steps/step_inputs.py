"""The inputs of a training step: indices of pictures and random numbers, all drawn before the step begins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import torch
from torch import Tensor

from zscape.models.inputs.kinds.latent import Latent
from zscape.models.inputs.space import Space
from zscape.models.training.config import TrainConfig
from zscape.models.training.gan.attribute_coordinates import ramp
from zscape.models.training.gan.pairs import Pairs
from zscape.models.training.run.processes import Processes
from zscape.models.training.steps.batches import Batches
from zscape.models.training.steps.named_tensors import group, named
from zscape.models.training.steps.points import draw_points


class StepKind(NamedTuple):
    """Which optional work a step does.

    penalised: the gradient penalties. even: the path length regulariser. again: one more correction of the encoder.
    """

    penalised: bool
    even: bool
    again: bool


@dataclass(frozen=True)
class StepInputs:
    """The inputs of one step.

    kind: that of the step. tensors: by name, one row per picture of this process; "group/name" in groups.
    """

    kind: StepKind
    tensors: Mapping[str, Tensor]

    def __getitem__(self, name: str) -> Tensor:
        return self.tensors[name]

    def group(self, name: str) -> dict[str, Tensor]:
        """Return the tensors of a group, without its prefix."""
        return group(self.tensors, name)

    def to(self, device: torch.device) -> StepInputs:
        """Return the inputs on a device."""
        return StepInputs(self.kind, {name: each.to(device) for name, each in self.tensors.items()})


class StepDraws:
    """Draws the inputs of a run's steps on the CPU, from `random`, always in the same order.

    The tensors are: "real", indices of pictures [B]; "points", where G draws, a group; "ramp", the weight of the losses that grow
    in the course of the run []. With pairs: "met", indices of pictures whose latents replace the first points, and "pairs", a
    group (`Pairs.draws`). With style mixing: "others", latents, a group, and "mixed" [B, layers]. For path lengths, of the whole
    batch: "paths", a group, and "paths_y".
    """

    def __init__(
        self,
        config: TrainConfig,
        space: Space,
        batches: Batches,
        pairs: Pairs | None,
        image_shape: tuple[int, int, int],
        random: torch.Generator,
        processes: Processes,
    ) -> None:
        self.config, self.space, self.batches, self.pairs = config, space, batches, pairs
        self.image_shape, self.random, self.processes = image_shape, random, processes

    def of(self, step: int) -> StepInputs:
        """Return the inputs of `step`."""
        config, mine, random = self.config, self.processes, self.random
        real = self.batches.numbers(step)
        c = self.batches.classes_of(real)
        tensors = {"real": mine.rows(real), "ramp": torch.tensor(ramp(step / config.steps))}
        tensors |= named("points", mine.of(draw_points(self.space, c, random)))
        if self.pairs:
            tensors["met"] = mine.rows(self.pairs.numbers(config.batch // 2, random)[0])
        if self.space.styles is not None and config.style_mixing:
            tensors |= self._mixing(self.space.styles.layers)
        even = bool(config.path_length) and step % config.path_length_every == 0
        if even:  # on half as many points as a batch has: Karras et al. (2020), appendix B
            c = c[: config.batch // 2]
            tensors |= named("paths", draw_points(self.space, c, random))
            tensors["paths_y"] = torch.randn(len(c), *self.image_shape, generator=random)
        again = False
        if self.pairs:
            found, again = self.pairs.draws(config.batch, random, mine)
            tensors |= named("pairs", found)
        penalised = bool(config.r1 or config.r2) and step % config.r1_every == 0
        return StepInputs(StepKind(penalised, even, again), tensors)

    def _mixing(self, layers: int) -> dict[str, Tensor]:
        """Draw style mixing (Karras et al. 2019, section 3.1): other latents, and which layers of which images follow them."""
        count, random = self.config.batch, self.random
        latents = draw_points(Space(tuple(self.space.every(Latent))), torch.ones(count, 1), random)
        first = torch.randint(1, layers, (count, 1), generator=random)
        mixed = (torch.arange(layers) >= first) & (torch.rand(count, 1, generator=random) < self.config.style_mixing)
        return {**named("others", self.processes.of(latents)), "mixed": self.processes.rows(mixed)}
