"""Samples of a generator on which directions are found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from zscape.models.errors import ZscapeError
from zscape.models.inference.drawn import drawn
from zscape.models.inference.runner import GeneratorRunner
from zscape.models.inputs.kinds.classes import Classes
from zscape.models.inputs.kinds.latent import Latent
from zscape.models.inputs.kinds.styles import Styles
from zscape.models.inputs.points import Points
from zscape.models.inputs.sampling import sample
from zscape.models.inputs.space import Space
from zscape.models.progress import Work

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Samples:
    """N random points and their images.

    points: with styles if the model has them. target: the input that directions move. rows: float64 [N, S], the value of that
    input at each point (for styles, the one vector that all layers get). labels: int64 [N], their classes. images: uint8 [N, H,
    W, C].
    """

    points: Points
    target: Latent | Styles
    rows: Floats
    labels: NDArray[np.int64]
    images: NDArray[np.uint8]

    def within_classes(self, values: Floats) -> Floats:
        """Return `values` [N, ...] less the mean of their class."""
        centred = values - values.mean(0)
        for label in np.unique(self.labels):
            centred[self.labels == label] -= centred[self.labels == label].mean(0)
        result: Floats = centred
        return result

    @property
    def covariance(self) -> Floats:
        """Covariance of the rows, [S, S]; that of a latent is known: its prior is N(0, I)."""
        size = self.rows.shape[1]
        if isinstance(self.target, Latent):
            return np.eye(size)
        # A little of the identity: a direction in which the styles never vary must not become infinite.
        found: Floats = np.cov(self.rows.T)
        found += 1e-4 * np.trace(found) / size * np.eye(size)
        return found


def target_of(space: Space) -> Latent | Styles:
    """Return the input that directions move: the styles, or else the first latent. Raises ZscapeError if there is neither."""
    found = space.styles or space.first(Latent)
    if found is None:
        raise ZscapeError("The model has neither a latent nor styles: there are no directions in it.")
    return found


def moved(
    points: Mapping[str, NDArray[np.float32]], target: Latent | Styles, step: Floats, layers: tuple[int, ...] = ()
) -> Points:
    """Return `points` with `step` [S] or [N, S] added to the input `target`, float32 [N, S] or for styles [N, L, S].

    layers: the style layers to move, () for all. Raises ZscapeError for points without that input.
    """
    if target.name not in points:
        raise ZscapeError(f"The points hold no {target.name!r}: take points from model.points.")
    rows = np.array(points[target.name], np.float32)
    if isinstance(target, Styles):
        rows[:, list(layers) or slice(None)] += (step if step.ndim == 1 else step[:, None]).astype(np.float32)
    else:
        rows += step.astype(np.float32)
    arrays = {**points, target.name: rows}
    if isinstance(points, Points):
        return replace(points, arrays=arrays, recipes=(), plan=None)
    return Points(arrays, 1, len(rows))


def sampled(runner: GeneratorRunner, count: int, seed: int) -> Work[Samples]:
    """Draw `count` random points, classes in turn, and their images; the same for the same seed."""
    space = runner.model.space
    target = target_of(space)
    points = runner.with_styles(sample(space, count, seed))
    images = yield from drawn(runner, points, "Drawing samples")
    rows = points[target.name].astype(np.float64)
    classes = space.first(Classes)
    labels = points[classes.name].argmax(1) if classes else np.zeros(count, np.int64)
    return Samples(points, target, rows.mean(1) if rows.ndim == 3 else rows, labels, images)
