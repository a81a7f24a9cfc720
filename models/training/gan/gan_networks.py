"""Generator and discriminator in training: alternating steps, and all state that the next step depends on."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from typing import Any, cast

import torch
from torch import Tensor, nn

from zscape.models.data.dataset import Dataset
from zscape.models.errors import ZscapeError
from zscape.models.families import FAMILIES
from zscape.models.families.base import Encoder, Generator
from zscape.models.inference.precision import products_in
from zscape.models.inputs.kinds.noise import Noise
from zscape.models.inputs.space import Space
from zscape.models.progress import Work
from zscape.models.training.config import TrainConfig
from zscape.models.training.gan.attribute_coordinates import AttributeCoordinates
from zscape.models.training.gan.averaging import Drawing, averaged
from zscape.models.training.gan.losses import chi_square, discriminator_loss, generator_loss, gradient_penalty, relativistic_loss
from zscape.models.training.gan.moments import Moments
from zscape.models.training.gan.pairs import RATE, Pairs
from zscape.models.training.gan.path_length import PathLength
from zscape.models.training.run.processes import ALONE, Processes
from zscape.models.training.steps.adam import Adam
from zscape.models.training.steps.batches import Batches
from zscape.models.training.steps.points import class_count, draw_points, latent_of
from zscape.models.training.steps.replay import Replay
from zscape.models.training.steps.state import gather, placed, scatter
from zscape.models.training.steps.step_inputs import StepDraws, StepInputs


class GANNetworks:
    """The networks, their optimisers, the averaged generator, and the random state and data order of a run.

    All random numbers come from a private generator on the CPU, so that a run is not affected by a window that draws, and draws
    the same latents on every device. `data` must fit `model`, the family's config. processes: those that share each batch of
    config.batch. `prepare` must be run to its end before the first step.
    """

    def __init__(
        self, config: TrainConfig, model: Any, data: Dataset, device: torch.device, processes: Processes = ALONE
    ) -> None:
        processes.check(config.batch)
        if processes.count > 1 and (config.moment_weight or config.class_weight):
            raise ZscapeError(
                "moment_weight and class_weight are measured on what one process draws: set them to 0, or train in one process."
            )
        self.config, self.model, self.device, self.processes = config, model, device, processes
        family = FAMILIES[config.family]
        if family.discriminator is None:
            raise ZscapeError(f"The family {family.name} has no discriminator: it cannot be trained here.")
        self.space = Space(family.inputs(model, config.labels(data)))
        classes = class_count(self.space)
        with torch.random.fork_rng(devices=[]):  # torch's initialisers only use the global generator
            torch.manual_seed(config.seed)
            self.generator = placed(family.generator(model), device).train()
            self.discriminator = placed(family.discriminator(model), device).train()
        self.average = averaged(self.generator, config.average_decay)
        betas = (config.beta1, config.beta2)
        self.adam_g = Adam(self.generator, config.learning_rate, betas)
        self.adam_d = Adam(self.discriminator, config.learning_rate, betas)
        self.batches = Batches(data, classes, config.batch, config.seed, device)
        self.attributes = AttributeCoordinates(config.attribute_coordinates, data, classes, device, config.seed)
        self.moments = Moments(data, classes, device, config.seed) if config.moment_weight or config.class_weight else None
        self.path_length = PathLength().to(device) if config.path_length else None
        self.pairs: Pairs | None = None
        if config.pair_weight:
            with torch.random.fork_rng(devices=[]):
                torch.manual_seed(config.seed)
                self.pairs = Pairs(
                    family, model, self.discriminator, self.space, data, self.batches, config.average_decay, config.pair_noise
                )
        # With batch norm, one call would mix the statistics of real and fake images; without it, one call is faster than two.
        self.joint = not any(isinstance(part, nn.BatchNorm1d | nn.BatchNorm2d) for part in self.discriminator.modules())
        self.relativistic = config.objective == "relativistic"
        self.random = torch.Generator().manual_seed(config.seed)
        self.draws = StepDraws(config, self.space, self.batches, self.pairs, self.generator.image_shape, self.random, processes)
        self.optimisers = [(self.adam_d, 1.0), (self.adam_g, 1.0), *([(self.pairs.adam, RATE)] if self.pairs else [])]
        # Noise maps are made on the CPU, and several processes wait for each other's gradients: neither can be recorded.
        recordable = device.type == "cuda" and processes.count == 1 and not self.space.every(Noise)
        self.replay = Replay(self._parts_of_step, device) if recordable else None
        self.step = 0

    @property
    def notice(self) -> str:
        """Why its steps are slower than they could be; "" if they are not."""
        return self.replay.notice if self.replay else ""

    def start_from(self, generator: nn.Module, discriminator: nn.Module, encoder: Encoder | None = None) -> None:
        """Start from the weights of trained networks of the same shape instead of random ones."""
        self.generator.load_state_dict(generator.state_dict())
        self.discriminator.load_state_dict(discriminator.state_dict())
        if self.pairs:
            self.pairs.begin(self.discriminator, encoder)
            if encoder:
                self.pairs.standardise(self.generator, self.config.seed)
        self.average = averaged(self.generator, self.config.average_decay)

    def prepare(self) -> Work[None]:
        """Learn from the data what the first step needs."""
        self.processes.begin_alike(self._parts()[0].values())
        yield from self.attributes.prepare()
        if self.moments:
            yield from self.moments.prepare()

    def halves(self) -> Iterator[dict[str, float]]:
        """Take one step of D, then one of G; yield what was measured after each."""
        config = self.config
        rate = config.rate(self.step)
        for optimiser, share in self.optimisers:
            optimiser.set_rate(share * rate)
        inputs = self.draws.of(self.step)
        for part in self.replay(inputs) if self.replay else self._parts_of_step(inputs.to(self.device)):
            figures = {name: each for name, each in part.items() if not each.ndim}
            values = dict(zip(figures, torch.stack(list(figures.values())).tolist(), strict=True))
            if "fake" in part:  # the part of G, which is the last
                self._follow()
                if self.moments and self.moments.distance.isfinite():
                    values["moments"] = self.moments.distance.item()
                if self.step % 10 == 1:
                    values["chi_square"] = chi_square(part["real"], part["fake"]).item()
            yield values

    def _follow(self) -> None:
        """Update the averages after a step, and do the comparisons that are due."""
        self.average.update_parameters(self.generator)
        if self.pairs:
            self.pairs.average.update_parameters(self.pairs.encoder)
        if self.moments and self.config.moment_weight:
            self.moments.compare_when_due()
        self.step += 1

    def _parts_of_step(self, given: StepInputs) -> Iterator[dict[str, Tensor]]:
        """Do the work of a step: that of D, then that of G. It never waits for the device, so that it can be recorded.

        As in Goodfellow et al. (2014), algorithm 1, with one difference that costs nothing and saves a pass through G: the step
        of G uses the same latents, with the logits of the improved D. It yields what was measured, and with the last part the
        compared images, "real" and "fake" [B, C, H, W].
        """
        config, penalised = self.config, given.kind.penalised
        real, c = self.batches.pictures(given["real"])
        points = given.group("points")
        z = latent_of(self.space, points)
        self.discriminator.requires_grad_(True)
        with products_in(config.precision, self.device):
            if self.pairs:  # half of the images at latents that the encoder finds: they must look real there too
                found = self.pairs.latents(given["met"])
                z[: len(found)] = found
            fake = self._drawn(points, given)
        fake = fake.float()
        drawn = fake.detach().requires_grad_(penalised)
        with products_in("float32" if penalised else config.precision, self.device):  # second derivatives need full precision
            logits_real, logits_fake = self.discriminate(real.requires_grad_(penalised), drawn, c)
        if self.relativistic:
            loss_d = relativistic_loss(logits_real.float(), logits_fake.float())
        else:
            loss_d = discriminator_loss(logits_real.float(), logits_fake.float(), config.smoothing)
        shown = loss_d.detach()
        self.adam_d.zero_grad()
        if penalised:
            # The papers weigh it against the sum of both cross-entropies; the default loss_d is half of that.
            weight = config.r1_every / (1 if self.relativistic else 2)
            for share, logits, images in ((config.r1, logits_real, real), (config.r2, logits_fake, drawn)):
                if share:
                    loss_d = loss_d + weight * share * gradient_penalty(logits, images)
        loss_d.backward()  # type: ignore[no-untyped-call]
        self.processes.average(self.discriminator)
        self.adam_d.step()
        yield {"loss_d": shown}

        self.discriminator.requires_grad_(False)  # no gradients for weights that are not updated
        with products_in(config.precision, self.device):
            logits = self.discriminator(fake, c).float()
            loss_g = relativistic_loss(logits, self._logits(real, c)) if self.relativistic else generator_loss(logits)
        figures = {"loss_g": loss_g.detach()}
        if config.attribute_coordinates:
            attribute_loss = self.attributes.loss(fake, z, c)
            loss_g = loss_g + config.attribute_weight * given["ramp"] * attribute_loss
            figures["attributes"] = attribute_loss.detach()
        if self.moments:
            loss_g = loss_g + given["ramp"] * self._by_classifier(self.moments, fake, c, len(found) if self.pairs else 0)
        self.adam_g.zero_grad()
        loss_g.backward()  # type: ignore[no-untyped-call]
        if self.path_length and given.kind.even:
            self._even_paths(self.path_length, given)
            figures["path_length"] = self.path_length.mean
        if self.pairs:
            figures["pairs"] = self._teach_pairs(self.pairs, given)
        self.processes.average(self.generator)
        self.adam_g.step()
        yield {**figures, "real": real.detach(), "fake": fake.detach()}

    def as_met(self) -> Drawing:
        """Return a function that draws points as the averaged generator meets them in training.

        If an encoder is trained with it, half of the latents come from that encoder. Batch-norm statistics must be measured on
        such points: those of random latents alone do not fit what an encoder finds, nor do those of its first pass, because
        pictures are drawn at the result of its last.
        """
        generator = copy.deepcopy(self.average.module).train() if self.pairs else None

        def draw(c: Tensor, random: torch.Generator) -> dict[str, Tensor]:
            points = draw_points(self.space, c, random)
            if self.pairs and generator:
                found = self.pairs.corrected(cast(Generator, generator), len(c) // 2, random)
                points[self.pairs.encoder.finds][: len(found)] = found
            return points

        return draw

    def _drawn(self, points: dict[str, Tensor], given: StepInputs) -> Tensor:
        """Draw images at `points`, with the finer layers of some images from other latents if styles are mixed."""
        if "mixed" not in given.tensors:
            images: Tensor = self.generator(points)
            return images
        own, other = self.generator.styles(points), self.generator.styles({**points, **given.group("others")})
        return self.generator.draw(torch.where(given["mixed"][:, :, None], other, own), points)

    def _by_classifier(self, moments: Moments, fake: Tensor, c: Tensor, start: int) -> Tensor:
        """Return the weighted losses of the classifier's moments, for the images from `start` on, and of its classes."""
        config = self.config
        with products_in(config.precision, self.device):
            if not config.moment_weight:
                return config.class_weight * moments.class_loss(fake, c)
            moment_loss, class_loss = moments.loss(fake, c, start)
            return config.moment_weight * moment_loss + config.class_weight * class_loss

    def _even_paths(self, path_length: PathLength, given: StepInputs) -> None:
        """Add the gradients of the path length regulariser to G's, in float32: second derivatives need full precision."""
        loss = path_length.loss(self.generator, given.group("paths"), given["paths_y"], self.processes)
        (self.config.path_length_every * self.config.path_length * loss).backward()  # type: ignore[no-untyped-call]

    def _teach_pairs(self, pairs: Pairs, given: StepInputs) -> Tensor:
        """Add the gradients of the pairs' loss to G's, update the encoder, and return the squared difference of the others."""
        pairs.adam.zero_grad()
        with products_in(self.config.precision, self.device):
            loss, apart = pairs.loss(self.generator, given.group("pairs"), given.kind.again, self.processes)
        (self.config.pair_weight * loss).backward()  # type: ignore[no-untyped-call]
        self.processes.average(pairs.encoder)
        pairs.adam.step()
        return apart

    @torch.no_grad()
    def _logits(self, real: Tensor, c: Tensor) -> Tensor:
        """Return D's logits of real images, for the comparison in G's step."""
        logits: Tensor = self.discriminator(real, c)
        return logits.float()

    def discriminate(self, real: Tensor, fake: Tensor, c: Tensor) -> tuple[Tensor, Tensor]:
        """Return D's logits, each [N], of real and of fake images [N, C, H, W] of the same classes c [N, K]."""
        if not self.joint:
            return self.discriminator(real, c), self.discriminator(fake, c)
        logits: Tensor = self.discriminator(torch.cat([real, fake]), torch.cat([c, c]))
        return logits[: len(c)], logits[len(c) :]

    def _parts(self) -> tuple[dict[str, nn.Module], dict[str, Adam], torch.Generator]:
        modules: dict[str, nn.Module] = {
            "generator": self.generator,
            "discriminator": self.discriminator,
            "average": self.average,
        }
        if self.moments:
            modules["moments"] = self.moments
        if self.path_length:
            modules["path_length"] = self.path_length
        optimisers = {"adam_g": self.adam_g, "adam_d": self.adam_d}
        if self.pairs:
            modules |= {"encoder": self.pairs.encoder, "encoder_average": self.pairs.average, "latent_prior": self.pairs.prior}
            optimisers["adam_e"] = self.pairs.adam
        return modules, optimisers, self.random

    def state(self) -> dict[str, Tensor]:
        """Return everything the next step depends on besides the config and the data."""
        return gather(*self._parts(), self.step)

    def restore(self, tensors: Mapping[str, Tensor]) -> None:
        """Continue from a `state()` of a run with the same config. Raises KeyError, RuntimeError or ValueError for another's."""
        if self.path_length:  # a run that was started without it continues as if it started now
            tensors = {"path_length/mean": torch.zeros(()), **tensors}
        self.step = scatter(tensors, *self._parts())
