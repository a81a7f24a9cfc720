"""Adam for the parameters of a network: torch's own steps, without what its first optimiser in a process loads."""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import Tensor, nn
from torch.optim.adam import adam

EPSILON = 1e-8
STEP, MEAN, SQUARE = "step", "exp_avg", "exp_avg_sq"
"""What is kept of each parameter, by torch's names: how many steps, and the averages of the gradient and of its square."""


class Adam:
    """Adam (Kingma and Ba 2015, algorithm 1) on the parameters of `module`, all on one device.

    rate: the learning rate. betas: how long it remembers the gradient and its square. decay: of the weights, as a share of the
    rate (I. Loshchilov and F. Hutter, "Decoupled Weight Decay Regularization", 2019). All parameters are changed in one pass
    where torch has a fused kernel for the device. On CUDA the steps can be recorded (`Replay`), with the rate in a tensor.

    `torch.optim.Adam` makes the same steps, but is a `torch.optim.Optimizer`, the first of which in a process loads torch's
    compiler: a second or more before the first step, in which the window of the same process stands still again and again.
    """

    def __init__(self, module: nn.Module, rate: float, betas: tuple[float, float] = (0.9, 0.999), decay: float = 0.0) -> None:
        self.parameters = list(module.parameters())
        device = self.parameters[0].device
        self.betas, self._decay, self._cuda = betas, decay, device.type == "cuda"
        self._fused = device.type in ("cpu", "cuda", "mps")
        self._rate: float | Tensor = torch.tensor(rate, device=device) if self._cuda else rate
        self.moments: list[dict[str, Tensor]] = [
            {STEP: torch.zeros((), device=device), MEAN: torch.zeros_like(each), SQUARE: torch.zeros_like(each)}
            for each in self.parameters
        ]
        """Of each parameter: STEP [], MEAN and SQUARE as large as it is."""

    @torch.no_grad()
    def step(self) -> None:
        """Go one step against the gradients; parameters without one stay."""
        moved = [place for place, each in enumerate(self.parameters) if each.grad is not None]
        moments = [self.moments[place] for place in moved]
        first, second = self.betas
        adam(
            [self.parameters[place] for place in moved],
            [gradient for place in moved if (gradient := self.parameters[place].grad) is not None],
            [each[MEAN] for each in moments],
            [each[SQUARE] for each in moments],
            [],
            [each[STEP] for each in moments],
            foreach=not self._fused,
            fused=self._fused,
            capturable=self._cuda,
            amsgrad=False,
            beta1=first,
            beta2=second,
            lr=self._rate,
            weight_decay=self._decay,
            decoupled_weight_decay=bool(self._decay),
            eps=EPSILON,
            maximize=False,
        )

    def zero_grad(self) -> None:
        """Forget the gradients."""
        for each in self.parameters:
            each.grad = None

    def set_rate(self, rate: float) -> None:
        """Change the learning rate."""
        if isinstance(self._rate, Tensor):
            self._rate.fill_(rate)
        else:
            self._rate = rate

    @torch.no_grad()
    def load(self, moments: Mapping[int, Mapping[str, Tensor]]) -> None:
        """Go on from `moments`, place of a parameter -> what is kept of it. KeyError or ValueError: of another network."""
        if [moments[place][MEAN].shape for place in range(len(self.parameters))] != [each.shape for each in self.parameters]:
            raise ValueError("the moments do not fit")
        for place, own in enumerate(self.moments):
            for name, tensor in own.items():  # in place: what was recorded reads these, in the order of memory of the parameter
                tensor.copy_(moments[place][name])
