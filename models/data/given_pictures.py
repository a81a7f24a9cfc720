"""Reads pictures to encode from files of many kinds."""

from __future__ import annotations

import gzip
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from zscape.models.data.formats.class_folders import ClassFolders
from zscape.models.data.formats.idx import GZIP, is_idx, read_idx
from zscape.models.data.formats.labels import check_labels
from zscape.models.data.model_classes import classes_of, taken_by_place
from zscape.models.data.sources import KNOWN, find_idx, load_file
from zscape.models.errors import ZscapeError
from zscape.models.files.layout import Layout
from zscape.models.files.reading import reading
from zscape.models.files.spec import Subject
from zscape.models.files.typed_path import typed_path
from zscape.models.media.deep import common_range, deep_among
from zscape.models.media.folders import folders_in, has_pictures, left_out, picture_files
from zscape.models.media.images import as_images, pixels_of, read_image
from zscape.models.media.npz import load_arrays
from zscape.models.media.preparing.ground import light_on_dark
from zscape.models.media.preparing.layout import misplaced
from zscape.models.media.preparing.prepare import prepare
from zscape.models.media.resize import fit_image
from zscape.models.progress import Progress, Work, finish


@dataclass(frozen=True, eq=False)
class Inputs:
    """Pictures for a generator.

    images: uint8 [M, H, W, C], prepared for the generator. labels: int64 [M] if the source has them. names: one per picture.
    warnings: sentences about what was left out. class_names: names for the labels, () if these are only numbers. data: name of
    the source. unreadable: the warning about pictures that were left out, "" for none.
    """

    images: NDArray[np.uint8]
    labels: NDArray[np.int64] | None
    names: tuple[str, ...]
    warnings: tuple[str, ...] = ()
    class_names: tuple[str, ...] = ()
    data: str = ""
    unreadable: str = ""

    def labels_of(self, names: tuple[str, ...], model: str) -> NDArray[np.int64]:
        """Return the labels as classes of a model called `model`, whose classes are `names`.

        Raises ZscapeError if there are no labels, or one is not a class of the model.
        """
        if self.labels is None:
            raise ZscapeError(f"{self.data} does not say of which class its pictures are: leave out --labels, or name a class.")
        return classes_of(self._said(self.labels), names, self.data, model)[self.labels]

    def by_place(self, names: tuple[str, ...], model: str) -> str:
        """Return a sentence about the classes that `labels_of` assigns by order because the labels are only numbers; else ""."""
        return "" if self.labels is None else taken_by_place(self._said(self.labels), names, self.data, model)

    def _said(self, labels: NDArray[np.int64]) -> tuple[str, ...]:
        return self.class_names or tuple(map(str, range(int(labels.max(initial=0)) + 1)))


def read_inputs(
    source: str | Path, image_shape: tuple[int, int, int], subject: Subject = "glyph", layout: Layout | None = None
) -> Inputs:
    """Read inputs for a generator, see `reading_inputs`."""
    return finish(reading_inputs(source, image_shape, subject, layout))


def reading_inputs(
    source: str | Path, image_shape: tuple[int, int, int], subject: Subject = "glyph", layout: Layout | None = None
) -> Work[Inputs]:
    """Read inputs for a generator of `image_shape` = (C, H, W) that draws `subject` laid out as `layout`, prepared by `prepare`.

    source: a picture, a folder of pictures (in natural order), an IDX file of pictures (with its labels file beside it), an .npz
    with `images` and perhaps `labels`, or any data set to train on (see `sources.loading`): a folder with one subfolder of
    pictures per class, a folder with MNIST's files, or the name of a data set if no file has that name. Detected by content. In a
    folder with both pictures and folders of pictures, the larger part is used. Raises ZscapeError, naming the file, for anything
    else.
    """
    yield Progress(0, 0, "Reading the pictures")
    if not str(source):
        raise ZscapeError("The path of the pictures is empty: give that of a picture or a folder.")
    path = typed_path(source)
    if str(source) in KNOWN and not path.exists():
        return (yield from _of_data(str(source), image_shape, subject, layout))
    if path.is_dir():
        return (yield from _of_folder(path, image_shape, subject, layout))
    if not path.exists():
        known = ", ".join(KNOWN)
        raise ZscapeError(f"{source} cannot be read, as there is no such file, folder or data set ({known}); check the path")
    head = _head(path)
    if head.startswith(b"PK") or path.suffix.lower() == ".npz":
        arrays = load_arrays(path, "images", optional=("labels", "class_names"))
        images = as_images(arrays["images"], str(path))
        labels = check_labels(arrays["labels"], len(images), path) if "labels" in arrays else None
        classes = tuple(map(str, arrays["class_names"].ravel())) if "class_names" in arrays else ()
        if labels is not None and classes and labels.max(initial=0) >= len(classes):
            raise ZscapeError(f"{path} has class {labels.max()}, but class_names has only {len(classes)} names")
    elif is_idx(head):
        images = as_images(read_idx(path), str(path))
        beside = _labels_beside(path)
        labels, classes = check_labels(read_idx(beside), len(images), beside) if beside else None, ()
    else:
        return Inputs(_picture(path, image_shape, subject, layout)[None], None, (path.name,), data=str(path))
    names = tuple(f"{path.name} {index}" for index in range(len(images)))
    ready = yield from _preparing(images, names, image_shape, subject, layout)
    return Inputs(ready, labels, names, class_names=classes, data=str(path))


