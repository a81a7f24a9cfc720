"""Training an encoder for a finished generator."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy

from zscape.models.data.attributes import ATTRIBUTES
from zscape.models.data.dataset import Dataset
from zscape.models.data.jitter import jittered
from zscape.models.errors import ZscapeError
from zscape.models.files.checkpoint import Model, family_config, load_model, save_model
from zscape.models.inference.device import choose
from zscape.models.inference.encoding import encode
from zscape.models.inference.precision import products_in
from zscape.models.inputs.classes import Classes
from zscape.models.inputs.points import resolve
from zscape.models.inputs.recipe import USUAL
from zscape.models.progress import Progress, Work
from zscape.models.training.attribute_coordinates import AttributeCoordinates
from zscape.models.training.batches import Batches
from zscape.models.training.clock import Clock, quick_denormals
from zscape.models.training.points import class_count, draw_points
from zscape.models.training.run_file import load_run, save_run
from zscape.models.training.state import adam, gather, scatter
from zscape.models.training.warm_start import earlier_encoder_origin, encoder_origin, encoder_to_start_from

HELD_OUT, HELD_OUT_SEED = 5000, 20
"""Images kept from training to measure on (at most a tenth of the data), the same for everybody."""

AUTO_PAIRS = 50_000
"""At most so many images times classes are looked at to measure how well the class is found."""


@dataclass(frozen=True)
class EncoderSettings:
    """What the encoder minimises, and how.

    The loss is the mean squared distance of G(E(x, c), c) from x, with pixels from -1 to 1, summed over the encoder's passes
    (each learns from its own error alone), plus

    - latent_weight times that of E(G(z, c), c) from z on images drawn from the prior, and prior_weight times the mean square of
      E(x, c): both keep z where the generator knows its way, so that a style found in one class is good in the others;
    - class_weight times the cross-entropy of the class, of real images, of the same moved at random, and of drawn ones, where the
      encoder has a head for it;
    - attribute_weight times how far the attribute coordinates in E(x, c) are from the attributes measured on x, where the
      generator has such coordinates.

    The rate falls along half a cosine to zero. precision: as of a training run.
    """

    steps: int = 5200
    batch: int = 32
    learning_rate: float = 1e-3
    latent_weight: float = 0.1
    prior_weight: float = 0.01
    class_weight: float = 0.3
    attribute_weight: float = 0.2
    seed: int = 0
    precision: str = "bfloat16"
    save_seconds: float = 60.0

    @property
    def fixed(self) -> dict[str, Any]:
        """What a resumed run must share with the one it goes on from."""
        return {name: value for name, value in asdict(self).items() if name != "save_seconds"}


def train_encoder(
    model_path: Path,
    dataset: Dataset,
    out: Path,
    steps: int = EncoderSettings.steps,
    device: str | torch.device = "cpu",
    resume: bool = False,
    settings: EncoderSettings | None = None,
    begin: Path | None = None,
) -> Work[Path]:
    """Train an encoder for the model at `model_path` on `dataset` and return the path of that model with its encoder.

    The encoder starts from that of the model at `begin`, else from the model's own where it has one, else from its
    discriminator; the generator stays as it is. Writes out/model.safetensors (the given model, which is not touched, with encoder
    and measures) and out/run.safetensors, atomically, also when closed early; resume=True goes on with the same run to the same
    weights as an unbroken one. Raises ZscapeError for a model without discriminator, a beginning of another shape, data of other
    classes, a run that is another's, or a loss that is no number.
    """
    settings = replace(settings or EncoderSettings(), steps=steps)
    run = EncoderRun(model_path, dataset, out, settings, choose(str(device)), resume, begin)
    with quick_denormals():
        yield from run.attributes.prepare()
        yield from run.loop()
    return run.model_path


class EncoderRun:
    """One encoder under training."""

    def __init__(
        self,
        model_path: Path,
        dataset: Dataset,
        out: Path,
        settings: EncoderSettings,
        device: torch.device,
        resume: bool,
        begin: Path | None,
    ) -> None:
        self.settings, self.device = settings, device
        self.model_path, self.run_path = out / "model.safetensors", out / "run.safetensors"
        if not resume and self.run_path.exists():
            raise ZscapeError(f"{out} already holds a run: resume it with --resume, or name another folder with --out.")
        self.model = load_model(model_path, device)
        spec = self.model.spec
        if self.model.discriminator is None:
            raise ZscapeError(f"{model_path} holds no discriminator, which the encoder starts from: train the model here first.")
        family, config = family_config(spec.family, spec.config, str(model_path))
        if config.classes not in (1, len(dataset.class_names)):
            raise ZscapeError(f"The data has {len(dataset.class_names)} classes, the model {config.classes}: choose other data.")
        before = encoder_to_start_from(begin, spec) if begin and not resume else self.model
        self.origin = earlier_encoder_origin(self.model_path) if resume else encoder_origin(before, self.model)
        start = {"start": self.origin["start"]} if "start" in self.origin else {}
        self.fixed = {**settings.fixed, **start, "model": spec.sha256, "images": len(dataset)}
        state, seconds = load_run(self.run_path, self.fixed) if resume else (None, 0.0)
        self.clock, self.space = Clock(seconds, settings.batch), spec.space
        fitted = dataset.fit(spec.image_shape)
        training, self.held_out = fitted.split(max(1, min(HELD_OUT, len(fitted) // 10)), HELD_OUT_SEED)
        self.batches = Batches(training, class_count(self.space), settings.batch, settings.seed, device)
        self.generator = self.model.generator
        self.usual = resolve([USUAL], self.space, 1, 1)
        known = {name: place for name, place in spec.coordinates.items() if name in ATTRIBUTES or name in training.attributes}
        self.attributes = AttributeCoordinates(known, training, class_count(self.space), device, settings.seed)
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(settings.seed)
            if before.encoder is None and family.encoder_from is None:
                raise ZscapeError(f"The family {spec.family} has no encoder: none can be trained.")
            encoder = before.encoder or family.encoder_from(config, self.model.discriminator)  # type: ignore[misc]
        self.encoder = encoder.to(device).requires_grad_(True).train()
        self.norms = [part for part in self.encoder.modules() if isinstance(part, nn.BatchNorm1d | nn.BatchNorm2d)]
        self.adam = adam(self.encoder, settings.learning_rate, (0.9, 0.999))
        self.random = torch.Generator().manual_seed(settings.seed)
        self.step = 0
        if state is not None:
            try:
                self.step = scatter(state, {"encoder": self.encoder}, {"adam": self.adam}, self.random)
            except (KeyError, RuntimeError, ValueError) as error:
                raise ZscapeError(f"{self.run_path} does not fit its own settings: start again without --resume.") from error

    def loop(self) -> Iterator[Progress]:
        """Steps until the run's length is reached; the work is kept however it ends."""
        steps, sound = self.settings.steps, True
        self.clock.start(self.step)
        halves: Iterator[dict[str, float]] = iter(())
        try:
            while self.step < steps:
                halves = self.halves()
                for figures in halves:
                    sound = all(math.isfinite(value) for value in figures.values())
                    if not sound:
                        raise ZscapeError(f"Training broke down at step {self.step}: the loss is no number. Lower learning_rate.")
                    yield Progress(self.step, steps, "Training the encoder", {**figures, **self.clock.figures(self.step, steps)})
                if self.clock.due(self.settings.save_seconds) and self.step < steps:
                    self.save({}, {})
                    self.clock.resume_pace(self.step)
            yield from self.measure()
        except GeneratorExit:
            if sound:
                deque(halves, maxlen=0)  # only whole steps can be resumed exactly
                if self.step:
                    self.save({}, {})
            raise

    def halves(self) -> Iterator[dict[str, float]]:
        """One step: the images, then, where it has a weight, the latents; yields what was measured after each."""
        settings = self.settings
        self.adam.param_groups[0]["lr"] = settings.learning_rate * (1 + math.cos(math.pi * self.step / settings.steps)) / 2
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
        """What the generator draws at z [N, Z] in classes c [N, K]; points: what its other inputs are, as usual without."""
        if points is None:
            points = {name: torch.from_numpy(row).to(z.device).expand(len(z), *row.shape[1:]) for name, row in self.usual.items()}
        classes = {each.name: c for each in self.space.every(Classes)}
        images: Tensor = self.generator({**points, self.encoder.finds: z, **classes})
        return images

    def passes(self, x: Tensor, c: Tensor) -> tuple[list[tuple[Tensor, Tensor]], Tensor]:
        """What each look of the encoder finds, z [N, Z] and G(z, c), and the cross-entropy of the class (0 without a head)."""
        z, class_loss = self.find(x, c)
        found = [(z.float(), self.generate(z, c))]
        for _ in range(self.encoder.passes - 1):
            z, drawn = (part.detach() for part in found[-1])
            z = self.encoder.correct(x, drawn, z, c).float()
            found.append((z, self.generate(z, c)))
        return found, class_loss

    def find(self, x: Tensor, c: Tensor) -> tuple[Tensor, Tensor]:
        """E(x, c), and the cross-entropy of the class: 0 where the encoder has no head for it."""
        if not self.encoder.classifies:
            return self.encoder(x, c), x.new_zeros(())
        z, logits = self.encoder.infer(x, c)
        return z, cross_entropy(logits.float(), c)

    def latent_loss(self, c: Tensor) -> tuple[Tensor, Tensor]:
        """Mean squared distance of E(G(z, c), c) from z drawn from the prior, over all passes, and the class's cross-entropy.

        Drawn images leave the running statistics of batch norm alone: those are for the real ones.
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

    def measure(self) -> Iterator[Progress]:
        """Measure on the held-out images, then save."""
        data, spec = self.held_out, self.model.spec
        classes = class_count(spec.space)
        labels = data.labels if classes > 1 else np.zeros_like(data.labels)
        device = str(self.device)
        model = Model(spec, self.generator, self.encoder.eval())
        given = yield from encode(model, data.images, labels, device=device)
        pairs = 1 if self.encoder.classifies else classes
        count = max(1, min(len(data), AUTO_PAIRS // pairs))
        found = yield from encode(model, data.images[:count], None, device=device)
        measures = {
            "encoder_mse": float(given.mse.mean()),
            "encoder_mse_auto": float(found.mse.mean()),
            "encoder_class_accuracy": float((found.labels == labels[:count]).mean()),
        }
        text = f"{data.name} images held out from the encoder's training, pixels 0..1"
        way = "in the same pass" if self.encoder.classifies else "by reconstruction"
        notes = {
            "encoder_mse": f"{len(data):,} {text}, class given",
            "encoder_mse_auto": f"{count:,} {text}, class inferred {way}",
            "encoder_class_accuracy": f"{count:,} {text}",
        }
        self.save(measures, notes)

    def save(self, measures: dict[str, float], notes: dict[str, str]) -> None:
        """Write both files."""
        spec = self.model.spec
        record = {"settings": asdict(self.settings), "step": self.step, "seconds": round(self.clock.seconds, 1), **self.origin}
        start = f" --start {self.origin['start_name']}" if "start_name" in self.origin else ""
        record["command"] = f"zscape train-encoder --model {spec.name} --steps {self.settings.steps}{start}"
        save_run(
            self.run_path,
            gather({"encoder": self.encoder}, {"adam": self.adam}, self.random, self.step),
            self.fixed,
            self.clock.seconds,
        )
        changed = replace(
            spec,
            measures={**spec.measures, **measures},
            notes={**spec.notes, **notes},
            recorded={**spec.recorded, "encoder": record},
        )
        save_model(self.model_path, Model(changed, self.generator, self.encoder, self.model.discriminator))
