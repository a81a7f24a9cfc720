"""Measures a model against real pictures, as far as data and a reference classifier allow."""

from __future__ import annotations

import time

import numpy as np
import torch

from zscape.models.data.dataset import Dataset
from zscape.models.evaluation.comparison import compare
from zscape.models.evaluation.encoder import measure_encoder
from zscape.models.evaluation.groups import measure_groups
from zscape.models.evaluation.reference import by_place, matched, reference
from zscape.models.evaluation.reference_classifier import ReferenceClassifier, classifier_for
from zscape.models.evaluation.report import Report
from zscape.models.evaluation.run import EvaluationRun, Settings
from zscape.models.files.checkpoint import Model
from zscape.models.inference.runner import GeneratorRunner
from zscape.models.inputs.sampling import sample
from zscape.models.progress import Progress, Work

LEAST_ACCURACY = 0.9
"""Minimum accuracy of a reference classifier on the held-out pictures; one below it was made for other data."""


def measure_model(
    model: Model,
    data: Dataset,
    settings: Settings | None = None,
    device: str = "auto",
    classifier: ReferenceClassifier | None = None,
) -> Work[Report]:
    """Measure `model` against `data` and return the report.

    A fixed part of the data is held out (see `reference`) and everything is compared with it: samples of the model, and, as the
    baseline, the same number of the other real pictures. classifier: by default the bundled one for these classes; without one,
    the measures that need it are left out, with the reason. Raises ZscapeError for data of other classes or of fewer than 100
    pictures, and for a model that draws values that are not finite.
    """
    started, settings = time.monotonic(), settings or Settings()
    yield Progress(0, 0, "Preparing", notice=" ".join(filter(None, (*data.warnings, by_place(data, model.spec)))))
    data = matched(data, model.spec).fit(model.spec.image_shape)
    yield Progress(0, 0, "Preparing")
    split = reference(data)
    yield Progress(0, 0, "Preparing")
    held_out, others = _shuffled(split.held_out, len(split.held_out)), _shuffled(split.rest, settings.samples)
    yield Progress(0, 0, "Preparing")
    classifier, unclassified = yield from _usable(classifier or classifier_for(data), held_out)
    run = EvaluationRun(model, GeneratorRunner(model, device), data, held_out, others, settings, classifier, unclassified)
    labels = run.labels
    classes = labels.tolist() if model.space.labels else ()
    images = yield from run.pictures(sample(model.space, len(labels), settings.seed, classes, settings.truncation))
    yield from compare(run, images, labels)
    yield from measure_encoder(run)
    yield from measure_groups(run)
    conditions = {
        "samples": settings.samples,
        "balance": run.balance,
        "missing": run.missing,
        "truncation": settings.truncation,
        "seed": settings.seed,
        "data": data.name,
        "held_out": len(held_out),
        "classifier": classifier.words if classifier else "none",
        "device": str(run.runner.device),
        "threads": torch.get_num_threads(),
    }
    took = round(time.monotonic() - started, 1)
    return Report(model.spec.name, data.name, tuple(run.figures), conditions, dict(run.left_out), took)


def _shuffled(data: Dataset, count: int) -> Dataset:
    """Return `count` pictures of `data`, or all, in random order, so that any first part of them is a random sample."""
    return data.subset(np.random.default_rng(0).permutation(len(data))[:count])


def _usable(classifier: ReferenceClassifier | None, held_out: Dataset) -> Work[tuple[ReferenceClassifier | None, str]]:
    """Return the classifier if it is accurate on the held-out pictures, otherwise None and the reason."""
    if classifier is None:
        return None, f"there is no classifier for {held_out.name}: train one with scripts/train_reference_classifier.py"
    predicted = yield from classifier.classify(held_out.images, "Classifying real pictures")
    right = float((predicted.labels == held_out.labels).mean())
    if right < LEAST_ACCURACY:
        return None, f"{classifier.words} is right on only {right:.1%} of the real pictures of {held_out.name}"
    return classifier, ""
