"""Latents brought closer to their pictures by optimising them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import torch
from torch import Tensor
from torch.nn.functional import avg_pool2d

from zscape.models.inference.adam import Adam

RATE, PRIOR = 0.1, 1e-3
"""Adam's rate at the first step, from which it falls to zero; the weight of the mean square of z, which keeps it plausible."""
BETAS = (0.9, 0.9)
"""Adam's memory: the gradient shrinks tenfold in the first steps, and a longer one would keep the later steps short."""
STYLE = 0.2
"""The weight of the style: a larger one costs pixels, and keeps it hardly better (docs/encoder.md)."""
COARSE = 4
"""Pixels a side of the squares whose means make up the style of a drawing: its slant, size and weight, but no detail."""


Draw = Callable[[Tensor, Tensor], Tensor]
"""z [M, Z] and class weights [M, K] to images [M, C, H, W]."""


class Style:
    """What latents z [M, Z] of classes `labels` [M] look like in the other classes, coarsely.

    Free refinement uses every coordinate of z for the pixels of one class, and what they do to the others is chance: slant and
    stroke width drift, and digits become others. Here each step also draws one other class, a different one each time, and asks
    that its means over squares of COARSE pixels stay what they were at the start.
    """

    def __init__(self, draw: Draw, weights: Callable[[Tensor], Tensor], count: int, z: Tensor, labels: Tensor) -> None:
        self.draw, self.weights, self.count, self.z, self.labels = draw, weights, count, z, labels
        self._first: dict[int, Tensor] = {}

    def classes(self, step: int) -> tuple[int, Tensor]:
        """Which other class `step` looks at, counted from the own one, and its weights [M, K]: the same in any company."""
        turn = 1 + step % (self.count - 1)
        return turn, self.weights((self.labels + turn) % self.count)

    def lost(self, drawn: Tensor, turn: int, c: Tensor) -> Tensor:
        """Mean squared change [M] of the coarse drawings as class weights c; `drawn` [M, C, H, W] are the present ones."""
        if turn not in self._first:
            with torch.no_grad():
                self._first[turn] = avg_pool2d(self.draw(self.z, c), COARSE)
        return (avg_pool2d(drawn, COARSE) - self._first[turn]).square().mean((1, 2, 3))


def refinement(
    draw: Draw,
    weights: Callable[[Tensor], Tensor],
    count: int,
    x: Tensor,
    labels: Tensor,
    z: Tensor,
    steps: int,
    keep_style: bool,
) -> Iterator[tuple[float, float]]:
    """Optimise z [M, Z] in place so that what is drawn of it comes closer to x [M, C, H, W]; yields (loss, mse) after each step.

    draw: the generator, with gradients to z. weights: labels [M] to class weights [M, K]. count: of classes.
    The loss, a mean over images, is the mean squared distance with pixels from -1 to 1, PRIOR times the mean square of z and,
    where the style is kept and there are other classes, STYLE times its loss. mse: before the step, pixels 0..1.
    """
    c = weights(labels)
    style = Style(draw, weights, count, z.clone(), labels) if keep_style and count > 1 else None
    z = z.detach().requires_grad_()  # the same memory
    adam = Adam(z, BETAS)
    for step in range(steps):
        if style is None:
            drawn, kept = draw(z, c), torch.zeros(())
        else:
            turn, other = style.classes(step)
            drawn, elsewhere = draw(torch.cat([z, z]), torch.cat([c, other])).chunk(2)
            kept = style.lost(elsewhere, turn, other)
        distance = (drawn - x).square().mean((1, 2, 3))
        # A sum over images: each has its own latent, and none should move less for being in company.
        loss = (distance + PRIOR * z.square().mean(1) + STYLE * kept).sum()
        (gradient,) = torch.autograd.grad(loss, [z])
        adam.step(gradient, RATE * (1 - step / steps))
        yield loss.item() / len(x), distance.mean().item() / 4
