"""How long a step must be to turn a yes-or-no attribute on, and what else it changes: tried on samples that lack it."""

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
"""What is moved by, in the direction's units."""
TURNED, TRIED, FEWEST, HALVINGS, FACTORS = 0.96, 150, 20, 5, (0.4, 2.5)
"""The share of pictures that turn, how many are tried at most and at least, and between which factors of the length is looked."""

PARTS = 16
"""So many parts of a side are compared in how much a picture changes: a beard counts more than the thin rims of glasses."""


@dataclass(frozen=True)
class Effect:
    """What AMOUNT of a step does: the share of pictures that it turns, that in which what stays least is as before, and how much
    the pictures change (see `change_of`).
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

        place: of the attribute in what `reader` reads. stay [A]: which attributes are to stay.
        """
        self._runner, self._target, self._reader, self._place = runner, samples.target, reader, place
        tried = lacking[:TRIED]
        self._points = {name: rows[tried] for name, rows in samples.points.items()}
        self._images = samples.images[tried]
        self._held = [int(each) for each in np.flatnonzero(stay) if bool(reader.binary[each])]

    def fitted(self, direction: Direction, share: float = TURNED) -> Work[tuple[Direction, Effect]]:
        """`direction` as long as `factor` says for `share`, and its effect.

        As it is, and without an effect, where too few samples lack the attribute. A probability has no tails: its own deviation
        says little of how far it is to the other side. provenance: turns, the share of pictures that AMOUNT turns, TURNED at the
        most.
        """
        if len(self._images) < FEWEST:
            return _scaled(direction, 1.0, 0.0), Effect()
        factor = yield from self.factor(np.asarray(direction.vector), share)
        effect = yield from self.effect(factor * np.asarray(direction.vector))
        return _scaled(direction, factor, effect.turns), effect

    def factor(self, step: Floats, share: float = TURNED) -> Work[float]:
        """By what to multiply `step` [S] so that AMOUNT of it turns `share` of the samples: within FACTORS."""
        low, high = FACTORS
        for _ in range(HALVINGS):
            middle = (low * high) ** 0.5
            turns = self._turns(self._read((yield from self._moved(middle * step))))
            low, high = (low, middle) if turns >= share else (middle, high)
        return high

    def effect(self, step: Floats) -> Work[Effect]:
        """What AMOUNT of `step` [S] does to the samples: how many turn, and in how many all that is to stay does.

        That is the attribute that stays least, or the class. And by how much the pictures change.
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
    """How much images [N, C, H, W] change: the mean of absolute differences, each of the mean of a 16th of the sides."""
    return avg_pool2d(after - before, max(1, min(after.shape[2:]) // PARTS)).abs().mean()


def _scaled(direction: Direction, factor: float, turned: float) -> Direction:
    vector = tuple(factor * number for number in direction.vector)
    about = {**direction.provenance, "sd": float(direction.provenance["sd"]) * factor, "turns": min(turned, TURNED)}
    return replace(direction, vector=vector, provenance=about)
