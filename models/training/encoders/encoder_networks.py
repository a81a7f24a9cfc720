"""An encoder in training: its steps, and all state that the next step depends on."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy

from zscape.models.data.attributes import ATTRIBUTES
from zscape.models.data.dataset import Dataset
from zscape.models.data.jitter import jittered
from zscape.models.families.base import Encoder, Generator
from zscape.models.inference.precision import products_in
from zscape.models.inputs.kinds.classes import Classes
from zscape.models.inputs.points import resolve
from zscape.models.inputs.recipe import USUAL
from zscape.models.inputs.space import Space
from zscape.models.progress import Work
from zscape.models.training.encoders.encoder_settings import EncoderSettings
from zscape.models.training.gan.attribute_coordinates import AttributeCoordinates
from zscape.models.training.steps.adam import Adam
from zscape.models.training.steps.batches import Batches
from zscape.models.training.steps.points import class_count, draw_points
from zscape.models.training.steps.state import gather, scatter


class EncoderNetworks:
    """The encoder and its optimiser, the fixed generator, and the random state and data order of a run.

    `data` must fit the generator; `prepare` must be run to its end before the first step.
    """

    def __init__(
        self,
        settings: EncoderSettings,
        generator: Generator,
        encoder: Encoder,
        space: Space,
        data: Dataset,
        device: torch.device,
    ) -> None:
        self.settings, self.generator, self.space, self.device = settings, generator, space, device
        self.encoder = encoder.to(device).requires_grad_(True).train()
        self.usual = resolve([USUAL], space, 1, 1)
        classes = class_count(space)
        self.batches = Batches(data, classes, settings.batch, settings.seed, device)
        known = {name: place for name, place in space.coordinates.items() if name in ATTRIBUTES or name in data.attributes}
        self.attributes = AttributeCoordinates(known, data, classes, device, settings.seed)
        self.norms = [part for part in self.encoder.modules() if isinstance(part, nn.BatchNorm1d | nn.BatchNorm2d)]
        self.adam = Adam(self.encoder, settings.learning_rate, (0.9, 0.999))
        self.random = torch.Generator().manual_seed(settings.seed)
        self.step, self.notice = 0, ""

    def prepare(self) -> Work[None]:
        """Learn from the data what the first step needs."""
        yield from self.attributes.prepare()

    def state(self) -> dict[str, Tensor]:
        """Return everything the next step depends on besides the settings, the generator and the data."""
        return gather({"encoder": self.encoder}, {"adam": self.adam}, self.random, self.step)

    def restore(self, tensors: Mapping[str, Tensor]) -> None:
        """Continue from a `state()` of a run with the same settings.

        Raises KeyError, RuntimeError or ValueError for another's.
        """
        self.step = scatter(tensors, {"encoder": self.encoder}, {"adam": self.adam}, self.random)

    def halves(self) -> Iterator[dict[str, float]]:
        """Take one step: on images, then, if weighted, on latents; yield what was measured after each part."""
        settings = self.settings
        self.adam.set_rate(settings.learning_rate * (1 + math.cos(math.pi * self.step / settings.steps)) / 2)
        self.adam.zero_grad()
        x, c = self.batches[self.step]
        with products_in(settings.precision, self.device):
            passes, class_loss = self.passes(x, c)
            if self.encoder.classifies and settings.class_weight:
                class_loss = class_loss + cross_entropy(self.encoder.infer(jittered(x, self.random), c)[1].float(), c)
            distances = [(drawn.float() - x).square().mean() for _, drawn in passes]
        loss = torch.stack(distances).sum() + settings.class_weight * class_loss
        for z, _ in passes:
            loss = loss + settings.prior_weight * z.square().mean()
            if self.attributes.coordinates and settings.attribute_weight:
                loss = loss + settings.attribute_weight * self.attributes.loss(x, z, c)
        loss.backward()  # type: ignore[no-untyped-call]
        yield {"mse": distances[-1].item() / 4}  # of pixels from 0 to 1, as everywhere else
        figures = {}
        if settings.latent_weight:
            latent, class_loss = self.latent_loss(c)
            (settings.latent_weight * latent + settings.class_weight * class_loss).backward()  # type: ignore[no-untyped-call]
            figures["latent"] = latent.item()
        self.adam.step()
        self.step += 1
        yield figures

    def generate(self, z: Tensor, c: Tensor, points: Mapping[str, Tensor] | None = None) -> Tensor:
        """Draw images at z [N, Z] in classes c [N, K]. points: values of the other inputs, defaults if None."""
        if points is None:
            points = {name: torch.from_numpy(row).to(z.device).expand(len(z), *row.shape[1:]) for name, row in self.usual.items()}
        classes = {each.name: c for each in self.space.every(Classes)}
        images: Tensor = self.generator({**points, self.encoder.finds: z, **classes})
        return images

    def passes(self, x: Tensor, c: Tensor) -> tuple[list[tuple[Tensor, Tensor]], Tensor]:
        """Return z [N, Z] and G(z, c) of each pass of the encoder, and the cross-entropy of the class (0 without a head)."""
        z, class_loss = self.find(x, c)
        found = [(z.float(), self.generate(z, c))]
        for _ in range(self.encoder.passes - 1):
            z, drawn = (part.detach() for part in found[-1])
            z = self.encoder.correct(x, drawn, z, c).float()
            found.append((z, self.generate(z, c)))
        return found, class_loss

    def find(self, x: Tensor, c: Tensor) -> tuple[Tensor, Tensor]:
        """Return E(x, c) and the cross-entropy of the class, 0 if the encoder has no head for it."""
        if not self.encoder.classifies:
            return self.encoder(x, c), x.new_zeros(())
        z, logits = self.encoder.infer(x, c)
        return z, cross_entropy(logits.float(), c)

    def latent_loss(self, c: Tensor) -> tuple[Tensor, Tensor]:
        """Return the mean squared distance of E(G(z, c), c) from z of the prior, over all passes, and the class's cross-entropy.

        Drawn images do not change the running statistics of batch norm, which are for real ones.
        """
        points = draw_points(self.space, c, self.random)
        z = points[self.encoder.finds]
        with torch.no_grad(), products_in(self.settings.precision, self.device):
            drawn = self.generator(points).float()
        for norm in self.norms:
            norm.momentum = 0.0
        with products_in(self.settings.precision, self.device):
            found, class_loss = self.find(drawn, c)
            distance = (found.float() - z).square().mean()
            for _ in range(self.encoder.passes - 1):
                with torch.no_grad():
                    again = self.generate(found, c, points).float()
                found = self.encoder.correct(drawn, again, found.detach().float(), c)
                distance = distance + (found.float() - z).square().mean()
        for norm in self.norms:
            norm.momentum = 0.1
        return distance, class_loss
