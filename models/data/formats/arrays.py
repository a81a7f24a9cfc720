"""Converts a data set to the arrays of an .npz."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from zscape.models.data.dataset import Dataset


def arrays_of(data: Dataset) -> dict[str, NDArray[Any]]:
    """Return the arrays of an npz from which `loading` reads the same data set.

    images uint8 [N, H, W, C], labels int64 [N], class_names; if the data have them, groups and families int64 [N],
    attribute_names and attributes float64 [N, A].
    """
    arrays: dict[str, NDArray[Any]] = {"images": data.images, "labels": data.labels, "class_names": np.array(data.class_names)}
    if data.groups is not None:
        arrays["groups"] = data.groups
    if data.families is not None:
        arrays["families"] = data.families
    if data.attributes:
        arrays["attribute_names"] = np.array(list(data.attributes))
        arrays["attributes"] = np.stack(list(data.attributes.values()), 1)
    return arrays
