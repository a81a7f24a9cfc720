"""Measures generated images against real pictures."""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from zscape.models.data.dataset import Dataset
from zscape.models.evaluation.distributions import SUBSETS, frechet_distance, kernel_distance, subset_size
from zscape.models.evaluation.neighbours import NEIGHBOURS, nearest_neighbour_error, precision_recall
from zscape.models.evaluation.pictures import BINS, chi_square, histogram, pixels, variety
from zscape.models.evaluation.reference_classifier import ReferenceClassifier
from zscape.models.evaluation.run import EvaluationRun
from zscape.models.progress import Work
from zscape.models.training.classifiers.classifier_network import FEATURES

FEWEST = 2 * FEATURES
"""Minimum number of pictures: fewer leave the covariance of their features undetermined."""
CLASSIFIED = ("class_accuracy", "frechet_distance", "kernel_distance", "precision", "recall")


def compare(run: EvaluationRun, images: NDArray[np.uint8], labels: NDArray[np.int64]) -> Work[None]:
    """Add to `run` every measure of the samples images uint8 [N, H, W, C] of classes labels [N].

    They are compared with the held-out real pictures; so are other real pictures, as the baseline.
    """
    held, other = run.held_out, run.others
    against = f"{run.drawn} against {len(held):,} {held.name} pictures held out"
    compared = f"; {len(other):,} other real pictures as the baseline"
    shares, points = [], []
    for each in (images, other.images, held.images):
        shares.append((yield from histogram(each)))
        points.append((yield from pixels(each)))
    chi = f"sum of (p - q)^2 / (p + q) over {BINS} bins of the pixels, each histogram summing to 1; {against}{compared}"
    run.add("chi_square", chi_square(shares[0], shares[2]), chi_square(shares[1], shares[2]), chi)
    if len(run.classes) > 1:
        truth = torch.from_numpy(held.labels)
        error = yield from nearest_neighbour_error(points[0], torch.from_numpy(labels), points[2], truth)
        usual = yield from nearest_neighbour_error(points[1], torch.from_numpy(other.labels), points[2], truth)
        run.add("nearest_neighbour_error", error, usual, f"by pixels, learning from {against}{compared}")
    else:
        run.left_out["nearest_neighbour_error"] = "there is only one class"
    if run.classifier is None:
        run.left_out.update(dict.fromkeys(CLASSIFIED, run.unclassified))
        features = points
    else:
        features = yield from _classified(run, run.classifier, images, labels, other, f"{against}{compared}")
    space = "the classifier's features" if run.classifier else "pixels"
    words = f"distances by {space}, the mean over pairs within a class, {against}{compared}"
    yield from _variety(run, features, labels, other, words)


def _classified(
    run: EvaluationRun,
    classifier: ReferenceClassifier,
    images: NDArray[np.uint8],
    labels: NDArray[np.int64],
    other: Dataset,
    words: str,
) -> Work[list[Tensor]]:
    """Add the measures that need the classifier; return its features of samples, other and held-out real pictures."""
    held = run.held_out
    ours = yield from classifier.classify(images, "Classifying samples")
    usual = yield from classifier.classify(other.images, "Classifying real pictures")
    truth = yield from classifier.classify(held.images, "Classifying held-out pictures")
    if run.conditional:
        right = ours.labels == labels
        worst = min(run.classes, key=lambda label: float(right[labels == label].mean()))
        text = f"{run.drawn} classified by {classifier.words}; worst class {right[labels == worst].mean():.2%}"
        real = float((truth.labels == held.labels).mean())
        run.add("class_accuracy", float(right.mean()), real, f"{text} ({held.class_names[worst]})")
    else:
        run.left_out["class_accuracy"] = "the model has no classes"
    a, b, c = ours.features, usual.features, truth.features
    size = min(len(a), len(b), len(c))
    if size < FEWEST:
        reason = f"it takes {FEWEST} pictures on either side, and there are {size}"
        run.left_out.update(dict.fromkeys(CLASSIFIED[1:], reason))
        return [a, b, c]
    run.add("frechet_distance", frechet_distance(a, c), frechet_distance(b, c), f"{FEATURES} features of the classifier, {words}")
    distance = yield from kernel_distance(a, c)
    least = yield from kernel_distance(b, c)
    subsets = f"{SUBSETS} subsets of {subset_size(a, c):,}"
    run.add("kernel_distance", distance, least, f"{FEATURES} features of the classifier, {subsets}, {words}")
    precision, recall = yield from precision_recall(c[:size], a[:size])
    precise, recalled = yield from precision_recall(c[:size], b[:size])
    text = f"k = {NEIGHBOURS}, {size:,} of each, {words}"
    run.add("precision", precision, precise, text)
    run.add("recall", recall, recalled, text)
    return [a, b, c]


def _variety(run: EvaluationRun, features: list[Tensor], labels: NDArray[np.int64], other: Dataset, words: str) -> Work[None]:
    held = run.held_out
    truth, others = (pictures.labels if run.conditional else np.zeros_like(pictures.labels) for pictures in (held, other))
    ratios = yield from variety(features[0], labels, features[2], truth)
    usual = yield from variety(features[1], others, features[2], truth)
    if not ratios or not usual:
        run.left_out["variety"] = "no class has two held-out pictures that differ"
        return
    least = min(ratios, key=lambda label: ratios[label])
    name = run.model.spec.class_names[least]
    mean, real = (float(np.mean(list(each.values()))) for each in (ratios, usual))
    run.add("variety", mean, real, f"{words}; the mean of the classes' ratios")
    run.add("variety_least", ratios[least], min(usual.values()), f"{words}; the least varied class, {name}")
