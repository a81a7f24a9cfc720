"""Caches on disk what an encoder has found for many pictures, which takes minutes for a whole data set."""

from __future__ import annotations

import contextlib
import hashlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from zscape.models.errors import ZscapeError
from zscape.models.files.checkpoint import Model
from zscape.models.files.library import cache
from zscape.models.inference.encoding import encode
from zscape.models.maps.collection import Collection
from zscape.models.media.npz import load_arrays, save_arrays
from zscape.models.progress import Work

WORTH = 500
"""With fewer pictures, encoding again is faster than reading."""


@dataclass(frozen=True, eq=False)
class Points:
    """The points of N pictures.

    z: float32 [N, Z]. labels: int64 [N], classes of the model. mse: float64 [N], of the reconstruction, pixels from 0 to 1.
    """

    z: NDArray[np.float32]
    labels: NDArray[np.int64]
    mse: NDArray[np.float64]


def found_points(model: Model, collection: Collection, labels: NDArray[np.int64] | None, device: str) -> Work[Points]:
    """Find the points of the N pictures in the classes `labels` int64 [N], or, for None, in those found; see `encode`.

    The result is cached by the hashes of the model and of the pictures; a damaged file is replaced.
    """
    path = _file(model, collection, labels) if model.spec.sha256 and len(collection) >= WORTH else None
    if path is not None and path.is_file():
        with contextlib.suppress(ZscapeError):
            return _read(path, model, len(collection))
    found = yield from encode(model, collection.images, labels, device=device)
    if path is not None:
        with contextlib.suppress(ZscapeError):  # if it cannot be saved, it is computed again next time
            save_arrays(path, z=found.z, labels=found.labels, mse=found.mse)
    return Points(found.z, found.labels, found.mse)


def _file(model: Model, collection: Collection, labels: NDArray[np.int64] | None) -> Path:
    key = hashlib.sha256(f"{model.spec.sha256} {collection.digest()} {labels is None}".encode()).hexdigest()
    return cache() / "encodings" / f"{key[:32]}.npz"


def _read(path: Path, model: Model, count: int) -> Points:
    arrays = load_arrays(path, "z", "labels", "mse")
    assert model.encoder is not None
    shapes = {"z": (count, *model.space.input(model.encoder.finds).shape), "labels": (count,), "mse": (count,)}
    kinds = {"z": np.float32, "labels": np.int64, "mse": np.float64}
    most = max(1, len(model.spec.class_names))
    for name, shape in shapes.items():
        if arrays[name].shape != shape or arrays[name].dtype != kinds[name] or not np.isfinite(arrays[name]).all():
            raise ZscapeError(f"{path} is damaged.")
    if not 0 <= arrays["labels"].min() <= arrays["labels"].max() < most:
        raise ZscapeError(f"{path} is damaged.")
    return Points(arrays["z"], arrays["labels"], arrays["mse"])
