"""The default directions of a model, found once and cached by the hash of its weights."""

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
from zscape.models.inputs.kinds.styles import Styles
from zscape.models.inputs.sampling import sample
from zscape.models.progress import Progress, Work

SECONDS = 30.0
"""Maximum seconds for drawing the samples; a slow model gets fewer of them."""
SAMPLES, FEWEST, TRIED_SLOWLY = 4000, 200, 8
A_NUMBER = 4
"""Minimum number of samples per number of the latent: with fewer, regression finds chance effects."""
MOST_BYTES = 1 << 30
"""Maximum bytes of pictures loaded to learn attributes without the user asking for it."""
COUNT = 8
"""Maximum number of components and of factors."""
ALIKE = 0.9
"""Cosine of two directions above which they count as the same."""


def find_bank(model: Model, device: str = "auto") -> Work[DirectionSet]:
    """Find the principal components, factors of the first layer, and attributes of `model`, measured and from its data.

    Its data are read if they are on this machine, not too large, and have attributes. Directions that are nearly the same as one
    found by a better method are left out: attributes come before components, these before factors. The result is the same for the
    same model, except for the number of samples of a slow one. It is saved in `found_file`, unless the model has no hash. Raises
    ZscapeError for a model with neither latent nor styles.
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
        with contextlib.suppress(ZscapeError):  # if it cannot be saved, it is found again next time
            save_directions(found_file(model.spec), bank)
    return bank


def distinct(directions: tuple[Direction, ...]) -> tuple[Direction, ...]:
    """Return `directions` in their order, without those nearly parallel to another one found by a better method."""
    ranks = {"labelled attribute": 0, "measured attribute": 0, "principal components": 1}
    kept: list[Direction] = []
    for each in sorted(directions, key=lambda one: ranks.get(one.method, 2)):
        same = (one for one in kept if one.input == each.input and ranks.get(one.method, 2) < ranks.get(each.method, 2))
        if not any(_cosine(each, one) > ALIKE for one in same):
            kept.append(each)
    return tuple(each for each in directions if each in kept)


def data_of(spec: Spec) -> Work[Dataset | None]:
    """Load the data that the model was trained on; None if they are not here, have no attributes, or are too large."""
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
        return None  # the data have changed; the model still gets its other directions


def _nothing() -> Work[None]:
    yield Progress(0, 0, "Looking at the model")


def _seconds_an_image(runner: GeneratorRunner) -> Work[float]:
    """Measure how long drawing one image takes, in a batch."""
    yield Progress(0, 0, "Looking at the model")
    points = runner.with_styles(sample(runner.model.space, 4, 0))
    runner.draw(points)  # a warm-up
    start = time.perf_counter()
    runner.draw(points)
    return (time.perf_counter() - start) / points.count


def _cosine(one: Direction, other: Direction) -> float:
    a, b = np.asarray(one.vector), np.asarray(other.vector)
    return float(abs(a @ b) / np.linalg.norm(a) / np.linalg.norm(b))
