"""Learning style from groups: an encoder is trained with the generator on pairs of pictures of one group.

Pictures of one group (the letters of a font, one person's expressions) have the same style in different classes. The encoder sees
one of them, and the generator has to draw another from the latent found, so the latent must hold what the group shares, and the
class everything else. The idea of separating the two by another picture of the same group is that of M. Mathieu et al.,
"Disentangling factors of variation in deep representations using adversarial training" (2016), section 3.2; the corrections are
those of ReStyle (Alaluf et al. 2021).
"""

from __future__ import annotations

import copy
import math
from collections.abc import Mapping
from functools import partial
from typing import Any, cast

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import cross_entropy

from zscape.models.data.dataset import Dataset
from zscape.models.errors import ZscapeError
from zscape.models.families.base import Discriminator, Encoder, Family, Generator
from zscape.models.inputs.kinds.classes import Classes
from zscape.models.inputs.kinds.latent import Latent
from zscape.models.inputs.space import Space
from zscape.models.training.gan.averaging import averaged
from zscape.models.training.gan.latent_prior import LatentPrior, standardising
from zscape.models.training.run.processes import ALONE, Processes
from zscape.models.training.steps.adam import Adam
from zscape.models.training.steps.batches import Batches
from zscape.models.training.steps.named_tensors import group, named
from zscape.models.training.steps.points import draw_points
from zscape.models.training.steps.state import placed

SQUARES, SIZES = 2.0, 0.125
"""Weights of the mean squared and the mean absolute difference of two pictures with pixels from 0 to 1."""
OWN = 0.5
"""Weight of the picture that the encoder saw, relative to that of the other one of its group."""
PRIOR, CLASS = 0.01, 0.0075
"""Weights of `LatentPrior`, which keeps the latents where the generator draws, and of the class's cross-entropy."""
LOOKED_AT = 64
"""Number of batches of 64 pictures whose latents are measured before a run continues with a trained encoder."""
RATE = 0.5
"""Learning rate of the encoder, as a fraction of the generator's."""


