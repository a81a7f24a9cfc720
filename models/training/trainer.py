"""The training loop: steps, showing the current result, checkpoints, and ending and resuming a run."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Literal, Protocol

import torch
from torch import Tensor

from zscape.models.errors import ZscapeError
from zscape.models.files.checkpoint import Model
from zscape.models.files.run_checkpoints import MODEL_FILE, RUN_FILE
from zscape.models.progress import Progress, Work
from zscape.models.training.run.clock import Clock, quick_denormals
from zscape.models.training.run.loss_table import LossTable
from zscape.models.training.run.processes import ALONE, Processes
from zscape.models.training.run.run_file import load_run
from zscape.models.training.run.run_folder import RunFolder

FIRST_PUBLISHING = 2.0
"""Maximum seconds until the first result is shown: the user is waiting."""
SHARE, LONGEST = 0.1, 120.0
"""Maximum share of the time that `publish` takes, unless more than LONGEST seconds would pass between two results."""

Stage = Literal["checkpoint", "stopped", "finished"]
"""Why a model is written: as a checkpoint, because the run was closed early, or at its end."""


@dataclass(frozen=True)
class Resumed(Progress):
    """A progress report of a resumed run. past: the figures of the steps before, each with its "step"."""

    past: Sequence[Mapping[str, float]] = ()


class Networks(Protocol):
    """Networks in training with all that the next step depends on. step: number of steps done."""

    step: int

    @property
    def notice(self) -> str:
        """A message for the user about how the steps are run, found while they are; "" if there is none."""
        ...

    def prepare(self) -> Work[None]:
        """Learn from the data what the first step needs."""
        ...

    def halves(self) -> Iterator[dict[str, float]]:
        """Take one step in two halves; yield the figures measured in each. `step` increases after the second."""
        ...

    def state(self) -> dict[str, Tensor]:
        """Return everything the next step depends on besides the settings and the data."""
        ...

    def restore(self, tensors: Mapping[str, Tensor]) -> None:
        """Continue from a `state()`. Raises KeyError, RuntimeError or ValueError for other networks' state."""
        ...


class Task(ABC):
    """What a Trainer trains, and the model that results.

    label: name of the work. advice: what to try if a loss is not a number. networks: those trained. steps: length of the run.
    batch: images per step. save_seconds: time between checkpoints. publish_seconds: time between two calls of `publish`, longer
    if these take long (see `publish_after`), 0 for none. keep_steps: steps between checkpoints kept beside the model, 0 for
    none. fixed: settings that a resumed run must share with the original run. origin: the record of the model that it started
    from, {} for none. notice: a message for the user about the data and the settings.
    """

    label: ClassVar[str]
    advice: ClassVar[str]
    networks: Networks
    steps: int
    batch: int
    save_seconds: float
    publish_seconds: float = 0.0
    keep_steps: int = 0
    fixed: Mapping[str, Any]
    origin: Mapping[str, Any]
    notice: str = ""

    def publish(self, seconds: float) -> Iterator[Progress]:
        """Show the current result. seconds: time worked so far."""
        return iter(())

    @abstractmethod
    def model(self, seconds: float, stage: Stage) -> Work[Model]:
        """Return the model to be written. seconds: time worked so far."""


