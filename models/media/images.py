"""Reads and writes single pictures."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps, PngImagePlugin

from zscape.models.errors import ZscapeError
from zscape.models.files.atomic import replacing
from zscape.models.files.reading import check_file
from zscape.models.media.levels import to_levels
from zscape.models.media.transparency import opaque

FORMATS = ("PNG", "JPEG", "BMP", "GIF", "WEBP", "TIFF", "PPM", "ICO")
"""Formats that Pillow may try; EPS, for one, would start another program."""
SUFFIXES = frozenset(
    {".png", ".jpg", ".jpeg", ".bmp", ".gif", ".webp", ".tif", ".tiff", ".ppm", ".pgm", ".pbm", ".ico", ".apng", ".jfif", ".dib"}
)
ORIENTATION = 0x0112
"""EXIF tag for the orientation of the camera."""
QUARTER_TURNS = (5, 6, 7, 8)
"""Values of that tag that swap width and height."""
TAIL = 1 << 16
"""Number of bytes at the end of a PNG that are searched for an orientation."""
SMALLEST = 2
LARGEST = 50_000_000
"""In pixels."""
FILE_LIMIT = 400 << 20
"""In bytes: 50 megapixels at 8 bytes each."""


def read_image(source: str | Path | bytes, within: tuple[float, float] | None = None) -> NDArray[np.uint8]:
    """Read a picture from a file or from a file's bytes as uint8 [H, W, C], C 1 (grey) or 3 (RGB).

    The format is detected from the content. EXIF orientation is applied, transparent areas are laid over black or white (see
    `opaque`), 16-bit and float values are scaled to 8 bits (see `to_levels`; within: the range of a set of them, as `deep_range`
    returns it), and of an animation the first frame is used. Raises ZscapeError for anything else: not a picture, damaged, a
    folder, smaller than 2x2 or larger than 50 megapixels.
    """
    name = "the pasted picture" if isinstance(source, bytes) else str(source)
    return pixels_of(_open(source, name), name, within)


def deep_range(path: Path) -> tuple[float, float]:
    """Return the lowest and the highest value of a 16-bit or float picture. Raises ZscapeError as `read_image` does."""
    picture = _open(path, str(path))
    pixels_of(picture, str(path))  # for its checks
    values = np.nan_to_num(np.asarray(picture, np.float64), posinf=0, neginf=0)
    return float(values.min()), float(values.max())


def pixels_of(picture: Image.Image, name: str, within: tuple[float, float] | None = None) -> NDArray[np.uint8]:
    """Convert a PIL picture as `read_image` does. name: its name in messages. Raises ZscapeError as `read_image` does."""
    width, height = picture.size
    if min(width, height) < SMALLEST:
        raise ZscapeError(f"{name} is only {width} x {height} pixels; choose a picture of at least {SMALLEST} x {SMALLEST}")
    if width * height > LARGEST:
        raise ZscapeError(
            f"{name}: {width} x {height} pixels are more than {LARGEST // 1_000_000} megapixels; make it smaller first"
        )
    try:
        picture.load()
        return _to_array(ImageOps.exif_transpose(picture), within)
    except Exception as error:  # Pillow's decoders raise many kinds of exceptions on damaged data
        raise ZscapeError(f"{name}: the picture is damaged or cut short ({error}); copy or save it again") from error


def read_layer(source: str | Path | bytes) -> NDArray[np.uint8]:
    """Read a picture to be laid over another, as uint8 [H, W, 4]: RGB and opacity.

    Without transparency it is opaque where it is not dark. Raises ZscapeError as `read_image` does.
    """
    with _open(source, str(source)) as picture:
        return layer_in(picture, str(source))


def layer_in(picture: Image.Image, name: str) -> NDArray[np.uint8]:
    """Convert a PIL picture as `read_layer` does. name: its name in messages. Raises ZscapeError as `read_image` does."""
    colours = pixels_of(picture, name)
    height, width, channels = colours.shape
    if picture.has_transparency_data:
        return np.array(ImageOps.exif_transpose(picture).convert("RGBA"))
    opacity = np.where(colours.max(2, keepdims=True) > 127, 255, 0).astype(np.uint8)
    return np.concatenate([np.broadcast_to(colours, (height, width, 3)) if channels == 1 else colours, opacity], 2)


@dataclass(frozen=True)
class PictureHeader:
    """Properties of a picture from its header.

    height, width: as read_image returns it. colour: whether that is RGB; None if it depends on the pixels. deep: whether its
    values have 16 bits or are floats.
    """

    height: int
    width: int
    colour: bool | None
    deep: bool = False


def image_header(path: Path) -> PictureHeader:
    """Read the header of a picture file without reading or decoding the rest.

    Raises ZscapeError if the file is not a picture.
    """
    with _readable(path) as file:
        picture = _opened(file, str(path))
        width, height = picture.size
        try:
            # For a PNG without an orientation at the front, Pillow would decode the whole picture to see what follows.
            whole = picture.format != "PNG" or _may_tell_orientation(_tail(file))
            exif = picture.getexif() if whole else Image.Image.getexif(picture)
            turned = exif.get(ORIENTATION) in QUARTER_TURNS
        except Exception:  # Pillow raises many kinds of exceptions on damaged data; read_image reports them
            turned = False
    deep = _is_deep(picture)
    grey = picture.mode in ("1", "L", "LA", "La") or deep
    colour = None if picture.mode == "P" else not grey
    return PictureHeader(*((width, height) if turned else (height, width)), colour, deep)


def is_picture(path: Path) -> bool:
    """Whether the content of a file starts like a picture of one of FORMATS, whatever its name."""
    try:
        with _readable(path) as file, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(file, formats=FORMATS):
                return True
    except Exception:  # see read_image
        return False


def as_images(array: NDArray[Any], name: str) -> NDArray[np.uint8]:
    """Convert pictures from a file's array, [N, H, W] or [N, H, W, 1 or 3], to uint8 [N, H, W, C].

    Numbers may have any type; their range is detected from the values, see `to_levels`. Raises ZscapeError, starting with `name`,
    if the array has another shape, is empty, or has no range that pixels have.
    """
    if array.ndim == 3:
        array = array[..., None]
    if array.ndim != 4 or array.shape[3] not in (1, 3) or 0 in array.shape:
        raise ZscapeError(f"{name}: pictures must be [N, H, W] or [N, H, W, 1 or 3] and at least one, not {list(array.shape)}")
    try:
        return to_levels(array)
    except ValueError as error:
        raise ZscapeError(f"{name}: pixels must be uint8 0..255 or floats 0..1, these {error}; convert them") from error


def to_uint8(x: NDArray[np.floating[Any]]) -> NDArray[np.uint8]:
    """Convert pixels from -1..1 (clipped; NaN becomes middle grey) to 0..255, rounded; any shape."""
    pixels: NDArray[np.uint8] = np.rint(np.nan_to_num(np.clip(x, -1, 1)) * 127.5 + 127.5).astype(np.uint8)
    return pixels


def save_png(path: str | Path, image: NDArray[np.uint8], scale: int = 1, metadata: Mapping[str, str] | None = None) -> None:
    """Write uint8 [H, W, 1 or 3] as a PNG, every pixel as a square of scale x scale, with `metadata` as text chunks.

    An older file stays until the new one is complete. Raises ZscapeError if it cannot be written.
    """
    large = image.repeat(scale, axis=0).repeat(scale, axis=1)
    texts = PngImagePlugin.PngInfo()
    for key, value in (metadata or {}).items():
        texts.add_itxt(key, value)
    with replacing(Path(path)) as temporary:
        Image.fromarray(large[..., 0] if large.shape[2] == 1 else large).save(temporary, "PNG", pnginfo=texts)


def _open(source: str | Path | bytes, name: str) -> Image.Image:
    """Open a picture and read only its header."""
    if isinstance(source, bytes):
        return _opened(io.BytesIO(source), name)
    with _readable(Path(source)) as file:
        return _opened(io.BytesIO(file.read()), name)


@contextmanager
def _readable(path: Path) -> Iterator[IO[bytes]]:
    """Open the file at `path`. Raises ZscapeError if it cannot be read, is empty or too large."""
    check_file(path)
    try:
        if path.stat().st_size > FILE_LIMIT:
            raise ZscapeError(f"{path} is larger than {FILE_LIMIT >> 20} MB; make the picture smaller first")
        with path.open("rb") as file:
            yield file
    except IsADirectoryError as error:
        raise ZscapeError(f"{path} is a folder; choose a picture in it") from error
    except OSError as error:
        raise ZscapeError(f"{path} cannot be read ({error.strerror or error}); check the path and its permissions") from error


def _tail(file: IO[bytes]) -> bytes:
    """Return the end of a file, where a PNG may have further chunks after its pixels."""
    file.seek(max(0, file.seek(0, 2) - TAIL))
    return file.read()


def _may_tell_orientation(chunks: bytes) -> bool:
    return any(words in chunks for words in (b"eXIf", b"profile type exif", b"com.adobe.xmp"))


def _opened(file: IO[bytes], name: str) -> Image.Image:
    if not file.read(1):
        raise ZscapeError(f"{name} is empty; choose another picture")
    file.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about large pictures: their size is checked by the caller, before decoding
            return Image.open(file, formats=FORMATS)
    except Image.DecompressionBombError as error:
        raise ZscapeError(f"{name} has more than {LARGEST // 1_000_000} megapixels; make it smaller first") from error
    except Exception as error:  # see read_image
        raise ZscapeError(f"{name} is not a picture that Zscape can read; choose a PNG, JPEG, WebP, GIF, BMP or TIFF") from error


def _is_deep(picture: Image.Image) -> bool:
    """Whether its values have more than 8 bits."""
    return picture.mode.startswith("I") or picture.mode == "F"


def _to_array(picture: Image.Image, within: tuple[float, float] | None) -> NDArray[np.uint8]:
    if _is_deep(picture):
        return to_levels(np.asarray(picture), strict=False, within=within)[..., None]
    grey = picture.mode in ("1", "L", "LA", "La")
    if picture.has_transparency_data:
        picture = opaque(picture)
    pixels = np.asarray(picture.convert("L" if grey else "RGB"))
    if not grey and picture.mode == "P" and (pixels == pixels[..., :1]).all():
        return np.ascontiguousarray(pixels[..., :1])  # a palette of greys, as GIF stores them
    return pixels[..., None] if grey else pixels
