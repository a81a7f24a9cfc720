"""Reads and writes maps as one npz without pickles, read strictly."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from zscape.models.errors import ZscapeError
from zscape.models.files.not_json import NOT_JSON
from zscape.models.files.spec import Spec
from zscape.models.maps.collection import LIKENESSES, MOST, ROWS_OF, Collection, Likeness, Origin, check_belongs, check_same
from zscape.models.maps.map import METHODS, Map, Method
from zscape.models.maps.reduction.principal import Axes
from zscape.models.media.npz import load_arrays, save_arrays
from zscape.models.progress import Progress, Work, finish

FORMAT = 1
WANTED = ("about", "positions", "images", "labels", "class_names", "attributes", "attribute_names")
OPTIONAL = ("latents", "classes", "features", "judged", "middle", "ways")


class _About(msgspec.Struct):
    """The description of a map in its file, as JSON in the array `about`."""

    format: int
    model: str
    sha256: str
    origin: dict[str, Any]
    method: str
    likeness: str
    finds: str
    digest: str


def save_map(path: Path, given: Map) -> None:
    """Write a map atomically, see `saving`."""
    finish(saving(path, given))


def saving(path: Path, given: Map) -> Work[None]:
    """Write a map as npz.

    Its arrays are positions [N, 2], images uint8 [N, H, W, C], labels, class_names, attributes [N, A], attribute_names; if known,
    latents [N, Z], classes, features and judged (the discriminator's features); and `about`, its description as JSON. Raises
    ZscapeError if the file cannot be written.
    """
    yield Progress(0, 0, "Saving the map")
    every = given.collection
    about = _About(
        FORMAT, every.model, every.sha256, asdict(every.origin), given.method, given.likeness, every.finds, every.digest()
    )
    arrays: dict[str, NDArray[Any] | None] = {
        "about": np.array(msgspec.json.encode(about).decode()),
        "positions": given.positions,
        "images": every.images,
        "labels": every.labels,
        "class_names": np.array(every.class_names, np.str_),
        "attributes": np.stack(list(every.attributes.values()), 1) if every.attributes else np.empty((len(every), 0)),
        "attribute_names": np.array(list(every.attributes), np.str_),
        "latents": every.latents,
        "classes": every.classes,
        "features": every.features,
        "judged": every.judged,
        "middle": given.axes.middle if given.axes else None,
        "ways": given.axes.ways if given.axes else None,
    }
    save_arrays(path, **{name: array for name, array in arrays.items() if array is not None})


def model_of(path: Path) -> str:
    """Return the name of the model of the map in a file. Raises ZscapeError for a file without a map."""
    return _about(load_arrays(path, "about")["about"], path)[0].model


def check_model(path: Path, spec: Spec) -> None:
    """Raise ZscapeError if the map in a file belongs to another model than that of `spec`; the rest is not read."""
    about, _ = _about(load_arrays(path, "about")["about"], path)
    check_same(about.model, about.sha256, spec)


def load_map(path: Path, spec: Spec | None = None, data: str = "") -> Map:
    """Read the map in a file. spec: that of the model it must belong to. data: the data set it must show, "" for any.

    Raises ZscapeError for a file that holds no map, is damaged, holds numbers that are not finite, or belongs to another model or
    other data.
    """
    arrays = load_arrays(path, optional=(*WANTED, *OPTIONAL))
    if not arrays.keys() >= {*WANTED}:
        raise ZscapeError(f"{path} holds no map: choose one that Zscape saved, or open its pictures as data.")
    about, origin = _about(arrays["about"], path)
    images = arrays["images"]
    count = len(images) if images.ndim == 4 else 0
    if images.dtype != np.uint8 or not 1 <= count <= MOST or images.shape[3] not in (1, 3):
        raise _damaged(path, f"its images are {images.dtype} {list(images.shape)}")
    _check(path, arrays, "positions", "f", (count, 2))
    _check(path, arrays, "labels", "iu", (count,))
    names = tuple(map(str, arrays["class_names"].ravel()))
    known = tuple(map(str, arrays["attribute_names"].ravel()))
    if len(set(known)) < len(known):
        raise _damaged(path, "two attributes have one name")
    _check(path, arrays, "attributes", "f", (count, len(known)))
    if not 0 <= arrays["labels"].min() <= arrays["labels"].max() < len(names):
        raise _damaged(path, "a picture is of a class that has no name")
    for name in ("latents", "features", "judged"):
        if name in arrays:
            _check(path, arrays, name, "f", (count, arrays[name].shape[-1] if arrays[name].ndim == 2 else -1))
    if "classes" in arrays:
        _check(path, arrays, "classes", "iu", (count,))
    every = Collection(
        about.model,
        about.sha256,
        origin,
        images,
        arrays["labels"].astype(np.int64),
        names,
        about.finds,
        {name: column.astype(np.float64) for name, column in zip(known, arrays["attributes"].T, strict=True)},
        _floats(arrays, "latents"),
        arrays["classes"].astype(np.int64) if "classes" in arrays else None,
        _floats(arrays, "features"),
        _floats(arrays, "judged"),
    )
    if every.digest() != about.digest:
        raise _damaged(path, "its pictures are not those that it was made of")
    if data and (origin.source != "data" or data not in (origin.data, Path(origin.data).name, Path(origin.data).stem)):
        what = f"the data {origin.data!r}" if origin.source == "data" else "pictures that the model has drawn"
        raise ZscapeError(f"{path} is a map of {what}, not of {data!r}: make one of that, or leave the data out.")
    if spec is not None:
        check_belongs(every, spec)
        _check_fits(every, spec, path)
    likeness: Likeness = about.likeness  # type: ignore[assignment]
    method: Method = about.method  # type: ignore[assignment]
    if not every.has(likeness):
        raise _damaged(path, f"the {ROWS_OF[likeness]} that it was made of are missing")
    return Map(every, arrays["positions"].astype(np.float32), method, likeness, _axes(arrays, every, likeness, path))


def _about(array: NDArray[Any], path: Path) -> tuple[_About, Origin]:
    try:
        about = msgspec.json.decode(str(array[()]) if array.ndim == 0 else "", type=_About)
        origin = msgspec.convert(about.origin, Origin)
    except (*NOT_JSON, TypeError, ValueError) as error:
        raise _damaged(path, f"{error}") from error
    if about.format != FORMAT:
        raise ZscapeError(f"{path} is a map of format {about.format}, this Zscape reads {FORMAT}: use the Zscape that wrote it.")
    if about.method not in METHODS or about.likeness not in LIKENESSES:
        raise _damaged(path, f"there is no map by {about.method} of {about.likeness}")
    return about, origin


def _check(path: Path, arrays: dict[str, NDArray[Any]], name: str, kinds: str, shape: tuple[int, ...]) -> None:
    array = arrays[name]
    if array.dtype.kind not in kinds or array.shape != shape:
        raise _damaged(path, f"its {name} are {array.dtype} {list(array.shape)}")
    if not np.isfinite(array).all():
        raise _damaged(path, f"its {name} hold a number that is not finite")


def _check_fits(every: Collection, spec: Spec, path: Path) -> None:
    """Raise ZscapeError if its pictures or points do not fit the model, whatever its hash."""
    height, width, channels = every.images.shape[1:]
    shape = spec.space.input(every.finds).shape if every.latents is not None else None
    odd = every.latents is not None and every.latents.shape[1:] != shape
    most = max(1, len(spec.class_names))
    if (channels, height, width) != spec.image_shape or odd or (every.classes is not None and every.classes.max() >= most):
        raise _damaged(path, f"its pictures or points are not those of {spec.name}")


def _floats(arrays: dict[str, NDArray[Any]], name: str) -> NDArray[np.float32] | None:
    return arrays[name].astype(np.float32) if name in arrays else None


def _axes(arrays: dict[str, NDArray[Any]], every: Collection, likeness: Likeness, path: Path) -> Axes | None:
    if "middle" not in arrays or "ways" not in arrays:
        return None
    columns = every.rows(likeness).shape[1]
    _check(path, arrays, "middle", "f", (columns,))
    _check(path, arrays, "ways", "f", (2, columns))
    return Axes(arrays["middle"].astype(np.float32), arrays["ways"].astype(np.float32))


def _damaged(path: Path, what: str) -> ZscapeError:
    return ZscapeError(f"{path} is not a map, or is damaged: {what}. Make the map again.")
