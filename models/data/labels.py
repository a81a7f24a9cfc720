"""Labels from a file of their own."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from models.data.idx import read_idx
from models.errors import ZscapeError
from models.media.npz import load_arrays


def read_labels(path: Path, count: int, classes: int) -> NDArray[np.int64]:
    """The labels int64 [count] in the file at `path`: IDX (plain or .gz), or npz with `labels`.

    Raises ZscapeError where the file is neither, holds another number of labels, or one that is no class from 0 to classes - 1.
    """
    labels = load_arrays(path, "labels")["labels"] if path.suffix.lower() == ".npz" else read_idx(path)
    if labels.shape != (count,) or labels.dtype.kind not in "iu":
        raise ZscapeError(
            f"{path}: {count} whole numbers are wanted as labels, the file has {labels.dtype} {list(labels.shape)}."
        )
    if count and not 0 <= int(labels.min()) <= int(labels.max()) < classes:
        raise ZscapeError(f"{path}: labels must be from 0 to {classes - 1}; the file has {labels.min()} to {labels.max()}.")
    return labels.astype(np.int64)
