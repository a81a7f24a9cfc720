"""Trains a reference classifier."""

from __future__ import annotations

import platform
import time
from dataclasses import replace

import torch

from zscape.models.data.dataset import Dataset
from zscape.models.evaluation.reference import reference
from zscape.models.evaluation.reference_classifier import ClassifierSpec, ReferenceClassifier
from zscape.models.progress import Work
from zscape.models.training.classifiers.classifier import BATCH, learn_classes


def train_reference_classifier(data: Dataset, epochs: float = 12, seed: int = 0) -> Work[ReferenceClassifier]:
    """Train a reference classifier on `data` without its held-out part (see `reference`), and measure its accuracy on that.

    Raises ZscapeError for pictures too small for the network, or data with one class.
    """
    split = reference(data)
    started = time.monotonic()
    network = yield from learn_classes(split.rest, epochs, seed, "Training the classifier")
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
    spec = ClassifierSpec(data.class_names, data.image_shape, data.name, rest, held, 0.0, recorded)
    classifier = ReferenceClassifier(spec, network)
    predicted = yield from classifier.classify(split.held_out.images)
    accuracy = float((predicted.labels == split.held_out.labels).mean())
    return replace(classifier, spec=replace(spec, accuracy=accuracy))
