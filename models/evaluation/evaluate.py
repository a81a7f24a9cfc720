"""Measuring a model against real pictures: every measure there is data and a judge for."""

from __future__ import annotations

import time

import numpy as np
import torch

from zscape.models.data.dataset import Dataset
from zscape.models.evaluation.comparison import compare
from zscape.models.evaluation.encoder import measure_encoder
from zscape.models.evaluation.reference import matched, reference
from zscape.models.evaluation.reference_classifier import Judge, judge_for
from zscape.models.evaluation.report import Report
from zscape.models.evaluation.run import Settings, Sitting
from zscape.models.files.checkpoint import Model
from zscape.models.inference.runner import Artist
from zscape.models.progress import Progress, Work

TRUSTED = 0.9
"""A judge that names fewer of the real pictures right was made for other data."""


def measure_model(
    model: Model, data: Dataset, settings: Settings | None = None, device: str = "auto", judge: Judge | None = None
) -> Work[Report]:
    """Measure `model` against `data` and return the report.

    A fixed part of the data is held out (see `reference`) and everything is compared with that: what the model draws, and as a
    yardstick as many of the other real pictures. judge: the classifier to ask, by default the bundled one for these classes;
    measures for which there is none are left out, with the reason. Raises ZscapeError for data of other classes or of fewer than
    100 pictures, and for a model that draws numbers that are not finite.
    """
    started, settings = time.monotonic(), settings or Settings()
    yield Progress(0, 0, "Preparing")
    data = matched(data, model.spec).fit(model.spec.image_shape)
    yield Progress(0, 0, "Preparing")
    split = reference(data)
    yield Progress(0, 0, "Preparing")
    held_out, others = _mixed(split.held_out, len(split.held_out)), _mixed(split.rest, settings.samples)
    yield Progress(0, 0, "Preparing")
    judge, doubt = yield from _trusted(judge or judge_for(data), held_out)
    sitting = Sitting(model, Artist(model, device), data, held_out, others, settings, judge, doubt)
    labels = sitting.labels
    z = np.random.RandomState(settings.seed).standard_normal((len(labels), model.spec.z_size)).astype(np.float32)
    images = yield from sitting.pictures(z * np.float32(settings.truncation), labels)
    yield from compare(sitting, images, labels)
    yield from measure_encoder(sitting)
    conditions = {
        "samples": settings.samples,
        "balance": sitting.balance,
        "missing": sitting.missing,
        "truncation": settings.truncation,
        "seed": settings.seed,
        "data": data.name,
        "held_out": len(held_out),
        "judge": judge.words if judge else "none",
        "device": str(sitting.artist.device),
        "threads": torch.get_num_threads(),
    }
    took = round(time.monotonic() - started, 1)
    return Report(model.spec.name, data.name, tuple(sitting.figures), conditions, dict(sitting.left_out), took)


def _mixed(data: Dataset, count: int) -> Dataset:
    """`count` pictures of `data`, or all there are, in random order, so that any first part of them is a fair one."""
    return data.subset(np.random.default_rng(0).permutation(len(data))[:count])


def _trusted(judge: Judge | None, held_out: Dataset) -> Work[tuple[Judge | None, str]]:
    """The judge where it knows the held-out pictures, else None and why."""
    if judge is None:
        return None, f"there is no judge for {held_out.name}: train one with scripts/train_judge.py"
    opinion = yield from judge.look(held_out.images, "Asking the judge about real pictures")
    right = float((opinion.labels == held_out.labels).mean())
    if right < TRUSTED:
        return None, f"{judge.words} names only {right:.1%} of the real pictures of {held_out.name} right"
    return judge, ""
