"""Reads the groups of a data set's pictures from the arrays of an .npz."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zscape.models.errors import ZscapeError

GROUPS = ("groups", "fonts", "persons")
"""Possible names of the array of groups."""

Numbers = NDArray[np.int64]


def read_groups(arrays: Mapping[str, NDArray[Any]], count: int, path: Path) -> tuple[Numbers | None, Numbers | None]:
    """Return (groups, families) of `count` pictures, each int64 [count], or None if the file has none.

    The groups are whole numbers from 0, one per picture, under the first name of GROUPS that exists. `families` holds names or
    numbers, one per picture, or one for each group number. Raises ZscapeError for anything else, and if a group has pictures of
    two families.
    """
    name = next((name for name in GROUPS if name in arrays), None)
    if name is None:
        return None, None
    given = arrays[name]
    if given.shape != (count,) or given.dtype.kind not in "iu" or (count and given.min() < 0):
        raise ZscapeError(
            f"{path}: {name} must be {count} whole numbers from 0, one for each picture, not {given.dtype} {list(given.shape)}"
        )
    groups = given.astype(np.int64)
    if "families" not in arrays:
        return groups, None
    names = arrays["families"]
    highest = int(groups.max(initial=-1))
    if names.ndim != 1 or names.dtype.kind not in "iuU" or (len(names) != count and len(names) <= highest):
        raise ZscapeError(
            f"{path}: families must be names or numbers, one for each picture ({count}) or each group ({highest + 1}), "
            f"not {names.dtype} {list(names.shape)}"
        )
    numbers = np.unique(names, return_inverse=True)[1].astype(np.int64)
    families = numbers if len(names) == count else numbers[groups]
    pairs = np.unique(np.stack([groups, families], 1), axis=0)
    if len(pairs) > len(np.unique(groups)):
        twice = int(pairs[np.flatnonzero(np.diff(pairs[:, 0]) == 0)[0], 0])
        raise ZscapeError(f"{path}: group {twice} has pictures of two families; a family is made of whole groups")
    return groups, families
