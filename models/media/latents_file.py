"""Reads points from an npz file of latents, which records its model."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zscape.models.errors import ZscapeError
from zscape.models.files.made_with import MadeWith
from zscape.models.files.spec import Spec
from zscape.models.inputs.kinds.classes import Classes
from zscape.models.inputs.kinds.latent import Latent
from zscape.models.inputs.recipe import Recipe
from zscape.models.inputs.space import Space
from zscape.models.inputs.value import LARGEST
from zscape.models.media.npz import load_arrays

MOST = 100
"""Maximum number of latents read from a file."""
LIMIT = 512 << 20
"""Maximum bytes of an array: a million latents of 128 numbers."""
MODEL, RUN = "model", "run"
"""Arrays of one text each: the name and the training run (`Spec.run`) of the model."""


def made_by(spec: Spec) -> dict[str, NDArray[Any]]:
    """Return what a file of latents records of the model of `spec`, as arrays by name."""
    return {MODEL: np.array(spec.name, np.str_), RUN: np.array(spec.run, np.str_)}


def made_with_in(path: Path) -> MadeWith:
    """Return the model recorded in a file of latents, if any. Raises ZscapeError if the file cannot be read."""
    texts = load_arrays(path, optional=(MODEL, RUN), limit=LIMIT)
    words = {name: str(text) for name, text in texts.items() if text.dtype.kind == "U" and text.ndim == 0}
    return MadeWith(words.get(MODEL, ""), words.get(RUN, ""))


def latents_in(path: Path, space: Space) -> tuple[list[Recipe], int]:
    """Return the first MOST points of the file, and how many it holds.

    The file has an array named like the model's first latent, usually `z` [N, Z], and may have `labels` [N] of classes. Raises
    ZscapeError if the file or the model has no such latents.
    """
    latent, classes = space.first(Latent), space.first(Classes)
    if latent is None:
        raise ZscapeError("The open model has no latent: latents cannot be opened in it.")
    arrays = load_arrays(path, latent.name, optional=("labels",), limit=LIMIT)
    z, labels = arrays[latent.name], arrays.get("labels")
    if z.ndim != 2 or z.dtype.kind not in "fiu" or z.shape[1] != latent.size:
        raise ZscapeError(
            f"{path}: {latent.name} is {z.dtype} {list(z.shape)}; the open model needs rows of {latent.size} numbers."
        )
    found = []
    for index in range(min(len(z), MOST)):
        if not (np.abs(z[index]) <= LARGEST).all():  # also false for NaN
            raise ZscapeError(f"{path}: row {index} of {latent.name} holds a number that is not finite; leave that row out.")
        recipe = Recipe({latent.name: latent.value(z[index].tolist())})
        label = int(labels[index]) if labels is not None and labels.shape == (len(z),) and labels.dtype.kind in "iu" else -1
        known = classes is not None and 0 <= label < len(classes.labels)
        found.append(recipe.with_value(classes.name, classes.only(label)) if classes and known else recipe)
    return found, len(z)
