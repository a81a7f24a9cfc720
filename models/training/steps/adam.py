"""Adam for the parameters of a network: the same steps as torch's, without loading the compiler for the first optimiser."""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import Tensor, nn
from torch.optim.adam import adam

EPSILON = 1e-8
STEP, MEAN, SQUARE = "step", "exp_avg", "exp_avg_sq"
"""State of each parameter, by torch's names: number of steps, and the averages of the gradient and of its square."""


class Adam:
    """Adam (Kingma and Ba 2015, algorithm 1) on the parameters of `module`, all on one device.

    rate: the learning rate. betas: decay rates of the two moment estimates. decay: weight decay, as a fraction of the rate (I.
    Loshchilov and F. Hutter, "Decoupled Weight Decay Regularization", 2019). All parameters are updated in one pass if torch has
    a fused kernel for the device. On CUDA the steps can be recorded (`Replay`), with the rate in a tensor.

    `torch.optim.Adam` makes the same steps, but is a `torch.optim.Optimizer`, and the first of these in a process loads torch's
    compiler: a second or more before the first step, in which a window in the same process freezes repeatedly.
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
        """For each parameter: STEP [], MEAN and SQUARE of its shape."""

    @torch.no_grad()
    def step(self) -> None:
        """Take one step against the gradients; parameters without a gradient stay."""
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
        """Clear the gradients."""
        for each in self.parameters:
            each.grad = None

    def set_rate(self, rate: float) -> None:
        """Set the learning rate."""
        if isinstance(self._rate, Tensor):
            self._rate.fill_(rate)
        else:
            self._rate = rate

    @torch.no_grad()
    def load(self, moments: Mapping[int, Mapping[str, Tensor]]) -> None:
        """Continue from `moments`, index of a parameter -> its state. Raises KeyError or ValueError for another network's."""
        if [moments[place][MEAN].shape for place in range(len(self.parameters))] != [each.shape for each in self.parameters]:
            raise ValueError("the moments do not fit")
        for place, own in enumerate(self.moments):
            for name, tensor in own.items():  # in place: recorded steps read these tensors, in the memory layout of the parameter
                tensor.copy_(moments[place][name])
