"""Trains a generator."""

from __future__ import annotations

import platform
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from zscape.models.data.data_warnings import data_warnings
from zscape.models.data.dataset import Dataset
from zscape.models.data.layout import layout_of
from zscape.models.data.subject import subject_of
from zscape.models.families.base import Encoder, Generator
from zscape.models.files.checkpoint import Model
from zscape.models.files.run_checkpoints import RUN_FILE
from zscape.models.files.spec import Spec
from zscape.models.inference.device import choose
from zscape.models.inference.runner import to_uint8
from zscape.models.inputs.kinds.classes import Classes
from zscape.models.inputs.space import Space
from zscape.models.progress import Progress, Work
from zscape.models.training.config import TrainConfig
from zscape.models.training.gan.averaging import recalibrated
from zscape.models.training.gan.gan_networks import GANNetworks
from zscape.models.training.run.processes import ALONE, Processes, joined, own_device, restarted
from zscape.models.training.run.run_folder import check_folder
from zscape.models.training.steps.points import class_count, draw_points
from zscape.models.training.trainer import Stage, Task, Trainer, memory_errors
from zscape.models.training.warm_start import asked_before, earlier_origin, model_to_start_from, origin_of
from zscape.models.training.without_effect import without_effect

PUBLISH_BATCHES, FINAL_BATCHES = 4, 64
"""Batches of 64 on which the averaged generator's statistics are measured: to show it during training, and for the file."""

SHEET_ROWS = 10


@dataclass(frozen=True)
class TrainProgress(Progress):
    """A progress report of training.

    figures: step, loss_d, loss_g (0.693 is balance), chi_square, images_per_second, seconds_left, as they become known. sheet:
    uint8 [10 * columns, H, W, C], the same points drawn by the averaged generator each time, ten rows, one column per class (ten
    columns without classes), or None. published: a private copy of that generator on the CPU, or None.
    """

    sheet: NDArray[np.uint8] | None = None
    published: Model | None = None


def train(
    config: TrainConfig,
    dataset: Dataset,
    out: Path,
    device: str | torch.device = "cpu",
    resume: bool = False,
    start: Path | None = None,
    published: bool = True,
) -> Work[Path]:
    """Train by `config` on `dataset` and return the path of the model.

    Writes out/model.safetensors (averaged G, D), out/run.safetensors (all that resuming needs) and out/losses.csv (for
    reading), each atomically, every config.save_seconds and at the end, also if closed early; and
    out/checkpoints/step-N.safetensors every config.keep_steps. resume=True continues from out/run.safetensors to the same
    weights as an uninterrupted run (on the same device and torch). start: a model file whose generator and discriminator
    replace the random initial weights; its record is kept in that of the new model. published: whether the newest generator
    is yielded every config.publish_seconds (TrainProgress); without it, nothing is measured and drawn for that, and the steps
    are the same. Raises ZscapeError for settings that do not fit the data, a folder that holds another run or model, a run
    that cannot be resumed, a loss that is not a number, or a device out of memory; what was saved before stays. Started by
    torchrun, the processes share each batch, and a run that it restarts after a failure continues from its latest checkpoint.
    """
    device = own_device(str(device))
    with joined(device) as processes, memory_errors(config.batch):
        resume = resume or (restarted() and (out / RUN_FILE).exists())
        check_folder(out, resume)
        before = model_to_start_from(start, config, config.built(len(dataset.class_names))) if start and not resume else None
        origin = earlier_origin(out) if resume else {}
        task = GANTask(config, dataset, choose(device), before, origin, processes)
        if not published:
            task.publish_seconds = 0.0
        if resume:
            task.notice = " ".join(filter(None, (asked_before(out, config), task.notice)))
        return (yield from Trainer(task, out, resume, processes).run())


