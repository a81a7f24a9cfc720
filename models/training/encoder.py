"""Trains an encoder for a finished generator."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch

from zscape.models.data.data_warnings import data_warnings
from zscape.models.data.dataset import Dataset
from zscape.models.data.layout import layout_of
from zscape.models.data.model_classes import taken_by_place, with_classes_of
from zscape.models.errors import ZscapeError
from zscape.models.files.checkpoint import Model, family_config, load_model
from zscape.models.inference.device import choose
from zscape.models.inference.encoding import encode
from zscape.models.progress import Work
from zscape.models.training.encoders.encoder_networks import EncoderNetworks
from zscape.models.training.encoders.encoder_settings import EncoderSettings
from zscape.models.training.run.run_folder import check_folder
from zscape.models.training.steps.points import class_count
from zscape.models.training.trainer import Stage, Task, Trainer, memory_errors
from zscape.models.training.warm_start import earlier_encoder_origin, encoder_origin, encoder_to_start_from

HELD_OUT, HELD_OUT_SEED = 5000, 20
"""Images held out from training for measures (at most a tenth of the data), always the same ones."""

AUTO_PAIRS = 50_000
"""Maximum number of images times classes encoded to measure how well the class is found."""


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
    """Train an encoder for the model at `model_path` on `dataset`; return the path of that model with its encoder.

    The encoder starts from that of the model at `begin`, otherwise from the model's own if it has one, otherwise from its
    discriminator; the generator stays as it is. Writes out/model.safetensors (a copy of the given model with encoder and
    measures), out/run.safetensors and out/losses.csv, each atomically, also if closed early; resume=True continues the same run
    to the same weights as an uninterrupted one. Raises ZscapeError for a model without a discriminator, a `begin` of another
    shape, data of other classes, a folder that holds another run or model, a run of something else, a loss that is not a number,
    or a device out of memory.
    """
    check_folder(out, resume)
    settings = replace(settings or EncoderSettings(), steps=steps)
    with memory_errors(settings.batch):
        model = load_model(model_path, choose(str(device)))
        before = encoder_to_start_from(begin, model.spec) if begin and not resume else model
        origin = earlier_encoder_origin(out) if resume else encoder_origin(before, model)
        task = EncoderTask(model, before, origin, dataset, settings, choose(str(device)))
        return (yield from Trainer(task, out, resume).run())


class EncoderTask(Task):
    """Trains an encoder for `model`, starting from that of `before` if it has one. origin: the record of that start."""

    label = "Training the encoder"
    advice = "start a new run with a lower learning_rate"

    def __init__(
        self,
        model: Model,
        before: Model,
        origin: Mapping[str, Any],
        dataset: Dataset,
        settings: EncoderSettings,
        device: torch.device,
    ) -> None:
        spec = model.spec
        if model.discriminator is None:
            raise ZscapeError(f"{spec.name} holds no discriminator, which the encoder starts from: train the model here first.")
        by_place = taken_by_place(dataset.class_names, spec.class_names, dataset.name, spec.name)
        dataset = with_classes_of(dataset, spec.class_names, spec.name)
        self.base, self.origin, self.settings, self.device = model, origin, settings, device
        self.steps, self.batch, self.save_seconds = settings.steps, settings.batch, settings.save_seconds
        start = {"start": origin["start"]} if "start" in origin else {}
        self.fixed = {**settings.fixed, **start, "model": spec.sha256, "images": len(dataset)}
        self.notice = " ".join(filter(None, (by_place, data_warnings(dataset, spec.image_shape))))
        fitted = dataset.fit(spec.image_shape)
        self.layout = layout_of(fitted)  # for a file that does not record it
        training, self.held_out = fitted.split(max(1, min(HELD_OUT, len(fitted) // 10)), HELD_OUT_SEED)
        encoder = before.encoder
        if encoder is None:
            family, shape = family_config(spec.family, spec.config, spec.name)
            if family.encoder_from is None:
                raise ZscapeError(f"The family {spec.family} has no encoder: none can be trained.")
            with torch.random.fork_rng(devices=[]):
                torch.manual_seed(settings.seed)
                encoder = family.encoder_from(shape, model.discriminator)
        self.networks: EncoderNetworks = EncoderNetworks(settings, model.generator, encoder, spec.space, training, device)

    def model(self, seconds: float, stage: Stage) -> Work[Model]:
        measures: dict[str, float] = {}
        notes: dict[str, str] = {}
        if stage == "finished":
            measures, notes = yield from self.measures()
        spec = self.base.spec
        start = f" --start {self.origin['start_name']}" if "start_name" in self.origin else ""
        record = {
            "settings": asdict(self.settings),
            "step": self.networks.step,
            "seconds": round(seconds, 1),
            **self.origin,
            "command": f"zscape train-encoder --model {spec.name} --steps {self.steps}{start}",
        }
        changed = replace(
            spec,
            measures={**spec.measures, **measures},
            notes={**spec.notes, **notes},
            recorded={**spec.recorded, "encoder": record},
            layout=spec.layout or self.layout,
        )
        return Model(changed, self.base.generator, self.networks.encoder, self.base.discriminator)

    def measures(self) -> Work[tuple[dict[str, float], dict[str, str]]]:
        """Return the measures on the held-out images, and the conditions of each."""
        data, spec = self.held_out, self.base.spec
        classes = class_count(spec.space)
        labels = data.labels if classes > 1 else np.zeros_like(data.labels)
        device = str(self.device)
        model = Model(spec, self.base.generator, self.networks.encoder.eval())
        given = yield from encode(model, data.images, labels, device=device)
        pairs = 1 if self.networks.encoder.classifies else classes
        count = max(1, min(len(data), AUTO_PAIRS // pairs))
        found = yield from encode(model, data.images[:count], None, device=device)
        measures = {
            "encoder_mse": float(given.mse.mean()),
            "encoder_mse_auto": float(found.mse.mean()),
            "encoder_class_accuracy": float((found.labels == labels[:count]).mean()),
        }
        text = f"{data.name} images held out from the encoder's training, pixels 0..1"
        way = "in the same pass" if self.networks.encoder.classifies else "by reconstruction"
        notes = {
            "encoder_mse": f"{len(data):,} {text}, class given",
            "encoder_mse_auto": f"{count:,} {text}, class found {way}",
            "encoder_class_accuracy": f"{count:,} {text}",
        }
        return measures, notes
