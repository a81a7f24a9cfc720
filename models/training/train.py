"""The training run: D and G in turn, looked at, saved and resumed."""

from __future__ import annotations

import math
import platform
from collections import deque
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from zscape.models.data.data_warnings import data_warnings
from zscape.models.data.dataset import Dataset
from zscape.models.data.subject import subject_of
from zscape.models.errors import ZscapeError
from zscape.models.families.base import Generator
from zscape.models.files.checkpoint import Model, save_model
from zscape.models.files.spec import Spec
from zscape.models.inference.device import choose
from zscape.models.inference.runner import to_uint8
from zscape.models.inputs.classes import Classes
from zscape.models.inputs.space import Space
from zscape.models.progress import Progress, Work
from zscape.models.training.averaging import recalibrated
from zscape.models.training.clock import Clock, quick_denormals
from zscape.models.training.config import TrainConfig
from zscape.models.training.gan_trainer import GANTrainer
from zscape.models.training.points import class_count, draw_points
from zscape.models.training.run_file import load_run, save_run
from zscape.models.training.warm_start import earlier_origin, model_to_start_from, origin

LOOK_BATCHES, FINAL_BATCHES = 4, 64
"""Batches of 64 that the averaged generator's statistics are measured on: for a look in passing, and for the file."""

SHEET_ROWS = 10