def _of_data(spec: str, image_shape: tuple[int, int, int], subject: Subject, layout: Layout | None) -> Work[Inputs]:
    """Prepare the pictures of a data set."""
    data = load_file(spec)
    names = tuple(f"{data.name} {index}" for index in range(len(data)))
    ready = yield from _preparing(data.images, names, image_shape, subject, layout)
    return Inputs(ready, data.labels, names, data.warnings, data.class_names, data.name)


def _of_folder(path: Path, image_shape: tuple[int, int, int], subject: Subject, layout: Layout | None) -> Work[Inputs]:
    """Prepare the pictures of a folder, or of its subfolders."""
    if find_idx(path, "train-images"):
        return (yield from _of_data(str(path), image_shape, subject, layout))
    files = picture_files(path)
    inner = [each for each in folders_in(path) if picture_files(each).pictures]
    count = sum(len(picture_files(each).pictures) for each in inner)
    if count > len(files.pictures):
        folder = ClassFolders.listed(path)
        read = yield from _pictures(folder.paths, image_shape, subject, layout, as_trained=True)
        names = tuple(folder.paths[place].relative_to(path).as_posix() for place in read.places)
        said = tuple(filter(None, (*folder.warnings, read.warning(path))))
        labels, classes = folder.labels[read.places], tuple(folder.classes)
        return Inputs(read.images, labels, names, said, classes, str(path), read.warning(path))
    if not files.pictures:
        raise _no_pictures(path)
    read = yield from _pictures(files.pictures, image_shape, subject, layout)
    beside = f"{path}: {count:,} pictures in the folders in it were left out." if count else ""
    said = tuple(filter(None, [left_out(files.others, str(path)), beside, read.warning(path)]))
    names = tuple(files.pictures[place].name for place in read.places)
    return Inputs(read.images, None, names, said, data=str(path), unreadable=read.warning(path))


def check_folder(path: Path) -> None:
    """Raise ZscapeError if a folder holds nothing that `reading_inputs` could read; nothing is loaded."""
    if not find_idx(path, "train-images") and not has_pictures(path):
        raise _no_pictures(path)


def _no_pictures(path: Path) -> ZscapeError:
    return ZscapeError(f"{path} has no pictures; choose a folder with PNG or JPEG files, or one with a sub-folder for each class")


def from_given(
    given: object, image_shape: tuple[int, int, int], subject: Subject = "glyph", layout: Layout | None = None
) -> NDArray[np.uint8]:
    """Convert pictures from a notebook to uint8 [N, H, W, C], prepared as `read_inputs` does.

    given: an array uint8 [N, H, W, C], [N, H, W], [H, W, C] or [H, W], a PIL image, a path (see `read_inputs`), or a list of
    these. Raises ZscapeError for anything else.
    """
    if isinstance(given, str | Path):
        read = read_inputs(given, image_shape, subject, layout)
        if read.unreadable:
            warnings.warn(read.unreadable, stacklevel=2)  # because the rows of the result do not match the files of the folder
        return read.images
    if isinstance(given, list | tuple):
        if not given:
            raise ZscapeError("No pictures were given: give an array, a PIL image, a path, or a list of such.")
        return np.concatenate([from_given(each, image_shape, subject, layout) for each in given])
    try:
        array = pixels_of(given, "the picture given")[None] if isinstance(given, Image.Image) else np.asarray(given)
    except (TypeError, ValueError, RuntimeError) as error:  # a torch tensor on a GPU, or one that requires grad
        raise ZscapeError(f"Pictures are an array, a PIL image, a path, or a list of such: {error}.") from error
    if array.dtype.kind not in "buif" or array.ndim == 0:
        raise ZscapeError(f"Pictures are an array, a PIL image, a path, or a list of such, not a {type(given).__name__}.")
    if array.dtype != np.uint8 or array.ndim not in (2, 3, 4):
        mend = "" if array.dtype == np.uint8 else ": scale them to 0 to 255 and convert them, .astype('uint8')"
        raise ZscapeError(f"Pictures must be uint8 [N, H, W, C], not {array.dtype} {list(array.shape)}{mend}.")
    single = array.ndim == 2 or (array.ndim == 3 and array.shape[-1] in (1, 3, 4))
    array = np.ascontiguousarray(array)  # torch rejects negative strides, as of a mirrored array
    images = as_images(array[None] if single else array, "the pictures given")
    return _prepared(images, [f"picture {index}" for index in range(len(images))], image_shape, subject, layout)


