"""The discriminator's judgement of pictures, and what it would change in them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from zscape.models.files.checkpoint import Model
from zscape.models.inference.inside.judge import judge_on
from zscape.models.inputs.kinds.classes import Classes


@dataclass(frozen=True, eq=False)
class Opinion:
    """Judgement of N images.

    logits: float32 [N], above 0 is "real". gradient: float32 [N, H, W], that of the logit by each pixel (-1 to 1), averaged over
    channels: above 0 where a brighter pixel would look more real. This is the saliency of K. Simonyan, A. Vedaldi, A. Zisserman,
    "Deep Inside Convolutional Networks" (2013, section 3), with its sign, for the discriminator.
    """

    logits: NDArray[np.float32]
    gradient: NDArray[np.float32]


def opinion(model: Model, images: NDArray[np.uint8], points: dict[str, Tensor]) -> Opinion | None:
    """Judge images uint8 [N, H, W, C] drawn at points; None if the model has no discriminator."""
    if model.discriminator is None:
        return None
    device = next(iter(points.values())).device
    network = judge_on(model.discriminator, device)
    classes = model.space.first(Classes)
    c = points[classes.name] if classes is not None else torch.zeros(len(images), 0, device=device)
    with torch.enable_grad():
        x = (torch.from_numpy(images).to(device).permute(0, 3, 1, 2).float() / 127.5 - 1).requires_grad_()
        logits = network(x, c)
        (gradient,) = torch.autograd.grad(logits.sum(), [x])
    return Opinion(logits.detach().cpu().numpy(), gradient.mean(1).cpu().numpy())
