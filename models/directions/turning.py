"""How long a step must be to turn on a yes-or-no attribute, and what else it changes: measured on samples that lack it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn.functional import avg_pool2d

from zscape.models.directions.reader import AttributeReader
from zscape.models.directions.samples import Floats, Samples, moved
from zscape.models.inference.drawn import drawn
from zscape.models.inference.encoding import to_float
from zscape.models.inference.runner import GeneratorRunner
from zscape.models.inputs.directions import Direction
from zscape.models.progress import Work

AMOUNT = 2.0
"""Amount of the move, in the direction's units."""
TURNED, TRIED, FEWEST, HALVINGS, FACTORS = 0.96, 150, 20, 5, (0.4, 2.5)
"""Fraction of pictures to turn, maximum and minimum number tried, search steps, and limits of the factor on the length."""

PARTS = 16
"""Number of parts per side in which the change of a picture is measured: a beard counts more than the thin rims of glasses."""


@dataclass(frozen=True)
class Effect:
    """The effect of AMOUNT of a step.

    turns: fraction of the pictures that it turns. keeps: fraction in which the attribute that stays least is as before. change:
    how much the pictures change (see `change_of`).
    """

    turns: float = 0.0
    keeps: float = 0.0
    change: float = 0.0


class Trial:
    """Samples that lack a yes-or-no attribute, which are moved along steps and read again."""

    def __init__(
        self,
        runner: GeneratorRunner,
        samples: Samples,
        lacking: NDArray[np.int64],
        reader: AttributeReader,
        place: int,
        stay: NDArray[np.bool_],
    ) -> None:
        """lacking: the samples without the attribute, of which the first TRIED are moved.

        place: index of the attribute in what `reader` reads. stay [A]: which attributes are to stay.
        """
        self._runner, self._target, self._reader, self._place = runner, samples.target, reader, place
        tried = lacking[:TRIED]
        self._points = {name: rows[tried] for name, rows in samples.points.items()}
        self._images = samples.images[tried]
        self._held = [int(each) for each in np.flatnonzero(stay) if bool(reader.binary[each])]

    def fitted(self, direction: Direction, share: float = TURNED) -> Work[tuple[Direction, Effect]]:
        """Scale `direction` by `factor` for `share`; return it with its effect.

        It stays as it is, without an effect, if too few samples lack the attribute. A probability has no tails: its standard
        deviation says little about the distance to the other side. provenance: turns, the fraction of pictures that AMOUNT turns,
        at most TURNED.
        """
        if len(self._images) < FEWEST:
            return _scaled(direction, 1.0, 0.0), Effect()
        factor = yield from self.factor(np.asarray(direction.vector), share)
        effect = yield from self.effect(factor * np.asarray(direction.vector))
        return _scaled(direction, factor, effect.turns), effect

    def factor(self, step: Floats, share: float = TURNED) -> Work[float]:
        """Return the factor on `step` [S] with which AMOUNT of it turns `share` of the samples, within FACTORS."""
        low, high = FACTORS
        for _ in range(HALVINGS):
            middle = (low * high) ** 0.5
            turns = self._turns(self._read((yield from self._moved(middle * step))))
            low, high = (low, middle) if turns >= share else (middle, high)
        return high

    def effect(self, step: Floats) -> Work[Effect]:
        """Measure what AMOUNT of `step` [S] does to the samples: how many turn, and in how many everything that is to stay does.

        The latter is that of the attribute that stays least, or of the class. Also measures how much the pictures change.
        """
        images = yield from self._moved(step)
        before, after = self._read(self._images), self._read(images)
        same = [float(((after[:, each] > 0) == (before[:, each] > 0)).float().mean()) for each in self._held]
        classes = [out[:, len(self._reader.binary) :].argmax(1) for out in (before, after)]
        same.append(float((classes[0] == classes[1]).float().mean()))
        return Effect(self._turns(after), min(same), float(change_of(to_float(images), to_float(self._images))))

    def _moved(self, step: Floats) -> Work[NDArray[np.uint8]]:
        points = moved(self._points, self._target, AMOUNT * step)
        return (yield from drawn(self._runner, points, "Measuring how far it is"))

    def _read(self, images: NDArray[np.uint8]) -> Tensor:
        with torch.inference_mode():
            found: Tensor = self._reader(to_float(images))
        return found

    def _turns(self, read: Tensor) -> float:
        return float((read[:, self._place] > 0).float().mean())


def change_of(after: Tensor, before: Tensor) -> Tensor:
    """Return how much images [N, C, H, W] change: the mean absolute difference of averages over a 16th of the sides."""
    return avg_pool2d(after - before, max(1, min(after.shape[2:]) // PARTS)).abs().mean()


def _scaled(direction: Direction, factor: float, turned: float) -> Direction:
    vector = tuple(factor * number for number in direction.vector)
    about = {**direction.provenance, "sd": float(direction.provenance["sd"]) * factor, "turns": min(turned, TURNED)}
    return replace(direction, vector=vector, provenance=about)