class Pairs:
    """The encoder in training, its average, and the pairs.

    noise: fraction of normal noise in the variance of the latents that are drawn. Without it the generator memorises each group,
    and a new group falls between them; with it the encoder can only tell groups apart as far as they differ (a variational
    autoencoder, Kingma and Welling 2014, with the same noise in every coordinate).

    Raises ZscapeError for data without groups, with groups of one class each, or a family without an encoder that can be trained
    with its generator.
    """

    def __init__(
        self,
        family: Family,
        model: Any,
        discriminator: Discriminator,
        space: Space,
        data: Dataset,
        batches: Batches,
        decay: float,
        noise: float,
    ) -> None:
        if data.groups is None:
            raise ZscapeError(f"{data.name} has no groups, which tell what pictures share a style: set pair_weight to 0.")
        if family.encoder_from is None:
            raise ZscapeError(f"The family {family.name} has no encoder to train on groups: set pair_weight to 0.")
        self.space, self.noise, self.batches = space, noise, batches
        classes = max(1, len(space.labels))
        order = np.argsort(data.groups, kind="stable")
        _, start, count = np.unique(data.groups[order], return_index=True, return_counts=True)
        several = [len(np.unique(part)) > 1 for part in np.split(data.labels[order], start[1:])]
        if classes < 2 or not any(several):
            raise ZscapeError(
                f"{data.name}: no group has pictures of two classes, so none teaches what is shared: set pair_weight to 0."
            )
        kept = np.repeat(several, count)
        self.order = torch.from_numpy(order)
        self.seen = torch.from_numpy(np.flatnonzero(kept))  # indices in `order` of pictures that have another one in their group
        self.start = torch.from_numpy(np.repeat(start, count))  # start of the group of each index
        self.count = torch.from_numpy(np.repeat(count, count))
        self.make = partial(family.encoder_from, model)
        self.encoder = placed(self.make(discriminator), batches.device).train()
        self.average = averaged(self.encoder, decay)
        self.adam = Adam(self.encoder, 1.0, (0.9, 0.99))
        latent = space.input(self.encoder.finds)
        if not isinstance(latent, Latent):
            raise ZscapeError(f"The encoder of {family.name} finds no latent: set pair_weight to 0.")
        self.prior = LatentPrior(latent.size).to(batches.device)

    def begin(self, discriminator: Discriminator, encoder: Encoder | None) -> None:
        """Start from the weights of a trained encoder, or, without one, of a trained discriminator."""
        start = encoder or self.make(discriminator)
        self.encoder.load_state_dict(start.state_dict())
        self.average.module.load_state_dict(start.state_dict())

    @torch.no_grad()
    def standardise(self, generator: Generator, seed: int) -> None:
        """Change the encoder's latents to the second moments of N(0, I), less the noise, and `generator` to draw the same.

        Nothing is changed if the family's generator does not support it.
        """
        random = torch.Generator().manual_seed(seed)
        encoder = self.encoder.eval()
        found = torch.cat([encoder(*self.picture(64, random)).float() for _ in range(LOOKED_AT)])
        matrix = standardising(found) / math.sqrt(1 - self.noise)
        encoder.train()
        if generator.change_latents(matrix):
            for each in (self.encoder, self.average.module):
                cast(Encoder, each).change_latents(matrix)

    def numbers(self, size: int, random: torch.Generator) -> tuple[Tensor, Tensor]:
        """Return the indices of the pictures of `size` pairs in the data: those seen, and the others of their groups."""
        places = self.seen[torch.randint(len(self.seen), (size,), generator=random)]
        steps = (torch.rand(size, generator=random) * self.count[places]).long()
        return self.order[places], self.order[self.start[places] + steps]

    def draws(self, size: int, random: torch.Generator, processes: Processes = ALONE) -> tuple[dict[str, Tensor], bool]:
        """Return the inputs of `loss` for this process's part of `size` pairs, on the CPU, and whether to correct once more.

        "seen" and "other": indices of pictures [B]; "points/NAME": the generator's inputs other than latent and class; "noise/0"
        and "noise/1": noise for the latents of the passes [B, Z], if there is noise.
        """
        seen, other = self.numbers(size, random)
        points = draw_points(self.space, torch.ones(size, 1).expand(-1, self.batches.classes), random)
        again = self.encoder.passes > 2 and bool(torch.rand((), generator=random) < 1 / 3)
        found = {"seen": seen, "other": other, **named("points", points)}
        if self.noise:
            for turn in range(min(2, self.encoder.passes)):
                found[f"noise/{turn}"] = torch.randn(size, len(self.prior.mean), generator=random)
        return processes.of(found), again

    def picture(self, size: int, random: torch.Generator) -> tuple[Tensor, Tensor]:
        """Return pictures x [size, C, H, W] in [-1, 1] that have another one in their group, and their classes [size, K]."""
        return self.batches.pictures(self.numbers(size, random)[0].to(self.batches.device))

    @torch.no_grad()
    def latents(self, numbers: Tensor) -> Tensor:
        """Return the latents [B, Z] that the encoder finds for the pictures with indices [B]."""
        found: Tensor = self.encoder(*self.batches.pictures(numbers))
        return found.float()

    @torch.no_grad()
    def corrected(self, generator: Generator, size: int, random: torch.Generator) -> Tensor:
        """Return the latents [size, Z] after all passes of the averaged encoder, for pictures of the data and `generator`."""
        x, c = self.picture(size, random)
        points = draw_points(self.space, c, random)
        encoder = cast(Encoder, self.average.module)
        z: Tensor = encoder(x, c)
        for _ in range(encoder.passes - 1):
            z = encoder.correct(x, generator({**points, encoder.finds: z}), z, c)
        return z.float()

    def loss(
        self, generator: Generator, given: Mapping[str, Tensor], again: bool, processes: Processes = ALONE
    ) -> tuple[Tensor, Tensor]:
        """Return the loss of G and E on the pairs of `draws`, and the mean squared difference of the others (pixels 0 to 1).

        given, again: the result of `draws`, on the device. The last pass of the encoder gives the latent of the other picture.
        The number of passes varies from step to step, because all of them are used later.
        """
        (x, c), (other, other_c) = (self.batches.pictures(given[name]) for name in ("seen", "other"))
        points = group(given, "points")

        def drawn(z: Tensor, classes: Tensor) -> Tensor:
            of_class = {each.name: classes for each in self.space.every(Classes)}
            images: Tensor = generator({**points, self.encoder.finds: z, **of_class})
            return images.float()

        def met(z: Tensor, turn: int) -> tuple[Tensor, Tensor]:
            """Return the latents to draw for those found, and the loss of the prior."""
            z = z.float()
            prior = PRIOR * self.prior.loss(z / math.sqrt(1 - self.noise), processes)
            return z + math.sqrt(self.noise) * given[f"noise/{turn}"] if self.noise else z, prior

        if self.encoder.classifies:
            z, logits = self.encoder.infer(x, c)
            class_loss = cross_entropy(logits.float(), c)
        else:
            z, class_loss = self.encoder(x, c), x.new_zeros(())
        z, prior = met(z, 0)
        own = drawn(z, c)
        total = OWN * difference(own, x) + prior
        if self.encoder.passes > 1:
            seen = own.detach()
            if again:
                with torch.no_grad():
                    z = self.encoder.correct(x, seen, z, c)
                    seen = drawn(z, c)
            z, prior = met(self.encoder.correct(x, seen, z, c), 1)
        result = drawn(z, other_c)
        total = total + difference(result, other) + prior + CLASS * class_loss
        return total, (result.detach() - other).square().mean() / 4

    def finished(self) -> Encoder:
        """Return an evaluation copy of the averaged encoder."""
        return cast(Encoder, copy.deepcopy(self.average.module)).eval().requires_grad_(False)


def difference(a: Tensor, b: Tensor) -> Tensor:
    """Return the distance of pictures [N, C, H, W] in [-1, 1] on which pairs are trained."""
    apart = (a - b) / 2
    return SQUARES * apart.square().mean() + SIZES * apart.abs().mean()
