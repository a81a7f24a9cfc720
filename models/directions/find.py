"""Finds the directions of a model by one or several methods, sorted by how much the picture changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from zscape.models.data.dataset import Dataset
from zscape.models.directions.components import components, factors
from zscape.models.directions.fit import fitted
from zscape.models.directions.regression import labelled, measured, shows_strokes
from zscape.models.directions.samples import Samples, moved, sampled
from zscape.models.errors import ZscapeError
from zscape.models.files.checkpoint import Model
from zscape.models.inference.drawn import drawn
from zscape.models.inference.runner import GeneratorRunner
from zscape.models.inputs.directions import Direction, DirectionSet
from zscape.models.progress import Progress, Work

METHODS = ("pca", "sefa", "attributes")
COUNT, SAMPLES, TRIED = 10, 4000, 40
"""Default maximum of directions per method, number of points to find them on, and number to measure their effect at."""


def check_counts(count: int, samples: int) -> None:
    """Raise ZscapeError for counts out of range."""
    if not 1 <= count <= 100 or not 200 <= samples <= 100_000:
        raise ZscapeError("Ask for 1 to 100 directions, found on 200 to 100,000 samples.")


def find(
    model: Model,
    methods: Sequence[str],
    data: Dataset | None = None,
    count: int = COUNT,
    samples: int = SAMPLES,
    seed: int = 0,
    device: str = "auto",
    tried: int = TRIED,
    steer: bool = True,
) -> Work[DirectionSet]:
    """Find the directions of `model` by each of `methods` (METHODS); the same for the same seed.

    data: pictures with attributes, each of which becomes a direction too. count: maximum number of components or factors.
    samples: number of random points used. tried: number of points at which the change of the picture by each direction is
    measured. steer: see `labelled`. Raises ZscapeError for a method that is unknown or cannot be applied, before anything is
    drawn.
    """
    if unknown := [each for each in methods if each not in METHODS]:
        raise ZscapeError(f"There is no method {unknown[0]!r}: choose from {', '.join(METHODS)}.")
    check_counts(count, samples)
    if data is not None and not data.attributes:
        raise ZscapeError(f"{data.name} has no attributes: give data whose pictures have some, or none for measured ones only.")
    runner = GeneratorRunner(model, device)
    drawn_ = yield from sampled(runner, samples, seed)
    found: list[Direction] = []
    if "attributes" in methods:
        plain = measured(drawn_, shows_strokes(model.spec))
        yield Progress(0, 0, "Measuring attributes")
        found += yield from fitted(runner, drawn_, plain)
        if data is not None:
            read = yield from labelled(runner, drawn_, data.fit(model.spec.image_shape), seed, steer=steer)
            found = [each for each in found if each.name not in {one.name for one in read}] + read
    if "pca" in methods:
        found += components(drawn_, count)
    if "sefa" in methods:
        found += factors(drawn_, model.generator, count)
    sorted_ = yield from by_change(runner, drawn_, found, tried)
    return DirectionSet(model.spec.name, model.spec.sha256, tuple(sorted_))


def by_change(
    runner: GeneratorRunner, samples: Samples, directions: Sequence[Direction], tried: int = TRIED
) -> Work[list[Direction]]:
    """Sort `directions` by how much the picture changes from -1 to 1, most first; this is added to their provenance.

    "change": the root mean squared difference of pixels from 0 to 1.
    """
    points = samples.points.part(slice(0, tried))
    changes = []
    for place, each in enumerate(directions, 1):
        step = np.asarray(each.vector)
        ends = []
        for amount in (-1, 1):
            images = yield from drawn(runner, moved(points, samples.target, amount * step), "Measuring directions")
            ends.append(images.astype(np.float64) / 255)
        changes.append(float(np.sqrt(((ends[1] - ends[0]) ** 2).mean())))
        yield Progress(place, len(directions), "Measuring directions")
    about = [
        replace(each, provenance={**each.provenance, "change": change}) for each, change in zip(directions, changes, strict=True)
    ]
    return sorted(about, key=lambda each: -float(each.provenance["change"]))
