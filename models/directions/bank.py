"""The bank of directions that every model can be given without being asked: found once, kept by the hash of its weights."""

from __future__ import annotations

import contextlib
import time
from pathlib import Path

import numpy as np

from zscape.models.data.dataset import Dataset
from zscape.models.data.overview import overview
from zscape.models.data.sources import KNOWN, known, loading
from zscape.models.directions.find import TRIED, find
from zscape.models.directions.samples import target_of
from zscape.models.errors import ZscapeError
from zscape.models.files.checkpoint import Model
from zscape.models.files.directions import found_file, save_directions
from zscape.models.files.spec import Spec
from zscape.models.inference.runner import GeneratorRunner
from zscape.models.inputs.directions import Direction, DirectionSet
from zscape.models.inputs.sampling import sample
from zscape.models.inputs.styles import Styles
from zscape.models.progress import Progress, Work

SECONDS = 30.0
"""What drawing the samples may take; a slow model gets fewer of them."""
SAMPLES, FEWEST, TRIED_SLOWLY = 4000, 200, 8
A_NUMBER = 4
"""So many samples for each number of the latent at the least: of fewer, regression finds what is chance."""
MOST_BYTES = 1 << 30
"""Of pictures that are loaded to learn attributes from, behind a person's back."""
COUNT = 8
"""Components and factors, at most."""
ALIKE = 0.9
"""Cosine of two directions above which they are one."""


def find_bank(model: Model, device: str = "auto") -> Work[DirectionSet]:
    """Principal components, factors of the first layer, and attributes of `model`: measured ones, and those of its data.

    Its data are read where they are on this machine, not too large, and have attributes. What is nearly the same as one found
    by a better method is left out: attributes come before components, these before factors. The same for the same model, but
    for how many samples a slow one is given. It is kept in `found_file`, unless the model has no hash. Raises ZscapeError for a
    model with neither latent nor styles.
    """
    target = target_of(model.space)
    runner = GeneratorRunner(model, device)
    seconds = yield from _seconds_an_image(runner)
    samples = int(np.clip(SECONDS / max(seconds, 1e-9), FEWEST, SAMPLES))
    enough = samples >= A_NUMBER * target.shape[-1]
    methods = ["attributes"] if enough else []
    methods += ["pca"] if enough or isinstance(target, Styles) else []
    matrix = model.generator.first_matrix()
    methods += ["sefa"] if matrix is not None and matrix.shape[1] == target.shape[-1] else []
    data = yield from data_of(model.spec) if enough else _nothing()
    tried = TRIED if seconds < SECONDS / SAMPLES else TRIED_SLOWLY
    found = yield from find(model, methods, data, COUNT, samples, device=device, tried=tried, steer=False)
    bank = DirectionSet(found.model, found.sha256, distinct(found.directions))
    if model.spec.sha256:
        with contextlib.suppress(ZscapeError):  # where it cannot be kept it is found again
            save_directions(found_file(model.spec), bank)
    return bank


def distinct(directions: tuple[Direction, ...]) -> tuple[Direction, ...]:
    """`directions` in their order, without those that go nearly the way of another with a better method."""
    ranks = {"labelled attribute": 0, "measured attribute": 0, "principal components": 1}
    kept: list[Direction] = []
    for each in sorted(directions, key=lambda one: ranks.get(one.method, 2)):
        same = (one for one in kept if one.input == each.input and ranks.get(one.method, 2) < ranks.get(each.method, 2))
        if not any(_cosine(each, one) > ALIKE for one in same):
            kept.append(each)
    return tuple(each for each in directions if each in kept)


def data_of(spec: Spec) -> Work[Dataset | None]:
    """The data that the model was trained on, with attributes; None if they are not here, have none, or are too large."""
    training = spec.recorded.get("training")
    name = str(training.get("data", "")) if isinstance(training, dict) else ""
    here = any(each.name == name and each.here for each in known()) if name in KNOWN else name and Path(name).exists()
    if not here:
        return None
    try:
        seen = yield from overview(name)
        if not seen.sample.attributes or len(seen) * int(np.prod(seen.image_shape)) > MOST_BYTES:
            return None
        return (yield from loading(name))
    except ZscapeError:
        return None  # the data are no longer what they were: the model has its other directions all the same


def _nothing() -> Work[None]:
    yield Progress(0, 0, "Looking at the model")


def _seconds_an_image(runner: GeneratorRunner) -> Work[float]:
    """How long it takes to draw one, in a batch."""
    yield Progress(0, 0, "Looking at the model")
    points = runner.with_styles(sample(runner.model.space, 4, 0))
    runner.draw(points)  # the first only prepares
    start = time.perf_counter()
    runner.draw(points)
    return (time.perf_counter() - start) / points.count


def _cosine(one: Direction, other: Direction) -> float:
    a, b = np.asarray(one.vector), np.asarray(other.vector)
    return float(abs(a @ b) / np.linalg.norm(a) / np.linalg.norm(b))
