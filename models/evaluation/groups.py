"""Measures how well one picture of a group predicts the others: a font from one of its letters, a person from one expression."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from zscape.models.data.dataset import Dataset
from zscape.models.evaluation.run import EvaluationRun
from zscape.models.inference.encoding import encode
from zscape.models.progress import Progress, Work
from zscape.models.sweeps.single import ClassRow
from zscape.models.training.encoder import HELD_OUT, HELD_OUT_SEED

NAME = "other_classes_mse"
SHARE = 10
"""One in SHARE pictures, at most HELD_OUT, is held out in whole groups: those that the training of an encoder holds out."""


def measure_groups(run: EvaluationRun) -> Work[None]:
    """Add to `run` the error of the other classes drawn from one picture of a held-out group, before and after refinement.

    It is the squared difference of drawn and real, pixels 0 to 1, averaged over pictures and their groups' other classes. For
    comparison, the same is computed for the group among the others whose picture of that class is nearest to the given one. For
    data without groups, or whose groups have one class each, the measure is omitted without a message.
    """
    if run.model.encoder is None or not run.conditional or run.data.groups is None:
        return
    yield Progress(0, 0, "Preparing")
    rest, held = run.data.split(max(1, min(HELD_OUT, len(run.data) // SHARE)), HELD_OUT_SEED)
    table = _Table(held, len(run.model.spec.class_names))
    asked = table.asked()
    if not len(asked):
        return
    order = np.random.default_rng(run.settings.seed).permutation(len(asked))
    known = _Table(rest, table.classes)
    nearest = yield from _nearest(table, asked[order[: run.settings.refined]], known)
    for count, steps in ((run.settings.refined, 0), (run.settings.refined // 3, run.settings.steps)):
        chosen = asked[order[:count]]
        error = yield from _error(run, table, chosen, steps)
        where = (
            f"{len(chosen):,} pictures of {len(table.rows):,} {held.name} groups held out, pixels 0..1, class given"
            + (f", {steps} steps of refinement" if steps else "")
            + (f"; real: the nearest of the {len(known.rows):,} other groups by the same picture" if nearest is not None else "")
        )
        run.add(f"{NAME}_refined" if steps else NAME, error, None if steps else nearest, where)


class _Table:
    """rows int64 [G, K]: index in `data` of each group's picture of each class, -1 for none."""

    def __init__(self, data: Dataset, classes: int) -> None:
        assert data.groups is not None
        _, group = np.unique(data.groups, return_inverse=True)
        self.data, self.classes = data, classes
        self.rows = np.full((int(group.max()) + 1, classes), -1)
        self.rows[group.ravel(), data.labels] = np.arange(len(data))

    def asked(self) -> NDArray[np.int64]:
        """Return (group, class) [M, 2] of every picture whose group has another class too."""
        there = self.rows >= 0
        return np.argwhere(there & (there.sum(1, keepdims=True) > 1))

    def pictures(self, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return pixels 0..1 of pictures, float32 [N, H * W * C]."""
        return self.data.images[rows].reshape(len(rows), -1).astype(np.float32) / np.float32(255)

    def error(self, place: NDArray[np.int64], drawn: NDArray[np.float32]) -> float:
        """Return the mean squared difference of drawn [K, P] from the real pictures of the same group in the other classes."""
        others = np.flatnonzero((self.rows[place[0]] >= 0) & (np.arange(self.classes) != place[1]))
        return float(((self.pictures(self.rows[place[0], others]) - drawn[others]) ** 2).mean())


def _error(run: EvaluationRun, table: _Table, asked: NDArray[np.int64], steps: int) -> Work[float]:
    model, data, device = run.model, table.data, str(run.runner.device)
    rows = table.rows[asked[:, 0], asked[:, 1]]
    encoded = yield from encode(model, data.images[rows], data.labels[rows], refine=steps, device=device)
    first, *others = encoded.recipes(model.space)
    images = yield from run.pictures(ClassRow(first, tuple(others)).points(model.space), "Drawing the other classes")
    drawn = images.reshape(len(asked), table.classes, -1)
    return float(
        np.mean([table.error(place, each.astype(np.float32) / np.float32(255)) for place, each in zip(asked, drawn, strict=True)])
    )


def _nearest(table: _Table, asked: NDArray[np.int64], known: _Table) -> Work[float | None]:
    """Return the error of the group of `known` that has all classes and the nearest picture of the same class."""
    whole = known.rows[(known.rows >= 0).all(1)]
    if not len(whole):
        return None
    errors = []
    for done, label in enumerate(np.unique(asked[:, 1])):
        yield Progress(done, table.classes, "Comparing with other groups")
        places = asked[asked[:, 1] == label]
        given, others = table.pictures(table.rows[places[:, 0], label]), known.pictures(whole[:, label])
        apart = (given**2).sum(1)[:, None] - 2 * given @ others.T + (others**2).sum(1)[None]
        for place, found in zip(places, apart.argmin(1), strict=True):
            errors.append(table.error(place, known.pictures(whole[found])))
    return float(np.mean(errors))
