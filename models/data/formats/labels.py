"""Reads the labels of pictures from a separate file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zscape.models.data.formats.idx import read_idx
from zscape.models.errors import ZscapeError
from zscape.models.media.npz import load_arrays


def read_labels(path: str | Path, count: int, classes: int) -> NDArray[np.int64]:
    """Read int64 [count] from an IDX file (plain or gzip) or from the `labels` of an .npz, each from 0 to classes-1.

    Raises ZscapeError if the file is damaged, holds another number of labels, or a class that does not exist.
    """
    path = Path(path)
    labels = check_labels(load_arrays(path, "labels")["labels"] if path.suffix.lower() == ".npz" else read_idx(path), count, path)
    if labels.max(initial=0) >= classes:
        raise ZscapeError(f"{path} has class {labels.max()}, but the classes run from 0 to {classes - 1}")
    return labels


def check_labels(labels: NDArray[Any], count: int, path: Path) -> NDArray[np.int64]:
    """Return `labels` as int64 [count]. Raises ZscapeError unless they are that many whole numbers, none below 0."""
    if labels.ndim != 1 or labels.dtype.kind not in "iu":
        raise ZscapeError(f"{path}: labels must be one whole number for each picture, not {labels.dtype} {list(labels.shape)}")
    if len(labels) != count:
        raise ZscapeError(f"{path} holds {len(labels)} labels for {count} pictures; choose the labels that belong to them")
    if labels.min(initial=0) < 0 or labels.max(initial=0) > np.iinfo(np.int64).max:
        raise ZscapeError(f"{path} has class {labels.min()}; classes count from 0")
    return labels.astype(np.int64)