@dataclass(frozen=True, eq=False)
class _Read:
    """Prepared pictures and the errors of the others.

    images: uint8 [M, H, W, C]. places: int64 [M], indices of their files. errors: one for each file that could not be read.
    """

    images: NDArray[np.uint8]
    places: NDArray[np.int64]
    errors: tuple[ZscapeError, ...]

    def warning(self, folder: Path) -> str:
        """Return a sentence about the files that were left out, "" for none."""
        count = len(self.errors)
        if not count:
            return ""
        which = "1 picture was left out" if count == 1 else f"{count:,} pictures were left out; of the first"
        return f"{folder}: {which}: {str(self.errors[0]).rstrip('.')}."


def _pictures(
    files: Sequence[Path], image_shape: tuple[int, int, int], subject: Subject, layout: Layout | None, as_trained: bool = False
) -> Work[_Read]:
    """Read and prepare the pictures in files; those that cannot be read or show nothing are left out.

    Raises ZscapeError if no picture is left. as_trained: colour pictures get a margin, as those of a data set do in training, and
    are not cropped.
    """
    channels, height, width = image_shape
    ready = np.empty((len(files), height, width, channels), np.uint8)
    places: list[int] = []
    errors: list[ZscapeError] = []
    within = yield from common_range((yield from deep_among(files)))
    for index, file in enumerate(files):
        try:
            if as_trained and channels > 1:
                ready[len(places)] = fit_image(read_image(file, within), channels, height, width)
            else:
                ready[len(places)] = _picture(file, image_shape, subject, layout, within)
            places.append(index)
        except ZscapeError as error:
            errors.append(error)
        yield Progress(index + 1, len(files), "Reading the pictures")
    if not places:
        raise errors[0]
    return _Read(ready[: len(places)], np.array(places, np.int64), tuple(errors))


def _picture(
    path: Path,
    image_shape: tuple[int, int, int],
    subject: Subject,
    layout: Layout | None,
    within: tuple[float, float] | None = None,
) -> NDArray[np.uint8]:
    picture: NDArray[np.uint8] = _prepared(read_image(path, within)[None], (str(path),), image_shape, subject, layout)[0]
    return picture


def _prepared(
    images: NDArray[np.uint8], names: Sequence[str], image_shape: tuple[int, int, int], subject: Subject, layout: Layout | None
) -> NDArray[np.uint8]:
    return finish(_preparing(images, names, image_shape, subject, layout))


def _preparing(
    images: NDArray[np.uint8], names: Sequence[str], image_shape: tuple[int, int, int], subject: Subject, layout: Layout | None
) -> Work[NDArray[np.uint8]]:
    channels, height, width = image_shape
    if images.shape[1:] == (height, width, channels) and not (layout and channels == 1):
        if channels != 1:
            return images
        images = light_on_dark(images)
        apart = np.flatnonzero(misplaced(images)).tolist() if subject == "glyph" else []
        if apart:
            images = images.copy()
        for index in apart:
            with _named(names[index]):
                images[index] = prepare(images[index], image_shape, subject)
        return images
    prepared = np.empty((len(images), height, width, channels), np.uint8)
    for index, (image, name) in enumerate(zip(images, names, strict=True)):
        with _named(name):
            prepared[index] = prepare(image, image_shape, subject, layout)
        yield Progress(index + 1, len(images), "Making the pictures ready")
    return prepared


@contextmanager
def _named(name: str) -> Iterator[None]:
    """Put the name of a picture before an error about it."""
    try:
        yield
    except ZscapeError as error:
        raise ZscapeError(f"{name}: {error}") from error


def _head(path: Path) -> bytes:
    """Return the first bytes of a file; if it is compressed, those of its content."""
    with reading(path):
        with path.open("rb") as file:
            head = file.read(4)
        if head.startswith(GZIP):
            with gzip.open(path) as unpacked:
                head = unpacked.read(4)
    return head


def _labels_beside(path: Path) -> Path | None:
    name = path.name.removesuffix(".gz").replace("images", "labels").replace("idx3", "idx1")
    if name == path.name.removesuffix(".gz"):
        return None
    return next((file for file in (path.with_name(name), path.with_name(name + ".gz")) if file.is_file()), None)
