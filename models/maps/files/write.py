"""Writes a map, or some of its pictures, in the format of the file name."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from zscape.models.errors import ZscapeError
from zscape.models.files.atomic import replacing
from zscape.models.maps.drawing.legend import with_legend
from zscape.models.maps.drawing.picture import CLASS, picture_of
from zscape.models.maps.files.export import write_csv, write_projector
from zscape.models.maps.files.map_file import saving
from zscape.models.maps.map import Map
from zscape.models.progress import Progress, Work

SUFFIXES = (".npz", ".csv", ".png")
WORDS = "The name of a map must end in .npz, .csv or .png, or be that of a folder for TensorBoard's projector."


def writing(path: Path, given: Map, places: NDArray[np.int64] | None = None, colour: str = CLASS) -> Work[None]:
    """Write a map: .npz (to be opened again), .csv, .png (a picture of it), or else a folder for TensorBoard's projector.

    places: the pictures to write, None for all. colour: of the points of a picture, see `colours_of`. Raises ZscapeError for
    another suffix, an unknown attribute, and if the file cannot be written.
    """
    suffix = path.suffix.lower()
    if suffix not in ("", *SUFFIXES) or (suffix == "" and path.is_file()):
        raise ZscapeError(f"{path}: {WORDS[0].lower()}{WORDS[1:]}")
    some = given if places is None else part(given, places)
    if suffix == ".npz":
        yield from saving(path, some)
    elif suffix == ".csv":
        yield from write_csv(path, given, places)
    elif suffix == ".png":
        yield Progress(0, 0, "Drawing the map")
        pixels = with_legend(picture_of(some, colour), some.collection, colour)
        with replacing(path) as temporary:
            Image.fromarray(pixels).save(temporary, "PNG")
    else:
        yield from write_projector(path, given, places)


def part(given: Map, places: NDArray[np.int64]) -> Map:
    """Return some of a map's pictures at their places. Raises ZscapeError if there are none."""
    if not len(places):
        raise ZscapeError("No pictures were chosen: draw a lasso round some, or widen the ranges.")
    chosen = given.collection.part(places)
    return replace(given, collection=chosen, positions=given.positions[places], indices={})