class Trainer:
    """One run in progress in the folder `out`. processes: those that share it; only the first of them writes there.

    Raises ZscapeError if a run cannot be resumed. Call `check_folder` first, before anything is loaded.
    """

    def __init__(self, task: Task, out: Path, resume: bool, processes: Processes = ALONE) -> None:
        self.task, self.model_path, self.folder = task, out / MODEL_FILE, RunFolder(out, resume)
        self.processes = processes
        seconds = 0.0
        if resume:
            run = out / RUN_FILE
            state, seconds = load_run(run, task.fixed)
            try:
                task.networks.restore(state)
            except (KeyError, RuntimeError, ValueError) as error:
                raise ZscapeError(f"{run} does not fit its own settings: start again without --resume.") from error
        self.losses = self.folder.losses(task.networks.step) if resume else LossTable()
        self.clock, self.publish_clock = Clock(seconds, task.batch), Clock(0.0, task.batch)

    def run(self) -> Work[Path]:
        """Train to the end and return the path of the model. If closed early, the work is saved: whole steps, both files."""
        with self.folder.held() if self.processes.first else nullcontext(), quick_denormals():
            yield from self._announce()
            if self.task.networks.step > self.task.steps and self.model_path.exists():
                return self.model_path  # writing it again would record fewer steps than were made
            yield from self.task.networks.prepare()
            yield from self._loop()
        return self.model_path

    def _announce(self) -> Iterator[Progress]:
        step, steps, words = self.task.networks.step, self.task.steps, self.task.notice
        if step >= steps:
            done = f"The run has made {step:,} steps already: there is nothing left to do, unless it is asked for more."
            words = " ".join(filter(None, (done, words)))
        if words:
            yield Progress(step, steps, "Preparing", notice=words)

    def _loop(self) -> Iterator[Progress]:
        task, networks = self.task, self.task.networks
        self.clock.start(networks.step)
        finite, wait, told = True, min(FIRST_PUBLISHING, task.publish_seconds), ""
        halves: Iterator[dict[str, float]] = iter(())
        begun, first = networks.step - 1, self.processes.first
        if self.losses.rows:
            yield Resumed(networks.step, task.steps, task.label, past=tuple(self.losses.rows))
        try:
            while networks.step < task.steps:
                begun, halves = networks.step, networks.halves()
                for figures in halves:
                    finite = self._take(begun + 1, figures)
                    if not finite:
                        raise ZscapeError(
                            f"Training broke down at step {networks.step}: a loss is not a number. {self._kept} {task.advice}."
                        )
                    pace = self.clock.figures(networks.step, task.steps)
                    notice = networks.notice if networks.notice != told else ""  # each message once
                    told = networks.notice
                    yield Progress(networks.step, task.steps, task.label, {**figures, **pace}, notice)
                if first and task.publish_seconds and self.publish_clock.due(wait):
                    begin = self.clock.seconds
                    yield from task.publish(begin)
                    wait = publish_after(task.publish_seconds, self.clock.seconds - begin)
                    self.clock.resume_pace(networks.step)
                if first and task.keep_steps and networks.step % task.keep_steps == 0:
                    self.folder.keep((yield from task.model(self.clock.seconds, "checkpoint")))
                    self.clock.resume_pace(networks.step)
                if first and self.clock.due(task.save_seconds) and networks.step < task.steps:
                    yield from self._save("checkpoint")
                    self.clock.resume_pace(networks.step)
            if first and task.publish_seconds:
                yield from task.publish(self.clock.seconds)
            if first:
                yield from self._save("finished")
        except GeneratorExit:
            # The step is completed before the state is written: only whole steps can be resumed exactly. The other processes may
            # have left already; then an incomplete step is not written, and the last checkpoint stays.
            whole = self.processes.count == 1 or networks.step > begun
            if first and finite and whole and all(self._take(begun + 1, figures) for figures in halves) and networks.step:
                deque(self._save("stopped"), maxlen=0)
            raise

    @property
    def _kept(self) -> str:
        """What is left of a run that breaks down, and the beginning of a piece of advice."""
        return "The last checkpoint is kept:" if self.model_path.exists() else "There is no checkpoint yet:"

    def _take(self, step: int, figures: Mapping[str, float]) -> bool:
        """Add the figures of a part of step `step` to the table; return whether all are finite."""
        self.losses.add(step, figures)
        return all(map(math.isfinite, figures.values()))

    def _save(self, stage: Stage) -> Iterator[Progress]:
        model = yield from self.task.model(self.clock.seconds, stage)
        task = self.task
        notice = self.folder.write(model, task.networks.state(), task.fixed, self.clock.seconds, self.losses, task.origin)
        if notice:
            yield Progress(self.task.networks.step, self.task.steps, self.task.label, notice=notice)


def publish_after(publish_seconds: float, took: float) -> float:
    """Return the seconds from the start of one `publish` to that of the next. took: seconds that the last one took."""
    return max(publish_seconds, min(took / SHARE, LONGEST))


@contextmanager
def memory_errors(batch: int) -> Iterator[None]:
    """Replace torch's error by a ZscapeError that names `batch` if the device is out of memory."""
    try:
        yield
    except torch.OutOfMemoryError as error:
        raise ZscapeError(f"The device is out of memory at batch {batch}: use a smaller batch or --device cpu.") from error