@dataclass(frozen=True)
class TrainProgress(Progress):
    """A sign of life from training.

    figures: step, loss_d, loss_g (0.693 is balance), chi_square, images_per_second, seconds_left, as they become known.
    sheet: uint8 [10 * columns, H, W, C], the same points drawn by the averaged generator each time, ten rows, a column a class
    (ten columns where there are no classes), or None. published: a private copy of that generator on the CPU, or None.
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
) -> Work[Path]:
    """Train by `config` on `dataset` and return the path of the model.

    Writes out/model.safetensors (averaged G, D) and out/run.safetensors (all that resuming needs), both atomically, every
    config.save_seconds and at the end, also when closed early. resume=True goes on from out/run.safetensors to the same weights
    as an unbroken run (on the same device and torch). start: a model file whose generator and discriminator the run begins with
    in place of random weights; its record is kept in that of the new model. Raises ZscapeError for settings that do not fit the
    data, a run that cannot be resumed, a loss that is no number, or a device out of memory; what was saved before stays.
    """
    model = config.built(len(dataset.class_names))
    run = Run(config, model, dataset, out, choose(str(device)), resume, start)
    try:
        with quick_denormals():
            yield from run.announce()
            yield from run.trainer.prepare()
            yield from run.loop()
    except torch.OutOfMemoryError as error:
        raise ZscapeError(f"The device is out of memory at batch {config.batch}: use a smaller batch or --device cpu.") from error
    return run.model_path


class Run:
    """One run under way: the trainer, the clock and the files."""

    def __init__(
        self,
        config: TrainConfig,
        model: Any,
        dataset: Dataset,
        out: Path,
        device: torch.device,
        resume: bool,
        start: Path | None,
    ) -> None:
        self.config, self.model = config, model
        self.model_path, self.run_path = out / "model.safetensors", out / "run.safetensors"
        self.data_name, self.licence = dataset.name, dataset.licence
        if not resume and self.run_path.exists():
            raise ZscapeError(f"{out} already holds a run: resume it with --resume, or name another folder with --out.")
        before = model_to_start_from(start, config, model) if start and not resume else None
        self.origin = origin(before.spec) if before else earlier_origin(self.model_path) if resume else {}
        self.fixed = {**config.fixed, "images": len(dataset), "class_names": list(dataset.class_names)}
        if self.origin:
            self.fixed["start"] = self.origin["sha256"]
        state, seconds = load_run(self.run_path, self.fixed) if resume else (None, 0.0)
        self.clock, self.looks = Clock(seconds, config.batch), Clock(0.0, config.batch)
        self.remarks = data_warnings(dataset, model.image_shape)
        fitted = dataset.fit(model.image_shape)
        self.levels = torch.bincount(torch.from_numpy(fitted.images).flatten(), minlength=256)
        self.subject = subject_of(fitted)
        self.trainer = GANTrainer(config, model, fitted, device)
        if before and before.discriminator:
            self.trainer.start_from(before.generator, before.discriminator)
        if state is not None:
            try:
                self.trainer.restore(state)
            except (KeyError, RuntimeError, ValueError) as error:
                raise ZscapeError(f"{self.run_path} does not fit its own settings: start again without --resume.") from error

    def announce(self) -> Iterator[Progress]:
        """What should be known of the data."""
        step, steps, words = self.trainer.step, self.config.steps, self.remarks
        if step >= steps:
            words = f"The run has made {step:,} steps already: there is nothing left to do, unless it is asked for more."
        if words:
            yield Progress(step, steps, "Preparing", notice=words)

    def loop(self) -> Iterator[Progress]:
        """Steps until the run's length is reached, with looks and checkpoints between them; the work is kept however it ends."""
        config, trainer = self.config, self.trainer
        self.clock.start(trainer.step)
        sound, look_after = True, min(2.0, config.publish_seconds)  # the first look comes soon: somebody is waiting
        halves: Iterator[dict[str, float]] = iter(())
        try:
            while trainer.step < config.steps:
                halves = trainer.halves()
                for figures in halves:
                    sound = all(math.isfinite(value) for value in figures.values())
                    if not sound:
                        raise ZscapeError(
                            f"Training broke down at step {trainer.step}: a loss is no number. The last checkpoint is kept; "
                            "start a new run with a lower learning_rate or a larger batch."
                        )
                    pace = self.clock.figures(trainer.step, config.steps)
                    yield Progress(trainer.step, config.steps, "Training", {**figures, **pace})
                if config.publish_seconds and self.looks.due(look_after):
                    look_after = config.publish_seconds
                    yield from self.look()
                    self.clock.resume_pace(trainer.step)
                if self.clock.due(config.save_seconds) and trainer.step < config.steps:
                    yield from self.save(LOOK_BATCHES)
                    self.clock.resume_pace(trainer.step)
            if config.publish_seconds:
                yield from self.look()
            yield from self.save(FINAL_BATCHES)
        except GeneratorExit:
            if sound:
                # G takes its turn before the state is written: only whole steps can be resumed exactly.
                deque(halves, maxlen=0)
                if trainer.step:
                    deque(self.save(FINAL_BATCHES), maxlen=0)
            raise

    def spec(self) -> Spec:
        """What the model file will say of itself."""
        step, config, origin = self.trainer.step, self.config, self.origin
        command = f"zscape train {config.name} --data {config.data} --steps {config.steps}"
        recorded = {
            "training": asdict(config),
            "seconds": round(self.clock.seconds, 1),
            "command": f"{command} --start {origin['name']}" if origin else command,
            "versions": {"torch": str(torch.__version__), "python": platform.python_version()},
            "threads": torch.get_num_threads(),
        }
        if origin:
            recorded["start"] = origin
        return Spec(
            name=config.name,
            family=config.family,
            config=asdict(self.model),
            inputs=self.trainer.space.inputs,
            image_shape=self.model.image_shape,
            data=self.data_name,
            licence=self.licence,
            step=step + origin.get("step", 0),
            images=step * config.batch + origin.get("images", 0),
            coordinates=dict(config.attribute_coordinates),
            subject=self.subject,
            recorded=recorded,
        )

    def recalibrate(self, batches: int) -> Iterator[Progress | Generator]:
        """Progress while the averaged generator's statistics are measured, then that generator."""
        step, steps = self.trainer.step, self.config.steps
        for generator in recalibrated(self.trainer.average, self.trainer.space, batches, self.levels):
            yield Progress(step, steps, "Measuring the averaged generator") if generator is None else generator

    def look(self) -> Iterator[Progress]:
        """Publish the averaged generator and the sheet it draws."""
        for sign in self.recalibrate(LOOK_BATCHES):
            if isinstance(sign, Progress):
                yield sign
                continue
            generator = sign.to("cpu")
            published = Model(self.spec(), generator)
            sheet = draw_sheet(generator, self.trainer.space, self.config.seed)
            step = self.trainer.step
            yield TrainProgress(step, self.config.steps, "Training", sheet=sheet, published=published)

    def save(self, batches: int) -> Iterator[Progress]:
        """Write both files."""
        for sign in self.recalibrate(batches):
            if isinstance(sign, Progress):
                yield sign
                continue
            # The state first: a model without one could not go on, the other way round it can.
            save_run(self.run_path, self.trainer.state(), self.fixed, self.clock.seconds)
            save_model(self.model_path, Model(self.spec(), sign, None, self.trainer.discriminator))


def draw_sheet(generator: Generator, space: Space, seed: int) -> NDArray[np.uint8]:
    """Ten rows of fixed points, a column a class (ten where there are none): uint8 [10 * columns, H, W, C]."""
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
