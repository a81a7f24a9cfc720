"""What a model draws against real pictures."""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from zscape.models.data.dataset import Dataset
from zscape.models.evaluation.distributions import SUBSETS, frechet_distance, kernel_distance, subset_size
from zscape.models.evaluation.neighbours import NEIGHBOURS, nearest_neighbour_error, precision_recall
from zscape.models.evaluation.pictures import BINS, chi_square, histogram, pixels, variety
from zscape.models.evaluation.reference_classifier import Judge
from zscape.models.evaluation.run import Sitting
from zscape.models.progress import Work
from zscape.models.training.classifier_network import FEATURES

FEWEST = 2 * FEATURES
"""Fewer pictures leave the covariance of their features undetermined."""
JUDGED = ("class_accuracy", "frechet_distance", "kernel_distance", "precision", "recall")


def compare(sitting: Sitting, images: NDArray[np.uint8], labels: NDArray[np.int64]) -> Work[None]:
    """Add to `sitting` every measure of the samples images uint8 [N, H, W, C] of classes labels [N].

    They and the yardstick, other real pictures, are compared with the held-out ones.
    """
    held, other = sitting.held_out, sitting.others
    against = f"{sitting.drawn} against {len(held):,} {held.name} pictures held out"
    compared = f"; {len(other):,} others as yardstick"
    shares, points = [], []
    for each in (images, other.images, held.images):
        shares.append((yield from histogram(each)))
        points.append((yield from pixels(each)))
    chi = f"sum of (p - q)^2 / (p + q) over {BINS} bins of the pixels, each histogram summing to 1; {against}{compared}"
    sitting.add("chi_square", chi_square(shares[0], shares[2]), chi_square(shares[1], shares[2]), chi)
    if len(sitting.classes) > 1:
        truth = torch.from_numpy(held.labels)
        error = yield from nearest_neighbour_error(points[0], torch.from_numpy(labels), points[2], truth)
        usual = yield from nearest_neighbour_error(points[1], torch.from_numpy(other.labels), points[2], truth)
        sitting.add("nearest_neighbour_error", error, usual, f"by pixels, learning from {against}{compared}")
    else:
        sitting.left_out["nearest_neighbour_error"] = "there is only one class"
    if sitting.judge is None:
        sitting.left_out.update(dict.fromkeys(JUDGED, sitting.doubt))
        features = points
    else:
        features = yield from _judged(sitting, sitting.judge, images, labels, other, f"{against}{compared}")
    space = "the judge's features" if sitting.judge else "pixels"
    words = f"distances by {space}, the mean over pairs within a class, {against}{compared}"
    yield from _variety(sitting, features, labels, other, words)


def _judged(
    sitting: Sitting, judge: Judge, images: NDArray[np.uint8], labels: NDArray[np.int64], other: Dataset, words: str
) -> Work[list[Tensor]]:
    """Add what the judge says, and return its features of samples, others and held-out pictures."""
    held = sitting.held_out
    ours = yield from judge.look(images, "Judging samples")
    usual = yield from judge.look(other.images, "Judging real pictures")
    truth = yield from judge.look(held.images, "Judging held-out pictures")
    if sitting.conditional:
        right = ours.labels == labels
        worst = min(sitting.classes, key=lambda label: float(right[labels == label].mean()))
        text = f"{sitting.drawn} named as asked by {judge.words}; worst {right[labels == worst].mean():.2%}"
        real = float((truth.labels == held.labels).mean())
        sitting.add("class_accuracy", float(right.mean()), real, f"{text} ({held.class_names[worst]})")
    else:
        sitting.left_out["class_accuracy"] = "the model has no classes"
    a, b, c = ours.features, usual.features, truth.features
    size = min(len(a), len(b), len(c))
    if size < FEWEST:
        reason = f"it takes {FEWEST} pictures on either side, and there are {size}"
        sitting.left_out.update(dict.fromkeys(JUDGED[1:], reason))
        return [a, b, c]
    sitting.add("frechet_distance", frechet_distance(a, c), frechet_distance(b, c), f"{FEATURES} features of the judge, {words}")
    distance = yield from kernel_distance(a, c)
    least = yield from kernel_distance(b, c)
    subsets = f"{SUBSETS} subsets of {subset_size(a, c):,}"
    sitting.add("kernel_distance", distance, least, f"{FEATURES} features of the judge, {subsets}, {words}")
    precision, recall = yield from precision_recall(c[:size], a[:size])
    precise, recalled = yield from precision_recall(c[:size], b[:size])
    text = f"k = {NEIGHBOURS}, {size:,} of each, {words}"
    sitting.add("precision", precision, precise, text)
    sitting.add("recall", recall, recalled, text)
    return [a, b, c]


def _variety(sitting: Sitting, features: list[Tensor], labels: NDArray[np.int64], other: Dataset, words: str) -> Work[None]:
    held = sitting.held_out
    truth, others = (pictures.labels if sitting.conditional else np.zeros_like(pictures.labels) for pictures in (held, other))
    ratios = yield from variety(features[0], labels, features[2], truth)
    usual = yield from variety(features[1], others, features[2], truth)
    if not ratios or not usual:
        sitting.left_out["variety"] = "no class has two held-out pictures that differ"
        return
    least = min(ratios, key=lambda label: ratios[label])
    name = sitting.model.spec.class_names[least]
    mean, real = (float(np.mean(list(each.values()))) for each in (ratios, usual))
    sitting.add("variety", mean, real, f"{words}; the mean of the classes' ratios")
    sitting.add("variety_least", ratios[least], min(usual.values()), f"{words}; the least varied class, {name}")
