"""Carries out a plan of styles: mapping, truncation, mixing and moves, for every family that has styles."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from zscape.models.inputs.kinds.classes import Classes
from zscape.models.inputs.points import StylePlan
from zscape.models.inputs.space import Space

MEAN_DRAWS = 1000
"""Number of latents whose styles are averaged for each class."""
MOST_CLASSES = 200
"""Above this number of classes, one mean is used for all."""

Mapper = Callable[[Mapping[str, Tensor]], Tensor]


class StyleMeans:
    """The mean style of each class, computed on first use.

    Truncation in W moves styles towards the mean (Karras et al. 2019, appendix B); with classes, towards the mean of the class,
    since the mean over all classes shows none of them.
    """

    def __init__(self, mapper: Mapper, space: Space, device: torch.device) -> None:
        self._mapper, self._space, self._device = mapper, space, device
        self._means: Tensor | None = None

    def of(self, arrays: Mapping[str, NDArray[np.float32]]) -> Tensor:
        """Return the mean styles for M points, [M, L, S] (or [1, L, S] if the same for all): those of the heaviest class."""
        means = self._all()
        classes = self._space.first(Classes)
        if len(means) == 1 or classes is None:
            return means
        return means[torch.from_numpy(arrays[classes.name].argmax(1)).to(means.device)]

    def _all(self) -> Tensor:
        if self._means is None:
            classes = self._space.first(Classes)
            count = len(classes.labels) if classes and len(classes.labels) <= MOST_CLASSES else 1
            others = [each for each in self._space.inputs if each is not self._space.styles]
            drawn = {each.name: torch.from_numpy(each.prior(MEAN_DRAWS, 0)).to(self._device) for each in others}
            means = []
            for number in range(count):
                if classes and count > 1:
                    row = torch.zeros(len(classes.labels), device=self._device)
                    row[number] = 1.0
                    drawn[classes.name] = row.expand(MEAN_DRAWS, -1)
                means.append(self._mapper(drawn).mean(0))
            self._means = torch.stack(means)
        return self._means


def planned(plan: StylePlan, mapper: Mapper, means: StyleMeans, device: torch.device) -> Tensor:
    """Compute the styles [N, L, S] of a plan's tiles."""
    styles = mapper({name: torch.from_numpy(array).to(device) for name, array in plan.arrays.items()})  # [M, L, S]
    if plan.stored:
        styles = styles.clone()
        for row, numbers in plan.stored.items():
            styles[row] = torch.from_numpy(numbers).to(styles)
    if (plan.truncation != 1).any():
        mean = means.of(plan.arrays)
        styles = mean + torch.from_numpy(plan.truncation).to(device)[:, :, None] * (styles - mean)
    sources, shares = torch.from_numpy(plan.sources).to(device), torch.from_numpy(plan.shares).to(device)
    mixed = shares[:, 0, :, None] * styles[sources[:, 0]]
    for number in range(1, sources.shape[1]):
        mixed = mixed + shares[:, number, :, None] * styles[sources[:, number]]
    return mixed if plan.shift is None else mixed + torch.from_numpy(plan.shift).to(device)
