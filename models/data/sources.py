"""Loads data sets by name, folder or file."""

from __future__ import annotations

import hashlib
import struct
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zscape.models.data.dataset import Dataset
from zscape.models.data.formats.class_folders import ClassFolders, loaded
from zscape.models.data.formats.groups import GROUPS, read_groups
from zscape.models.data.formats.idx import read_idx
from zscape.models.data.formats.labels import check_labels
from zscape.models.errors import ZscapeError
from zscape.models.files.library import cache
from zscape.models.files.typed_path import typed_path
from zscape.models.media.images import as_images
from zscape.models.media.npz import load_arrays
from zscape.models.progress import Progress, Work, finish
from zscape.resources import FOLDER as RESOURCES

DIGITS = RESOURCES / "digits.npz"


@dataclass(frozen=True)
class Known:
    """A known data set. labels_sha256: hash of its training labels file (decompressed), which identifies its files."""

    what: str
    count: int
    class_names: tuple[str, ...]
    licence: str
    labels_sha256: str
    system_folders: tuple[Path, ...] = ()


TEN = tuple("0123456789")
CLOTHES = ("T-shirt", "trousers", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle boot")
KNOWN = {
    "digits": Known("handwritten digits, 28x28 grey: a part of mnist that comes with Zscape", 5000, TEN, "CC BY-SA 3.0", ""),
    "mnist": Known(
        "handwritten digits, 28x28 grey (LeCun, Cortes, Burges, 1998)",
        60_000,
        TEN,
        "CC BY-SA 3.0",
        "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
    ),
    "fashion-mnist": Known(
        "pictures of clothes, 28x28 grey (Xiao, Rasul, Vollgraf, 2017)",
        60_000,
        CLOTHES,
        "MIT",
        "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
        (Path("/usr/share/datasets/fashion-mnist"),),  # where Debian's package dataset-fashion-mnist installs it
    ),
}


@dataclass(frozen=True)
class DataEntry:
    """One line of `zscape data list`.

    here: whether it is on this machine. path: where it is, or where it would be downloaded to.
    """

    name: str
    what: str
    here: bool
    path: Path
    count: int


def home(name: str) -> Path:
    """Return the folder of a downloaded data set: in ZSCAPE_HOME if that is set, otherwise in the user's cache."""
    return cache() / "data" / name


def known() -> list[DataEntry]:
    """List every known data set, and whether it is on this machine."""
    entries = []
    for name, about in KNOWN.items():
        place = _place(name)
        entries.append(DataEntry(name, about.what, place is not None, place or home(name), about.count))
    return entries


def load(spec: str) -> Dataset:
    """Load the training part of a data set, see `loading`."""
    return finish(loading(spec))


def loading(spec: str) -> Work[Dataset]:
    """Load the training part of a data set.

    spec: a name of KNOWN; a folder with MNIST's IDX files (plain or gzip); a folder with one subfolder of pictures per class
    (their names, in natural order, are the classes; pictures of different sizes are fitted to one square of at most 128), or of
    pictures of one class, with a table of attributes in or beside it (see `table_of`); or an .npz with `images` [N, H, W] or [N,
    H, W, C], see `as_images`, and optionally `labels`, `class_names`, `attributes` [N, A] with `attribute_names` [A] (known
    numbers of every picture, for attribute coordinates), and the groups of the pictures (see `read_groups`). Raises ZscapeError,
    naming the file, if it is missing or cannot be read. A folder with a name of KNOWN is only found by a path, such as ./digits;
    a warning says so.
    """
    yield Progress(0, 0, "Reading the data")
    if not spec:
        raise ZscapeError("The name of the data set is empty: give a name, a folder or an .npz file.")
    folder = class_folder(spec)
    dataset = (yield from loaded(ClassFolders.listed(folder))) if folder else load_file(spec)
    if spec in KNOWN and Path(spec).is_dir():
        said = f"This is the data set {spec} that Zscape knows; for the folder of that name, give ./{spec}."
        dataset = replace(dataset, warnings=(*dataset.warnings, said))
    return dataset


def class_folder(spec: str) -> Path | None:
    """Return the folder in `spec` if it holds one subfolder of pictures per class; None for other data sets."""
    path = typed_path(spec)
    return path if spec not in KNOWN and path.is_dir() and not find_idx(path, "train-images") else None


def load_file(spec: str) -> Dataset:
    """Load a data set that is not a folder of pictures: a name of KNOWN, a folder of IDX files, or an npz; see `loading`.

    Raises ZscapeError if it is missing or cannot be read.
    """
    if spec in KNOWN:
        place = _place(spec)
        if place is None:
            raise ZscapeError(f"The data set {spec} is not here; download it with `zscape data fetch {spec}`")
        if place.is_file():
            return replace(_load_npz(place), name=spec, licence=KNOWN[spec].licence)
        return _load_idx(place)
    path = typed_path(spec)
    if path.is_dir():
        return _load_idx(path)
    if not path.exists():
        raise ZscapeError(f"There is no data set {spec!r}: give {', '.join(KNOWN)}, or a folder or .npz file that is there")
    if path.suffix.lower() != ".npz":
        raise ZscapeError(f"{path} is not a data set; give an .npz file, or the folder the file is in")
    return _load_npz(path)


def find_idx(folder: Path, part: str) -> Path | None:
    """Return MNIST's file for `part` ("train-images", "train-labels", ...) in `folder`, under any of its usual names."""
    kind = "idx3" if part.endswith("images") else "idx1"
    names = (f"{part}{dot}{kind}-ubyte{packed}" for dot in "-." for packed in ("", ".gz"))
    return next((folder / name for name in names if (folder / name).is_file()), None)


def _place(name: str) -> Path | None:
    """Return the folder or file of a known data set; None if it is not on this machine."""
    if name == "digits":
        return DIGITS if DIGITS.is_file() else None
    folders = (home(name), *KNOWN[name].system_folders)
    return next((f for f in folders if find_idx(f, "train-images") and find_idx(f, "train-labels")), None)


def _load_idx(folder: Path) -> Dataset:
    files = find_idx(folder, "train-images"), find_idx(folder, "train-labels")
    if files[0] is None or files[1] is None:
        raise ZscapeError(f"{folder} has no train-labels-idx1-ubyte beside the pictures; copy or download it too")
    images, raw = read_idx(files[0]), read_idx(files[1])
    labels = check_labels(raw, len(images), files[1])
    digest = hashlib.sha256(struct.pack(">HBBI", 0, 8, 1, len(raw)) + raw.tobytes()).hexdigest()
    for name, about in KNOWN.items():
        if digest == about.labels_sha256:
            return Dataset(name, as_images(images, str(files[0])), labels, about.class_names, about.licence)
    return Dataset(folder.resolve().name, as_images(images, str(files[0])), labels, _numbers(labels))


def _load_npz(path: Path) -> Dataset:
    known = ("labels", "class_names", "attributes", "attribute_names", "families", *GROUPS)
    arrays = load_arrays(path, "images", optional=known)
    images = as_images(arrays["images"], str(path))
    attributes = _attributes(arrays, len(images), path)
    groups, families = read_groups(arrays, len(images), path)
    names: tuple[str, ...] = ("all",)
    if "labels" not in arrays:
        labels = np.zeros(len(images), np.int64)
    else:
        labels = check_labels(arrays["labels"], len(images), path)
        names = tuple(map(str, arrays["class_names"].ravel())) if "class_names" in arrays else _numbers(labels)
    return Dataset(path.stem, images, labels, names, attributes=attributes, groups=groups, families=families)


def _attributes(arrays: dict[str, NDArray[Any]], count: int, path: Path) -> dict[str, NDArray[np.float64]]:
    """Return the attributes of `count` pictures: attributes [N, A], named by attribute_names [A]; {} if there are none."""
    if "attributes" not in arrays:
        return {}
    values, names = arrays["attributes"], [str(name) for name in arrays.get("attribute_names", np.empty(0)).ravel()]
    if values.ndim != 2 or values.shape != (count, len(names)) or values.dtype.kind not in "fiu" or len(set(names)) < len(names):
        raise ZscapeError(
            f"{path}: attributes must be numbers [{count}, A] with A different attribute_names, not {values.dtype} "
            f"{list(values.shape)} with {len(names)} names"
        )
    return {name: column.astype(np.float64) for name, column in zip(names, values.T, strict=True)}


def _numbers(labels: NDArray[np.int64]) -> tuple[str, ...]:
    """Return class names for labels without names: "0" to the highest label."""
    if labels.max() >= 10_000:
        raise ZscapeError(f"Labels up to {labels.max()} without class names are not classes; number them from 0")
    return tuple(map(str, range(int(labels.max()) + 1)))
