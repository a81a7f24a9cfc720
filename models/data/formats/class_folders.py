"""A data set as a folder of pictures, with one subfolder per class or without classes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

import numpy as np
from numpy.typing import NDArray

from zscape.models.data.dataset import Dataset, Resized
from zscape.models.data.formats.attribute_table import read_table, table_of
from zscape.models.errors import ZscapeError
from zscape.models.media.deep import common_range
from zscape.models.media.folders import folders_in, left_out, picture_files
from zscape.models.media.images import image_header, read_image
from zscape.models.media.resize import fit_image
from zscape.models.progress import Progress, Work

LARGEST_SIDE = 128
"""Maximum side to which the pictures of a folder are reduced: full-size photographs would fill the memory."""
AT_ONCE = 50
"""Number of headers read between two progress reports: a few milliseconds."""


@dataclass(frozen=True)
class ClassFolders:
    """The contents of such a folder. classes: the pictures of each class, by name. warnings: sentences about what was left out.

    table: attributes of its pictures, in it or beside it (see `table_of`); None if there is none.
    """

    folder: Path
    name: str
    classes: dict[str, tuple[Path, ...]]
    warnings: tuple[str, ...]
    table: Path | None = None

    @classmethod
    def listed(cls, folder: Path) -> ClassFolders:
        """List `folder` without opening its pictures; if no subfolder has any, its own pictures are one class, "all".

        Raises ZscapeError if there are no pictures.
        """
        listed = {sub.name: picture_files(sub) for sub in folders_in(folder)}
        classes = {name: files.pictures for name, files in listed.items() if files.pictures}
        name, table, own = folder.resolve().name, table_of(folder), picture_files(folder)
        beside = own.pictures
        if not classes and beside:
            others = [path for path in own.others if path != table]
            return cls(folder, name, {"all": beside}, tuple(filter(None, [left_out(others, name)])), table)
        if not classes:
            raise ZscapeError(
                f"{folder} is not a data set; it needs MNIST's IDX files, or a sub-folder of pictures for each class"
            )
        warnings = [left_out([path for files in listed.values() for path in files.others], name)]
        warnings += [f"{name}: the folder {sub} has no pictures and is left out." for sub in listed if sub not in classes]
        if beside:
            are = (
                "picture beside the folders of the classes was"
                if len(beside) == 1
                else "pictures beside the folders of the classes were"
            )
            warnings.append(f"{name}: {len(beside):,} {are} left out.")
        return cls(folder, name, classes, tuple(filter(None, warnings)), table)

    @property
    def paths(self) -> list[Path]:
        """All pictures, class by class."""
        return [path for pictures in self.classes.values() for path in pictures]

    @property
    def labels(self) -> NDArray[np.int64]:
        """The class of each of `paths`."""
        return np.repeat(np.arange(len(self.classes)), [len(each) for each in self.classes.values()]).astype(np.int64)

    def without(self, damaged: Sequence[tuple[Path, ZscapeError]]) -> ClassFolders:
        """Return the folder without pictures that cannot be read, counted in a warning, and without classes left empty.

        damaged: these pictures, each with its error. Raises the first of these errors if no picture is left.
        """
        if not damaged:
            return self
        gone = {path for path, _ in damaged}
        left = {name: tuple(path for path in paths if path not in gone) for name, paths in self.classes.items()}
        classes = {name: paths for name, paths in left.items() if paths}
        if not classes:
            raise damaged[0][1]
        count = len(damaged)
        which = "1 picture cannot be read and was" if count == 1 else f"{count:,} pictures cannot be read and were"
        said = [
            f"{self.name}: {which} left out ({damaged[0][0].relative_to(self.folder).as_posix()}{', ...' if count > 1 else ''})."
        ]
        said += [
            f"{self.name}: no picture of {name} can be read, so that class is left out." for name in left if name not in classes
        ]
        return replace(self, classes=classes, warnings=(*self.warnings, *said))

    def described(self) -> tuple[dict[str, NDArray[np.float64]], NDArray[np.int64] | None, str]:
        """Return attributes and groups of `paths` from the table, and a warning, see Table.of.

        Raises ZscapeError for an invalid table.
        """
        if self.table is None:
            return {}, None, ""
        return read_table(self.table).of([PurePosixPath(path.relative_to(self.folder).as_posix()) for path in self.paths])


@dataclass(frozen=True, eq=False)
class Headers:
    """What the headers of pictures show. every: int64 [N, 2], (height, width) of each. colour: whether any is in colour.

    palettes: indices of those whose header does not show it. deep: those with 16-bit or float values.
    """

    every: NDArray[np.int64]
    colour: bool
    palettes: tuple[int, ...]
    deep: tuple[Path, ...]

    @property
    def common(self) -> tuple[int, int]:
        """(height, width): theirs if all are equal and small, otherwise a square of the median shorter side.

        It is at most LARGEST_SIDE.
        """
        every = self.every
        if (every == every[0]).all() and every.max() <= LARGEST_SIDE:
            return int(every[0, 0]), int(every[0, 1])
        side = min(LARGEST_SIDE, int(np.median(every.min(axis=1))))
        return side, side

    @property
    def resized(self) -> Resized | None:
        """How the sizes change if the pictures are resized to the common one."""
        height, width = self.common
        if (self.every == (height, width)).all():
            return None
        areas = self.every.prod(axis=1)
        small, large = self.every[areas.argmin()].tolist(), self.every[areas.argmax()].tolist()
        margins = bool((self.every[:, 0] * width != self.every[:, 1] * height).any())
        return Resized((small[0], small[1]), (large[0], large[1]), margins)


def headers_of(folder: ClassFolders) -> Work[tuple[ClassFolders, Headers]]:
    """Read the headers of a folder's pictures, and return the folder without those whose header cannot be read.

    Raises ZscapeError if no picture is left.
    """
    paths = folder.paths
    found: list[tuple[int, int]] = []
    damaged: list[tuple[Path, ZscapeError]] = []
    deep: list[Path] = []
    colour, palettes = False, []
    for start in range(0, len(paths), AT_ONCE):
        for path in paths[start : start + AT_ONCE]:
            try:
                header = image_header(path)
            except ZscapeError as error:
                damaged.append((path, error))
                continue
            if header.colour is None:
                palettes.append(len(found))
            if header.deep:
                deep.append(path)
            found.append((header.height, header.width))
            colour |= bool(header.colour)
        yield Progress(min(start + AT_ONCE, len(paths)), len(paths), "Measuring the pictures")
    sizes = np.array(found, np.int64).reshape(-1, 2)
    return folder.without(damaged), Headers(sizes, colour, tuple(palettes), tuple(deep))


def loaded(folder: ClassFolders) -> Work[Dataset]:
    """Read all pictures of a folder at one size; those that cannot be read are left out and counted in a warning.

    Raises ZscapeError if none can be read, or for an invalid table of attributes.
    """
    folder.described()  # first, so that errors in the table are reported before the pictures are read
    folder, headers = yield from headers_of(folder)
    images: list[NDArray[np.uint8]] = []
    damaged: list[tuple[Path, ZscapeError]] = []
    paths = folder.paths
    within = yield from common_range(headers.deep)
    for done, path in enumerate(paths):
        try:
            images.append(fitted(path, *headers.common, within))
        except ZscapeError as error:
            damaged.append((path, error))
        if done % AT_ONCE == 0:
            yield Progress(done, len(paths), "Reading the pictures")
    folder = folder.without(damaged)
    attributes, groups, said = folder.described()
    return Dataset(
        folder.name,
        stacked(images),
        folder.labels,
        tuple(folder.classes),
        attributes=attributes,
        warnings=(*folder.warnings, *filter(None, [said])),
        groups=groups,
        resized=headers.resized,
    )


def fitted(path: Path, height: int, width: int, within: tuple[float, float] | None = None) -> NDArray[np.uint8]:
    """Read the picture in `path` as uint8 [height, width, 1 or 3]. within: see `read_image`.

    Raises ZscapeError if it cannot be read.
    """
    image = read_image(path, within)
    return image if image.shape[:2] == (height, width) else fit_image(image, image.shape[2], height, width)


def stacked(images: list[NDArray[np.uint8]]) -> NDArray[np.uint8]:
    """Stack pictures of one size, uint8 [N, H, W, C], in colour if any of them is."""
    if any(image.shape[2] == 3 for image in images):
        images = [np.broadcast_to(image, (*image.shape[:2], 3)) for image in images]
    return np.stack(images)
