"""Adam for a tensor of latents."""

from __future__ import annotations

import torch
from torch import Tensor


class Adam:
    """Adam (Kingma and Ba 2015, algorithm 1) on `values`, in place; betas: decay rates of the two moment estimates.

    torch's own Adam first loads the compiler, which takes a second.
    """

    def __init__(self, values: Tensor, betas: tuple[float, float]) -> None:
        self._values, self._betas = values, betas
        self._mean, self._square = torch.zeros_like(values), torch.zeros_like(values)
        self._count = 0

    @torch.no_grad()
    def step(self, gradient: Tensor, rate: float) -> None:
        """Take one step against `gradient`, of the same shape as the values, at learning rate `rate`."""
        first, second = self._betas
        self._count += 1
        self._mean.lerp_(gradient, 1 - first)
        self._square.lerp_(gradient.square(), 1 - second)
        mean, square = self._mean / (1 - first**self._count), self._square / (1 - second**self._count)
        self._values -= rate * mean / (square.sqrt() + 1e-8)
