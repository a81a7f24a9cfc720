"""A data set as the arrays of an .npz."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from zscape.models.data.dataset import Dataset


def arrays_of(data: Dataset) -> dict[str, NDArray[Any]]:
    """What `loading` reads the same data set from."""
    arrays: dict[str, NDArray[Any]] = {"images": data.images, "labels": data.labels, "class_names": np.array(data.class_names)}
    if data.groups is not None:
        arrays["groups"] = data.groups
    if data.families is not None:
        arrays["families"] = data.families
    if data.attributes:
        arrays["attribute_names"] = np.array(list(data.attributes))
        arrays["attributes"] = np.stack(list(data.attributes.values()), 1)
    return arrays
