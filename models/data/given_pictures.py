"""Pictures to encode, from the files they come in."""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from zscape.models.data.idx import GZIP, is_idx, read_idx
from zscape.models.data.labels import check_labels
from zscape.models.errors import ZscapeError
from zscape.models.files.layout import Layout
from zscape.models.files.reading import reading
from zscape.models.files.spec import Subject
from zscape.models.media.folders import left_out, picture_files
from zscape.models.media.ground import light_on_dark
from zscape.models.media.images import as_images, read_image
from zscape.models.media.layout import misplaced
from zscape.models.media.npz import load_arrays
from zscape.models.media.prepare import prepare


@dataclass(frozen=True, eq=False)
class Inputs:
    """images: uint8 [M, H, W, C] as the generator draws them. labels: int64 [M] where the file says. names: one a picture.

    warnings: sentences about what was left out.
    """

    images: NDArray[np.uint8]
    labels: NDArray[np.int64] | None
    names: tuple[str, ...]
    warnings: tuple[str, ...] = ()


def read_inputs(
    path: str | Path, image_shape: tuple[int, int, int], subject: Subject = "glyph", layout: Layout | None = None
) -> Inputs:
    """Inputs for a generator of `image_shape` = (C, H, W) that draws `subject` laid out as `layout`, each as `prepare` makes it.

    path: a picture, a folder of pictures (in natural order), an IDX file of pictures (its labels file beside it is read too), or
    an .npz with `images` and perhaps `labels`; told by content. Raises ZscapeError, naming the file, for anything else.
    """
    path = Path(path)
    if path.is_dir():
        files = picture_files(path)
        if not files.pictures:
            raise ZscapeError(f"{path}: has no pictures; choose a folder with PNG or JPEG files")
        pictures = np.stack([_picture(file, image_shape, subject, layout) for file in files.pictures])
        warnings = tuple(filter(None, [left_out(files.others, str(path))]))
        return Inputs(pictures, None, tuple(file.name for file in files.pictures), warnings)
    head = _head(path)
    if head.startswith(b"PK") or path.suffix.lower() == ".npz":
        arrays = load_arrays(path, "images", optional=("labels",))
        images = as_images(arrays["images"], str(path))
        labels = check_labels(arrays["labels"], len(images), path) if "labels" in arrays else None
    elif is_idx(head):
        images = as_images(read_idx(path), str(path))
        beside = _labels_beside(path)
        labels = check_labels(read_idx(beside), len(images), beside) if beside else None
    else:
        return Inputs(_picture(path, image_shape, subject, layout)[None], None, (path.name,))
    names = tuple(f"{path.name} {index}" for index in range(len(images)))
    return Inputs(_prepared(images, names, image_shape, subject, layout), labels, names)


def from_given(
    given: object, image_shape: tuple[int, int, int], subject: Subject = "glyph", layout: Layout | None = None
) -> NDArray[np.uint8]:
    """Pictures from a notebook as uint8 [N, H, W, C], each made ready as `read_inputs` does.

    given: an array uint8 [N, H, W, C], [N, H, W], [H, W, 3] or [H, W], a PIL image, a path (see `read_inputs`), or a list of
    such. Raises ZscapeError for anything else.
    """
    if isinstance(given, str | Path):
        return read_inputs(given, image_shape, subject, layout).images
    if isinstance(given, list | tuple):
        if not given:
            raise ZscapeError("No pictures were given: give an array, a PIL image, a path, or a list of such.")
        return np.concatenate([from_given(each, image_shape, subject, layout) for each in given])
    array = np.asarray(given)
    if array.dtype != np.uint8 or array.ndim not in (2, 3, 4):
        raise ZscapeError(f"Pictures must be uint8 [N, H, W, C], not {array.dtype} {list(array.shape)}: scale them to 0 to 255.")
    single = array.ndim == 2 or (array.ndim == 3 and array.shape[-1] in (3, 4))
    images = as_images(array[None] if single else array, "the pictures given")
    return _prepared(images, [f"picture {index}" for index in range(len(images))], image_shape, subject, layout)


def _picture(path: Path, image_shape: tuple[int, int, int], subject: Subject, layout: Layout | None) -> NDArray[np.uint8]:
    picture: NDArray[np.uint8] = _prepared(read_image(path)[None], (str(path),), image_shape, subject, layout)[0]
    return picture


def _prepared(
    images: NDArray[np.uint8], names: Sequence[str], image_shape: tuple[int, int, int], subject: Subject, layout: Layout | None
) -> NDArray[np.uint8]:
    channels, height, width = image_shape
    if images.shape[1:] == (height, width, channels) and not (layout and channels == 1):
        if channels != 1:
            return images
        images = light_on_dark(images)
        if subject != "glyph":
            return images
        apart = np.flatnonzero(misplaced(images))
        if len(apart):
            images = images.copy()
            for index in apart:
                images[index] = prepare(images[index], image_shape, subject, layout)
        return images
    prepared = np.empty((len(images), height, width, channels), np.uint8)
    for out, image, name in zip(prepared, images, names, strict=True):
        try:
            out[...] = prepare(image, image_shape, subject, layout)
        except ZscapeError as error:
            raise ZscapeError(f"{name}: {error}") from error
    return prepared


def _head(path: Path) -> bytes:
    """The first bytes of a file, of what it holds if it is packed."""
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
