"""Shared by the verbs that draw: reading their flags, opening the model, writing images."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zscape.app.cli.usage import UsageError
from zscape.models.errors import ZscapeError
from zscape.models.files.atomic import LONGEST_NAME

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from zscape.models.inference.runner import GeneratorRunner
    from zscape.models.inputs.space import Space
    from zscape.models.inputs.value import Value

PICTURES = (".png",)
ARRAYS = (".npz",)


def open_runner(model: str, device: str, directions: Path | None = None) -> GeneratorRunner:
    """The runner for `model`: a name or a file, the default one for "". It knows its directions, and those in a file.

    Raises ZscapeError if there is no such model, or the directions belong to another model.
    """
    from dataclasses import replace

    from zscape.models.files.checkpoint import load_model
    from zscape.models.files.directions import directions_of, fitting
    from zscape.models.files.library import default_name, find
    from zscape.models.inference.runner import GeneratorRunner

    opened = load_model(find(model or default_name()))
    known = directions_of(opened.spec)
    if directions is not None:
        given = fitting(directions, opened.spec)
        known = (*given, *(each for each in known if each.name not in {one.name for one in given}))
    return GeneratorRunner(replace(opened, directions=known), device)


def model_for(model: str, map_file: Path | None) -> Path:
    """The file of `model`, a name or a file; for "" that of the model of the map in `map_file`, or the default one.

    Raises ZscapeError if it does not exist, or the file is not a map.
    """
    from zscape.models.files.library import default_name, find
    from zscape.models.maps.files.map_file import model_of

    if not model and map_file is not None:
        model = model_of(map_file)
    return find(model or default_name())


def unit_values(file: Path | None, runner: GeneratorRunner) -> dict[str, Value]:
    """The unit edits in `file` as a value of points, {} without a file. Raises ZscapeError if they do not fit the model."""
    from zscape.models.files.units_file import load_units
    from zscape.models.inputs.units import UNIT_EDITS

    if file is None:
        return {}
    value = load_units(file, runner.model.spec)
    runner.editable.check(value, runner.model.spec.name)
    return {UNIT_EDITS: value}


def write_images(
    out: Path, suffix: str, images: NDArray[np.uint8], rows: int, columns: int, scale: int, arrays: Mapping[str, NDArray[Any]]
) -> None:
    """Write images uint8 [N, H, W, C] to `out`: an npz with `arrays`, or a sheet of `rows` x `columns` enlarged `scale` times."""
    from zscape.models.media.grids import grid
    from zscape.models.media.images import save_png
    from zscape.models.media.npz import save_arrays

    if suffix in ARRAYS:
        save_arrays(out, images=images, **arrays)
        return
    save_png(out, grid(images, rows, columns), scale)


def suffix_of(out: Path, known: tuple[str, ...]) -> str:
    """The suffix of `out` in lower case. Raises UsageError if it is not one of `known`, or the name is too long."""
    suffix = out.suffix.lower()
    if len(os.fsencode(out.name)) > LONGEST_NAME:
        raise UsageError(f"--out {out}: a name may have {LONGEST_NAME} bytes, this has {len(os.fsencode(out.name))}.")
    if suffix not in known:
        raise UsageError(f"--out {out}: the name must end in one of {', '.join(known)}.")
    return suffix


def classes_of(words: str, space: Space) -> list[int]:
    """The classes named by `words`, "0,3" or "coat,bag"; all for ""."""
    from zscape.models.inputs.kinds.classes import Classes

    classes = space.first(Classes)
    if classes is None:
        if words:
            raise UsageError("This model has no classes: leave out --classes.")
        return []
    return [classes.number(word) for word in words.split(",")] if words else list(range(len(classes.labels)))


def check_truncation(truncation: float) -> None:
    """Raise UsageError for an invalid truncation."""
    from zscape.models.inputs import value

    try:
        value.check_truncation(truncation)
    except ZscapeError as error:
        raise UsageError(f"--truncation: {error}") from error
