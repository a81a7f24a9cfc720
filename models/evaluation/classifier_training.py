"""Training a judge."""

from __future__ import annotations

import platform
import time
from dataclasses import replace

import torch

from zscape.models.data.dataset import Dataset
from zscape.models.evaluation.reference import reference
from zscape.models.evaluation.reference_classifier import Judge, JudgeSpec
from zscape.models.progress import Work
from zscape.models.training.classifier import BATCH, learn_classes


def train_judge(data: Dataset, epochs: float = 12, seed: int = 0) -> Work[Judge]:
    """Train a judge on `data` less its held-out part (see `reference`), and measure it on that.

    Raises ZscapeError for pictures too small for the network, or data with one class.
    """
    split = reference(data)
    started = time.monotonic()
    network = yield from learn_classes(split.rest, epochs, seed, "Training the judge")
    recorded: dict[str, str | int | float] = {
        "seed": seed,
        "epochs": epochs,
        "batch": BATCH,
        "seconds": round(time.monotonic() - started),
        "threads": torch.get_num_threads(),
        "torch": str(torch.__version__),
        "python": platform.python_version(),
    }
    rest, held = len(split.rest), len(split.held_out)
    judge = Judge(JudgeSpec(data.class_names, data.image_shape, data.name, rest, held, 0.0, recorded), network)
    opinion = yield from judge.look(split.held_out.images)
    accuracy = float((opinion.labels == split.held_out.labels).mean())
    return replace(judge, spec=replace(judge.spec, accuracy=accuracy))
