"""Optimises latents to bring them closer to their pictures."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import torch
from torch import Tensor
from torch.nn.functional import avg_pool2d

from zscape.models.inference.adam import Adam

RATE, PRIOR = 0.1, 1e-3
"""Adam's learning rate at the first step, falling to zero; weight of the mean square of z, which keeps z plausible."""
BETAS = (0.9, 0.9)
"""Adam's betas: the gradient shrinks tenfold in the first steps, and a longer memory would keep the later steps short."""
STYLE = 0.2
"""Weight of the style loss: a larger one costs pixel accuracy and hardly keeps the style better (docs/encoder.md)."""
COARSE = 4
"""Side in pixels of the squares whose means represent the style of a drawing: its slant, size and weight, but no detail."""


Draw = Callable[[Tensor, Tensor], Tensor]
"""Generator function: z [M, Z] and class weights [M, K] to images [M, C, H, W]."""


class Style:
    """The coarse look of latents z [M, Z] of classes `labels` [M] in the other classes.

    Free refinement uses every coordinate of z for the pixels of one class, and its effect on the others is arbitrary: slant and
    stroke width drift, and digits turn into others. Here each step also draws one other class, a different one each time, and
    requires its means over squares of COARSE pixels to stay as they were at the start.
    """

    def __init__(self, draw: Draw, weights: Callable[[Tensor], Tensor], count: int, z: Tensor, labels: Tensor) -> None:
        self.draw, self.weights, self.count, self.z, self.labels = draw, weights, count, z, labels
        self._first: dict[int, Tensor] = {}

    def classes(self, step: int) -> tuple[int, Tensor]:
        """Return which other class `step` looks at, as an offset from the own class, and its weights [M, K].

        This does not depend on the other images in the batch.
        """
        turn = 1 + step % (self.count - 1)
        return turn, self.weights((self.labels + turn) % self.count)

    def lost(self, drawn: Tensor, turn: int, c: Tensor) -> Tensor:
        """Return the mean squared change [M] of the coarse drawings in classes c; `drawn` [M, C, H, W]: the current ones."""
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
    """Optimise z [M, Z] in place so that its images come closer to x [M, C, H, W]; yield (loss, mse) after each step.

    draw: the generator, with gradients to z. weights: labels [M] to class weights [M, K]. count: number of classes. The loss,
    averaged over images, is the mean squared distance with pixels from -1 to 1, PRIOR times the mean square of z and, if the
    style is kept and there are other classes, STYLE times its loss. mse: before the step, pixels 0..1.
    """
    c = weights(labels)
    style = Style(draw, weights, count, z.clone(), labels) if keep_style and count > 1 else None
    z = z.detach().requires_grad_()  # shares the same memory
    adam = Adam(z, BETAS)
    for step in range(steps):
        if style is None:
            drawn, kept = draw(z, c), torch.zeros(())
        else:
            turn, other = style.classes(step)
            drawn, elsewhere = draw(torch.cat([z, z]), torch.cat([c, other])).chunk(2)
            kept = style.lost(elsewhere, turn, other)
        distance = (drawn - x).square().mean((1, 2, 3))
        # Summed over images: each has its own latent, whose step must not depend on the batch size.
        loss = (distance + PRIOR * z.square().mean(1) + STYLE * kept).sum()
        (gradient,) = torch.autograd.grad(loss, [z])
        adam.step(gradient, RATE * (1 - step / steps))
        yield loss.item() / len(x), distance.mean().item() / 4