class GANTask(Task):
    """Trains a generator and a discriminator, and makes models of the averaged generator.

    before: the model whose weights they start from, None for random ones or if a run is resumed. origin: for a resumed run, the
    record of the model it started from.
    """

    label = "Training"
    advice = "start a new run with a lower learning_rate or a larger batch"

    def __init__(
        self,
        config: TrainConfig,
        dataset: Dataset,
        device: torch.device,
        before: Model | None,
        origin: Mapping[str, Any],
        processes: Processes = ALONE,
    ) -> None:
        self.config, self.shape = config, config.built(len(dataset.class_names))
        self.steps, self.batch = config.steps, config.batch
        self.save_seconds, self.publish_seconds = config.save_seconds, config.publish_seconds
        self.keep_steps = config.keep_steps
        self.origin = origin_of(before.spec) if before else origin
        self.fixed = {**config.fixed, "images": len(dataset), "class_names": list(dataset.class_names)}
        if self.origin:
            self.fixed["start"] = self.origin["sha256"]
        self.data_name, self.licence = dataset.name, dataset.licence
        self.notice = " ".join(filter(None, (without_effect(config), data_warnings(dataset, self.shape.image_shape))))
        fitted = dataset.fit(self.shape.image_shape)
        counted = config.tone_curve
        self.levels = torch.bincount(torch.from_numpy(fitted.images).flatten(), minlength=256) if counted else None
        self.subject, self.layout = subject_of(fitted), layout_of(fitted)
        self.networks: GANNetworks = GANNetworks(config, self.shape, fitted, device, processes)
        if before and before.discriminator:
            self.networks.start_from(before.generator, before.discriminator, before.encoder)

    def publish(self, seconds: float) -> Iterator[Progress]:
        generator = (yield from self._recalibrated(PUBLISH_BATCHES)).to("cpu")
        sheet = draw_sheet(generator, self.networks.space, self.config.seed)
        published = Model(self.spec(seconds), generator, self._encoder())
        yield TrainProgress(self.networks.step, self.steps, self.label, sheet=sheet, published=published)

    def model(self, seconds: float, stage: Stage) -> Work[Model]:
        generator = yield from self._recalibrated(PUBLISH_BATCHES if stage == "checkpoint" else FINAL_BATCHES)
        return Model(self.spec(seconds), generator, self._encoder(), self.networks.discriminator)

    def _encoder(self) -> Encoder | None:
        """Return the averaged encoder, if one is trained with the generator."""
        return self.networks.pairs.finished().to("cpu") if self.networks.pairs else None

    def _recalibrated(self, batches: int) -> Work[Generator]:
        """Return the averaged generator with batch-norm statistics of its own."""
        generator, networks = None, self.networks
        for generator in recalibrated(networks.average, networks.space, batches, self.levels, draw=networks.as_met()):
            if generator is None:
                yield Progress(networks.step, self.steps, "Measuring the averaged generator")
        assert generator is not None
        return generator

    def spec(self, seconds: float) -> Spec:
        """Return the spec of the model file."""
        step, config, origin = self.networks.step, self.config, self.origin
        command = f"zscape train {config.name} --data {config.data} --steps {config.steps}"
        recorded = {
            "training": asdict(config),
            "seconds": round(seconds, 1),
            "command": f"{command} --start {origin['name']}" if origin else command,
            "versions": {"torch": str(torch.__version__), "python": platform.python_version()},
            "threads": torch.get_num_threads(),
        }
        if origin:
            recorded["start"] = dict(origin)
        return Spec(
            name=config.name,
            family=config.family,
            config=asdict(self.shape),
            inputs=self.networks.space.inputs,
            image_shape=self.shape.image_shape,
            data=self.data_name,
            licence=self.licence,
            step=step + origin.get("step", 0),
            images=step * config.batch + origin.get("images", 0),
            coordinates=dict(config.attribute_coordinates),
            subject=self.subject,
            layout=self.layout,
            recorded=recorded,
        )


def draw_sheet(generator: Generator, space: Space, seed: int) -> NDArray[np.uint8]:
    """Draw ten rows of fixed points, one column per class (ten without classes): uint8 [10 * columns, H, W, C]."""
    random = torch.Generator().manual_seed(seed)
    classes = class_count(space)
    if classes > 1:
        drawn = draw_points(space, torch.ones(SHEET_ROWS, classes), random)
        points = {name: rows.repeat_interleave(classes, 0) for name, rows in drawn.items()}
        points.update({each.name: torch.eye(classes).repeat(SHEET_ROWS, 1) for each in space.every(Classes)})
    else:
        points = draw_points(space, torch.ones(SHEET_ROWS * 10, 1), random)
    with torch.no_grad():
        images: Tensor = generator(points)
    return to_uint8(images)
