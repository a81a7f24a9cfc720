"""Measures how fast a run would be: a few seconds of it, on this machine and on some of its pictures."""

from __future__ import annotations

import time
from collections import deque
from dataclasses import dataclass
from pathlib import Path

import torch

from zscape.models.data.dataset import Dataset
from zscape.models.files.checkpoint import load_model
from zscape.models.inference.device import choose
from zscape.models.progress import Progress, Work
from zscape.models.training.config import TrainConfig
from zscape.models.training.encoder import EncoderTask
from zscape.models.training.encoders.encoder_settings import EncoderSettings
from zscape.models.training.run.clock import quick_denormals
from zscape.models.training.run.threads import cpu_threads
from zscape.models.training.train import GANTask
from zscape.models.training.trainer import Task, memory_errors, publish_after

SECONDS = 3.0
LONGEST = 20.0
"""Seconds of a first step after which no other is timed."""
LABEL = "Measuring how fast it learns"


@dataclass(frozen=True)
class Pace:
    """The speed of a run.

    step: seconds per step. show: seconds to show the current result, every `every` seconds (0: never). threads: number of CPU
    threads that was fastest; 0 if no other number was tried. timed: number of steps measured.
    """

    step: float
    show: float = 0.0
    every: float = 0.0
    threads: int = 0
    timed: int = 0

    def seconds(self, steps: int) -> float:
        """Return the seconds that `steps` steps take."""
        return steps * self.step * (1 + self.show / self.every if self.every else 1)


def try_generator(config: TrainConfig, sample: Dataset, device: str = "cpu", seconds: float = SECONDS) -> Work[Pace]:
    """Measure the pace of a run of `config` on data of which `sample` is a part, with every class; nothing is written.

    Raises ZscapeError if `train` would, as far as the first steps show it.
    """
    yield Progress(0, 0, LABEL)
    with memory_errors(config.batch):
        where = choose(device)
        task = GANTask(config, sample, where, None, {})
        return (yield from _pace(task, config.r1_every if config.r1 or config.r2 else 0, seconds, where))


def try_encoder(model: Path, sample: Dataset, device: str = "cpu", seconds: float = SECONDS) -> Work[Pace]:
    """Measure the pace of training the encoder of `model`, as `try_generator` does."""
    yield Progress(0, 0, LABEL)
    settings = EncoderSettings()
    with memory_errors(settings.batch):
        where = choose(device)
        loaded = load_model(model, where)
        return (yield from _pace(EncoderTask(loaded, loaded, {}, sample, settings, where), 0, seconds, where))


def _pace(task: Task, rare: int, seconds: float, device: torch.device) -> Work[Pace]:
    """Return the pace of a task with the fastest number of threads; every `rare` steps (0: never) one takes longer.

    Only the work done here is timed, not how long the caller pauses between two progress reports.
    """
    threads = torch.get_num_threads() if device.type == "cpu" else 1
    counts = (1, threads) if threads > 1 else (0,)
    steps: dict[int, float] = {}
    timed: dict[int, int] = {}
    with quick_denormals():
        yield from task.networks.prepare()
        for behind, count in enumerate(counts):
            with cpu_threads(count):
                steps[count], timed[count] = yield from _step(task, rare, seconds / len(counts), behind / len(counts))
        best = min(steps, key=lambda count: steps[count])
        show = 0.0
        if task.publish_seconds:
            with cpu_threads(best):
                start = time.perf_counter()
                for _ in task.publish(0.0):
                    took = time.perf_counter() - start
                    yield Progress(100, 100, LABEL)
                    show, start = show + took, time.perf_counter()
                show += time.perf_counter() - start
    every = publish_after(task.publish_seconds, show) if task.publish_seconds else 0.0
    return Pace(steps[best], show, every, best, timed[best])


def _step(task: Task, rare: int, seconds: float, behind: float) -> Work[tuple[float, int]]:
    """Return the seconds per step, measured for `seconds`, and the number of steps. behind: fraction of the trial done before."""
    networks = task.networks
    networks.step = 1
    first = yield from _timed(task, behind)  # this also allocates memory and prepares kernels: on a busy computer, for seconds
    usual, long, spent = [first] if first > LONGEST else [], 0.0, first
    if rare and spent < seconds:
        networks.step = rare
        long = yield from _timed(task, behind)
        spent += long
    while not usual or spent < seconds:
        if rare and networks.step % rare == 0:
            networks.step += 1
        usual.append((yield from _timed(task, behind + (1 - behind) * min(1.0, spent / seconds))))
        spent += usual[-1]
    step = sum(usual) / len(usual)
    return (step + (long - step) / rare if long else step), len(usual)


def _timed(task: Task, share: float) -> Work[float]:
    """Return the seconds of one step. share: fraction of the trial done before."""
    start = time.perf_counter()
    deque(task.networks.halves(), maxlen=0)
    took = time.perf_counter() - start
    yield Progress(round(100 * share), 100, LABEL)
    return took
