"""Prepares the discriminator of a model for inference."""

from __future__ import annotations

import copy

import numpy as np
import torch
from numpy.typing import NDArray

from zscape.models.errors import ZscapeError
from zscape.models.families.base import Discriminator
from zscape.models.files.checkpoint import Model
from zscape.models.inference.device import choose
from zscape.models.inference.encoding import to_float
from zscape.models.inference.made_once import MadeOnce
from zscape.models.inputs.kinds.classes import Classes
from zscape.models.progress import Progress, Work

CHUNK = 100
"""Batch size of the discriminator, in pictures."""


def none_in(name: str) -> str:
    """Return the message for a model without a discriminator."""
    return f"{name} contains no discriminator: open the model of a training run, which has one."


def _copy(discriminator: Discriminator, device: torch.device) -> Discriminator:
    return copy.deepcopy(discriminator).float().to(device).eval().requires_grad_(False)


_copies = MadeOnce(_copy)


def judge_on(discriminator: Discriminator, device: torch.device) -> Discriminator:
    """Return a copy in float32 and evaluation mode on `device`, with frozen weights; created once and cached."""
    return _copies.of(discriminator, device)


def judged_features(model: Model, images: NDArray[np.uint8], device: str = "auto") -> Work[NDArray[np.float32]]:
    """Return the features before the last layer of the discriminator, for images uint8 [N, H, W, C]: float32 [N, F].

    If the class enters earlier (dcgan), all classes are weighted equally, so that the features depend on the picture alone.
    Raises ZscapeError if the model has no discriminator.
    """
    if model.discriminator is None:
        raise ZscapeError(none_in(model.spec.name))
    where, label = choose(device), "Asking the discriminator"
    network = judge_on(model.discriminator, where)
    classes = model.space.first(Classes)
    count = len(classes.labels) if classes is not None else 0
    parts = []
    yield Progress(0, len(images), label)
    for start in range(0, len(images), CHUNK):
        x = to_float(images[start : start + CHUNK]).to(where)
        c = torch.full((len(x), count), 1 / max(1, count), device=where)
        with torch.inference_mode():
            parts.append(network.features(x, c).float().cpu().numpy())
        yield Progress(min(start + CHUNK, len(images)), len(images), label)
    found: NDArray[np.float32] = np.concatenate(parts)
    return found
