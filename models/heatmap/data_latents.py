"""The latents of the pictures that a model was trained on."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor

from zscape.models.data.data_of_model import own_data
from zscape.models.data.model_classes import with_classes_of
from zscape.models.data.sources import loading
from zscape.models.files.checkpoint import Model
from zscape.models.inference.encoding import encode
from zscape.models.progress import Work

PICTURES = 2000
NEIGHBOUR = 5
"""The distance to the NEIGHBOUR-th nearest picture is used, because that to the nearest is a matter of chance."""


def data_latents(model: Model, device: str = "auto") -> Work[Tensor]:
    """Find the latents float32 [M, Z] of at most PICTURES pictures of the model's data with the encoder.

    Raises ZscapeError if the data are no longer on this machine or do not fit.
    """
    spec = model.spec
    data = yield from loading(own_data(spec))
    chosen = np.random.default_rng(0).permutation(len(data))[:PICTURES]
    some = with_classes_of(data.subset(np.sort(chosen)), spec.class_names, spec.name).fit(spec.image_shape)
    encoded = yield from encode(model, some.images, some.labels, device=device)
    return torch.from_numpy(encoded.z)


def distance(points: Tensor, data: Tensor) -> Tensor:
    """Return the distance of points [N, Z] to the NEIGHBOUR-th nearest of data [M, Z]: [N].

    The larger it is, the lower the density of the data (D. Loftsgaarden and C. Quesenberry, "A nonparametric estimate of a
    multivariate density function", 1965).
    """
    nearest = min(NEIGHBOUR, len(data))
    found: Tensor = torch.cdist(points, data).kthvalue(nearest, dim=1).values
    return found
