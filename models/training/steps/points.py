"""Random points for training."""

from __future__ import annotations

import torch
from torch import Tensor

from zscape.models.errors import ZscapeError
from zscape.models.inputs.kinds.classes import Classes
from zscape.models.inputs.kinds.latent import Latent
from zscape.models.inputs.kinds.noise import HALF, Noise
from zscape.models.inputs.kinds.numbers import Numbers
from zscape.models.inputs.space import Space


def draw_points(space: Space, c: Tensor, random: torch.Generator) -> dict[str, Tensor]:
    """Draw points for images of classes c [N, K] from `random` on the CPU, moved to c's device, in the order of the inputs.

    Latents come from N(0, I), numbers uniformly from their ranges, noise from seeds. Raises ZscapeError for an input whose values
    only the data could give.
    """
    points: dict[str, Tensor] = {}
    for each in space.inputs:
        if isinstance(each, Latent):
            points[each.name] = torch.randn(len(c), each.size, generator=random).to(c.device)
        elif isinstance(each, Classes):
            points[each.name] = c
        elif isinstance(each, Numbers):
            low, high = torch.tensor(each.ranges).T
            points[each.name] = (low + (high - low) * torch.rand(len(c), len(low), generator=random)).to(c.device)
        elif isinstance(each, Noise):
            halves = torch.randint(HALF, (len(c), 2), generator=random)
            points[each.name] = torch.cat([halves, torch.tensor([1.0, 0, 0, 0]).expand(len(c), 4)], 1).to(c.device)
        elif each is not space.styles:
            raise ZscapeError(f"Training cannot draw the input {each.name!r}: the data would have to give it.")
    return points


def latent_of(space: Space, points: dict[str, Tensor]) -> Tensor:
    """Return the first latent [N, Z] of `points`. Raises ZscapeError if the generator takes none."""
    latent = space.first(Latent)
    if latent is None:
        raise ZscapeError("Training needs a generator with a latent.")
    return points[latent.name]


def class_count(space: Space) -> int:
    """Return the number of classes that batches are labelled with; 1 if there are none."""
    return max(1, len(space.labels))


def balanced(space: Space, count: int) -> Tensor:
    """Return class weights [count, K], the classes in turn."""
    classes = class_count(space)
    return torch.eye(classes)[torch.arange(count) % classes]
