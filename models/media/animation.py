"""Frames to animation files, one at a time: only the current frame is in memory."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import chain
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from zscape.models.errors import ZscapeError
from zscape.models.files.atomic import replacing
from zscape.models.media.images import save_png
from zscape.models.media.metadata import embed
from zscape.models.progress import Progress, Work

Frame = NDArray[np.uint8]
GREYS = np.stack([np.full(256, 255), *[np.arange(256)] * 3], axis=1).astype(np.uint8)
"""A palette [256, ARGB] in which every grey has its own value as index."""
RATES = (1.0, 120.0)
LONG_TEXTS = 65536
"""Characters of texts that are not worth it to be repeated in every picture of a folder."""


@dataclass(frozen=True)
class Format:
    """One way to keep an animation.

    label: what a person calls it. lossless: whether every pixel comes back as it was (GIF: of grey frames). ticks: in how many
    parts of a second the file counts time, 0 for a rate of frames that is kept exactly. even: whether width and height must be
    even (an odd one is padded by repeating its last row or column).
    """

    label: str
    lossless: bool
    ticks: int = 0
    even: bool = False
    container: str = ""
    codec: str = ""
    pixels: str = "rgb24"
    largest: int = 65535
    codec_options: Mapping[str, str] = field(default_factory=dict)
    container_options: Mapping[str, str] = field(default_factory=dict)

    def rate(self, fps: float) -> Fraction:
        """Frames a second the file will play at when asked for `fps`; only GIF differs: whole 1/100 s a frame, 2 at least."""
        if self.codec == "gif":
            return Fraction(100, max(2, round(100 / fps)))
        return Fraction(fps).limit_denominator(1001)


# crf 18 is where H.264 is taken for lossless to the eye; flat pictures with hard edges need it. yuv420p is what every
# player reads. faststart puts the index in front, so that a browser can play before it has all. bitexact leaves out the random
# numbers by which Matroska tells tracks apart: the same film has the same bytes.
FORMATS: dict[str, Format] = {
    ".gif": Format("GIF", True, 100, container="gif", codec="gif", pixels="pal8", container_options={"loop": "0"}),
    ".webp": Format("WebP", True, 1000, container="webp", codec="libwebp_anim", pixels="bgra", largest=16383,
                    codec_options={"lossless": "1", "quality": "60"}, container_options={"loop": "0"}),
    ".apng": Format("APNG", True, container="apng", codec="apng", container_options={"plays": "0"}),
    ".mp4": Format("MP4", False, even=True, container="mp4", codec="libx264", pixels="yuv420p", largest=16384,
                   codec_options={"crf": "18", "preset": "medium"}, container_options={"movflags": "+faststart"}),
    ".webm": Format("WebM", False, even=True, container="webm", codec="libvpx-vp9", pixels="yuv420p",
                    container_options={"fflags": "+bitexact"},
                    codec_options={"crf": "18", "b": "0", "deadline": "good", "cpu-used": "4", "row-mt": "1"}),
    "": Format("Folder of PNGs", True),
}  # fmt: skip
"""By the suffix of the file's name; a name without one is a folder of PNGs."""


def check_animation(path: str | Path, size: tuple[int, int], fps: float, scale: int = 1, exact: bool = False) -> Format:
    """The format of `path`'s suffix, if it can hold frames of `size` (height, width) enlarged by `scale`.

    exact: whether the file must have just that size, so that an odd side is refused where it would be padded. Raises ZscapeError,
    with the limit, for an unknown suffix, a rate out of RATES, a scale below 1 and frames that are too large.
    """
    path = Path(path)
    kind = FORMATS.get(path.suffix.lower())
    if kind is None:
        raise ZscapeError(f"{path}: animations end in {', '.join(filter(None, FORMATS))}, or in nothing for a folder of PNGs")
    if not RATES[0] <= fps <= RATES[1]:
        raise ZscapeError(f"{fps:g} frames a second cannot be written; choose {RATES[0]:g} to {RATES[1]:g}")
    if scale < 1:
        raise ZscapeError(f"Scale {scale} cannot be written; choose 1 or more")
    height, width = size
    if max(height, width) * scale > kind.largest:
        raise ZscapeError(
            f"{path}: {width * scale} x {height * scale} pixels are too many, {kind.label} takes {kind.largest} a side; "
            f"choose a smaller scale, fewer rows or columns, or another format"
        )
    if exact and kind.even and (height * scale % 2 or width * scale % 2):
        near = f"{(width * scale + 1) // 2 * 2}x{(height * scale + 1) // 2 * 2}"
        raise ZscapeError(f"{width * scale}x{height * scale}: {kind.label} takes even sides only, such as {near}.")
    return kind


def write_animation(
    path: str | Path,
    frames: Iterable[Frame],
    fps: float,
    total: int = 0,
    scale: int = 1,
    metadata: Mapping[str, str] | None = None,
) -> Work[Path]:
    """Work that writes frames uint8 [H, W, 3], all of one size, as the format of `path`'s suffix, looping without end.

    fps: 1 to 120 frames a second; GIF plays at the nearest of 50, 33.3, 25, 20, ... it can (Format.rate). total: how many frames
    are to come, 0 if not known. scale: every pixel becomes scale x scale. metadata: texts kept in the file (read_metadata); a
    folder keeps them in every picture, or in its first where they are longer than LONG_TEXTS. Yields Progress before each frame
    and returns the path. What was at `path` stays until the new file is complete; closing the work early leaves nothing behind.
    Raises ZscapeError for what `check_animation` refuses, no frames, frames of different sizes, and a place that cannot be
    written or is full.
    """
    path = Path(path)
    check_animation(path, (0, 0), fps, scale)
    source = _checked(frames, path)
    yield Progress(0, total, "Writing frames")
    first = next(source, None)
    if first is None:
        raise ZscapeError(f"{path}: there are no frames to write")
    kind = check_animation(path, first.shape[:2], fps, scale)
    write = _write_file if kind.container else _write_folder
    yield from write(path, kind, chain([first], source), fps, total, scale, metadata or {})
    return path


