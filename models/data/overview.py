"""Finds out what a data set holds without loading all of it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from zscape.models.data.dataset import Dataset, Resized
from zscape.models.data.formats.class_folders import ClassFolders, fitted, headers_of, stacked
from zscape.models.data.sources import class_folder, load_file
from zscape.models.errors import ZscapeError
from zscape.models.media.images import read_image
from zscape.models.progress import Progress, Work

SHOWN = 24
"""Maximum number of pictures of each class in the sample."""
SAMPLE = 400
"""Maximum number of pictures in the sample; with more classes than that, one of each class."""


@dataclass(frozen=True, eq=False)
class Overview:
    """A data set as `loading` would return it, but without its pictures.

    spec: its source. name, class_names, counts (pictures per class), image_shape (C, H, W), colourful, warnings, resized: as in
    the Dataset. sample: some pictures of each class, in the order of the classes.
    """

    spec: str
    name: str
    class_names: tuple[str, ...]
    counts: tuple[int, ...]
    image_shape: tuple[int, int, int]
    colourful: bool
    warnings: tuple[str, ...]
    sample: Dataset
    resized: Resized | None = None

    def __len__(self) -> int:
        return sum(self.counts)


def overview(spec: str) -> Work[Overview]:
    """Examine the data set `spec`. Raises what `loading` raises.

    Pictures that turn out to be damaged only when they are read in full are still counted here: only some are read.
    """
    yield Progress(0, 0, "Reading the data")
    folder = class_folder(spec)
    if folder:
        return (yield from _of_folder(spec, ClassFolders.listed(folder)))
    data = load_file(spec)
    sample = data.subset(_chosen(data.counts, np.argsort(data.labels, kind="stable")))
    return Overview(spec, data.name, data.class_names, data.counts, data.image_shape, data.colourful, data.warnings, sample)


def _of_folder(spec: str, folder: ClassFolders) -> Work[Overview]:
    folder, headers = yield from headers_of(folder)
    paths = folder.paths
    attributes, _, said = folder.described()
    counts = tuple(map(len, folder.classes.values()))
    images, shown = [], []
    damaged: list[tuple[Path, ZscapeError]] = []
    chosen = _chosen(counts, np.arange(len(paths)))
    for done, index in enumerate(chosen):
        try:
            images.append(fitted(paths[index], *headers.common))
            shown.append(index)
        except ZscapeError as error:
            damaged.append((paths[index], error))
        yield Progress(done, len(chosen), "Reading some of the pictures")
    if not images:
        raise damaged[0][1]
    pictures = stacked(images)
    colour = headers.colour or pictures.shape[3] == 3
    if not colour and headers.palettes:
        colour = yield from _in_colour([paths[index] for index in headers.palettes])
    names = tuple(folder.classes)
    known = {name: values[shown] for name, values in attributes.items()}
    sample = Dataset(folder.name, pictures, folder.labels[shown], names, attributes=known)
    shape = (3 if colour else 1, *headers.common)
    warnings = (*folder.warnings, *filter(None, [said]))
    return Overview(spec, folder.name, names, counts, shape, sample.colourful, warnings, sample, headers.resized)


def _chosen(counts: tuple[int, ...], order: np.ndarray[tuple[int], np.dtype[np.int64]]) -> list[int]:
    """Return the indices of some pictures of each class, spread over it. order: indices of all pictures, class by class."""
    each = max(1, min(SHOWN, SAMPLE // max(1, len(counts))))
    chosen: list[int] = []
    start = 0
    for count in counts:
        chosen += order[start + np.unique(np.linspace(0, count - 1, min(each, count)).astype(int))].tolist() if count else []
        start += count
    return chosen


def _in_colour(paths: list[Path]) -> Work[bool]:
    """Whether any of the pictures with a palette is in colour."""
    for index, path in enumerate(paths):
        with suppress(ZscapeError):  # a damaged one is left out when all are loaded
            if read_image(path).shape[2] == 3:
                return True
        yield Progress(index, len(paths), "Reading the palettes")
    return False