def _checked(frames: Iterable[Frame], path: Path) -> Iterator[Frame]:
    shape = None
    for index, frame in enumerate(frames):
        if frame.ndim != 3 or frame.shape[2] != 3 or frame.dtype != np.uint8 or 0 in frame.shape:
            raise ZscapeError(f"{path}: frame {index} is {frame.dtype} {list(frame.shape)}; frames are uint8 [H, W, 3]")
        if shape not in (None, frame.shape):
            raise ZscapeError(
                f"{path}: frame {index} is {list(frame.shape)} where the first is {list(shape or ())}; use one size"
            )
        shape = frame.shape
        yield frame


def _write_file(
    path: Path, kind: Format, frames: Iterable[Frame], fps: float, total: int, scale: int, metadata: Mapping[str, str]
) -> Work[None]:
    rate = kind.rate(fps)
    tick = Fraction(1, kind.ticks) if kind.ticks else 1 / rate
    convert: Callable[[Frame], av.VideoFrame] = _palette if kind.pixels == "pal8" else _plain
    in_container = kind.container in ("mp4", "webm")
    with replacing(path) as temporary:
        try:
            with av.open(str(temporary), "w", format=kind.container, options=dict(kind.container_options)) as container:
                stream = None
                for index, frame in enumerate(frames):
                    large = _enlarge(frame, scale, kind.even)
                    if stream is None:
                        if in_container and metadata:
                            container.metadata["comment"] = json.dumps(dict(metadata))
                        stream = container.add_stream(kind.codec, rate=rate, options=dict(kind.codec_options))
                        stream.height, stream.width = large.shape[:2]
                        stream.pix_fmt = kind.pixels
                        stream.codec_context.time_base = tick
                    picture = convert(large)
                    if kind.pixels != "pal8":
                        picture = picture.reformat(format=kind.pixels)
                    picture.time_base = tick
                    picture.pts = round(index / rate / tick)
                    picture.duration = round((index + 1) / rate / tick) - picture.pts  # else the last frame has none
                    container.mux(stream.encode(picture))
                    yield Progress(index + 1, total, "Writing frames")
                if stream is not None:
                    container.mux(stream.encode())
        except av.FFmpegError as error:
            raise ZscapeError(f"{path}: cannot be written ({error.strerror}); free space or choose another folder") from error
        if metadata and not in_container:
            embed(temporary, metadata)


def _write_folder(
    path: Path, kind: Format, frames: Iterable[Frame], fps: float, total: int, scale: int, metadata: Mapping[str, str]
) -> Work[None]:
    temporary = None
    try:
        if path.exists() and (not path.is_dir() or any(path.iterdir())):
            raise ZscapeError(f"{path}: is there already; choose the name of a new folder")
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = Path(tempfile.mkdtemp(prefix=".zscape-", dir=path.parent))
        short = sum(map(len, metadata.values())) <= LONG_TEXTS
        for index, frame in enumerate(frames):
            save_png(temporary / f"{index:05d}.png", frame, scale, metadata if short or index == 0 else None)
            yield Progress(index + 1, total, "Writing frames")
        temporary.chmod(0o755)  # mkdtemp makes it private
        if path.exists():
            path.rmdir()  # empty, as checked above
        temporary.rename(path)
        temporary = None
    except OSError as error:
        raise ZscapeError(f"{path}: cannot be written ({error.strerror or error}); choose another folder") from error
    finally:
        if temporary is not None:
            shutil.rmtree(temporary, ignore_errors=True)


def _enlarge(frame: Frame, scale: int, even: bool) -> Frame:
    large = frame.repeat(scale, axis=0).repeat(scale, axis=1) if scale > 1 else frame
    height, width = large.shape[:2]
    if even and (height % 2 or width % 2):
        large = np.pad(large, ((0, height % 2), (0, width % 2), (0, 0)), mode="edge")
    return np.ascontiguousarray(large)


def _plain(frame: Frame) -> av.VideoFrame:
    return av.VideoFrame.from_ndarray(frame, format="rgb24")


def _palette(frame: Frame) -> av.VideoFrame:
    """A frame of at most 256 colours: grey ones exactly, others by median cut (Heckbert, 1982), undithered: dots flicker."""
    red = frame[..., 0]
    if np.array_equal(red, frame[..., 1]) and np.array_equal(red, frame[..., 2]):
        return av.VideoFrame.from_ndarray((np.ascontiguousarray(red), GREYS), format="pal8")
    reduced = Image.fromarray(frame).quantize(256, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    colours = np.array(reduced.getpalette() or [], np.uint8).reshape(-1, 3)
    palette = GREYS.copy()
    palette[: len(colours), 1:] = colours
    return av.VideoFrame.from_ndarray((np.asarray(reduced), palette), format="pal8")
