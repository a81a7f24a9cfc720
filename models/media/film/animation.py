"""Writes frames to animation files one at a time: only the current frame is in memory."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from zscape.models.errors import ZscapeError
from zscape.models.files.atomic import replacing
from zscape.models.media.audio.sound import SoundTrack
from zscape.models.media.film.behind import Behind
from zscape.models.media.film.film_formats import (
    AV1_OPTIONS,
    USUAL,
    Choices,
    Format,
    check_animation,
    check_quality,
    check_sound,
    encoder_of,
)
from zscape.models.media.film.film_palette import ColourCount
from zscape.models.media.film.planes import yuv420
from zscape.models.media.film.spool import Spool, is_grey
from zscape.models.media.images import save_png
from zscape.models.media.metadata import embed
from zscape.models.progress import Progress, Work

Frame = NDArray[np.uint8]
GREYS = np.stack([np.full(256, 255), *[np.arange(256)] * 3], axis=1).astype(np.uint8)
"""A palette [256, ARGB] in which every grey level is its own index."""
BT601, LIMITED = 6, 1
"""FFmpeg's numbers for the colours of SMPTE 170M, and for levels from 16 to 235."""
LONG_TEXTS = 65536
"""Length in characters above which texts are not repeated in every picture of a folder."""


def write_animation(
    path: str | Path,
    frames: Iterable[Frame],
    fps: float,
    total: int = 0,
    scale: int = 1,
    metadata: Mapping[str, str] | None = None,
    choices: Choices = USUAL,
) -> Work[Path]:
    """Write frames uint8 [H, W, 3], all of one size, in the format of `path`'s suffix, looping forever.

    fps: 1 to 120 frames per second; GIF plays at the nearest rate it can (50, 33.3, 25, 20, ...; see Format.rate). total: number
    of frames to come, 0 if not known. scale: every pixel becomes scale x scale. metadata: texts stored in the file
    (read_metadata); a folder stores them in every picture, or only in the first if they are longer than LONG_TEXTS. Yields
    Progress before each frame and returns the path. Any file at `path` stays until the new one is complete; closing the work
    early leaves nothing behind. Raises ZscapeError for anything `check_animation` refuses, for no frames or frames of different
    sizes, and if the place cannot be written or is full.
    """
    path = Path(path)
    check_animation(path, (0, 0), fps, scale, codec=choices.codec)
    check_sound(path, choices.sound)
    check_quality(path, choices.quality)
    source = _checked(frames, path)
    yield Progress(0, total, "Writing frames")
    first = next(source, None)
    if first is None:
        raise ZscapeError(f"{path}: there are no frames to write")
    kind = check_animation(path, first.shape[:2], fps, scale, codec=choices.codec)
    if not kind.container:
        yield from _write_folder(path, chain([first], source), total, scale, metadata or {})
        return path
    film = _Film(path, kind, kind.rate(fps), total, scale, metadata or {}, choices)
    with replacing(path) as temporary:
        try:
            write = film.indexed if kind.pixels == "pal8" else film.plain
            yield from write(temporary, chain([first], source))
        except av.FFmpegError as error:
            raise ZscapeError(f"{path}: cannot be written ({error.strerror}); free space or choose another folder") from error
        if metadata and not film.in_container:
            embed(temporary, metadata)
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


@dataclass(frozen=True)
class _Film:
    """Everything about a film that is written to one file."""

    path: Path
    kind: Format
    rate: Fraction
    total: int
    scale: int
    metadata: Mapping[str, str]
    choices: Choices

    @property
    def in_container(self) -> bool:
        """Whether the container itself holds the texts."""
        return self.kind.container in ("mp4", "webm")

    def plain(self, temporary: Path, frames: Iterable[Frame]) -> Work[None]:
        """Write frames in full colour."""
        yield from self._encode(temporary, frames, self._plain_picture)

    def _plain_picture(self, frame: Frame) -> av.VideoFrame:
        if self.kind.pixels == "yuv420p":
            height, width = frame.shape[:2]
            odd = self.scale % 2 and (height % 2 or width % 2)  # then padded after it is enlarged
            return yuv420(self._large(frame)) if odd else yuv420(frame, self.scale)
        picture = av.VideoFrame.from_ndarray(self._large(frame), format="rgb24")
        return picture if self.kind.pixels == "rgb24" else picture.reformat(format=self.kind.pixels)

    def indexed(self, temporary: Path, frames: Iterable[Frame]) -> Work[None]:
        """Write frames with one palette for all of them.

        A grey film uses the palette of all greys and is written as it comes; as soon as another colour appears, all frames are
        collected first.
        """
        source = iter(frames)
        coloured = False

        def grey(frame: Frame) -> av.VideoFrame:
            return av.VideoFrame.from_ndarray((self._large(frame[..., :1])[..., 0], GREYS), format="pal8")

        def greys() -> Iterator[Frame]:
            nonlocal coloured
            for frame in source:
                spool.add(frame)
                if not is_grey(frame):
                    coloured = True
                    return
                yield frame

        with Spool(self.path.parent) as spool:
            yield from self._encode(temporary, greys(), grey)
            if not coloured:
                return
            colours = ColourCount()
            for frame in spool:
                colours.add(frame)
            yield Progress(len(spool), self.total, "Drawing frames")
            for frame in source:
                spool.add(frame)
                colours.add(frame)
                yield Progress(len(spool), self.total, "Drawing frames")
            palette, argb = colours.palette(), GREYS.copy()
            argb[: len(palette.colours), 1:] = palette.colours

            def coloured_picture(frame: Frame) -> av.VideoFrame:
                places = palette.indices(self._large(frame), self.choices.dither)
                return av.VideoFrame.from_ndarray((np.ascontiguousarray(places), argb), format="pal8")

            yield from self._encode(temporary, spool, coloured_picture)

    def _encode(self, temporary: Path, frames: Iterable[Frame], picture_of: Callable[[Frame], av.VideoFrame]) -> Work[None]:
        """Write `frames`, each while the next is drawn."""
        kind, rate = self.kind, self.rate
        tick = Fraction(1, kind.ticks) if kind.ticks else 1 / rate
        encoder = encoder_of(kind)
        options = dict(kind.codec_options or AV1_OPTIONS.get(encoder, {}))
        if self.choices.quality is not None:
            options |= {"lossless": "0", "quality": str(self.choices.quality)}
        # Absolute: FFmpeg takes what stands before a colon for a protocol.
        with av.open(str(temporary.absolute()), "w", format=kind.container, options=dict(kind.container_options)) as container:
            source = iter(frames)
            first = next(source, None)
            if first is None:
                return
            if self.in_container and self.metadata:
                container.metadata["comment"] = json.dumps(dict(self.metadata))
            stream = container.add_stream(encoder, rate=rate, options=options)
            stream.height, stream.width = self._large(first[:, :, :1]).shape[:2]
            stream.pix_fmt = kind.pixels
            if kind.pixels == "yuv420p":  # as `planes` computes it; players take large films for the other kind (BT.709)
                for name in ("colorspace", "color_primaries", "color_trc"):
                    setattr(stream.codec_context, name, BT601)
                stream.codec_context.color_range = LIMITED
            stream.codec_context.time_base = tick

            choices = self.choices
            sound = SoundTrack(container, kind.container, choices.sound, choices.sound_from) if choices.sound else None

            def write(item: tuple[int, Frame]) -> None:
                index, frame = item
                picture = picture_of(frame)
                picture.time_base = tick
                picture.pts = round(index / rate / tick)
                picture.duration = round((index + 1) / rate / tick) - picture.pts  # without it the last frame has no duration
                container.mux(stream.encode(picture))
                if sound is not None:
                    sound.write_until(float((index + 1) / rate))

            with Behind(write) as behind:
                for index, frame in enumerate(chain([first], source)):
                    behind.put((index, frame))
                    yield Progress(index + 1, self.total, "Writing frames")
            container.mux(stream.encode())
            if sound is not None:
                sound.end()

    def _large(self, frame: Frame) -> Frame:
        scale = self.scale
        large = frame.repeat(scale, axis=0).repeat(scale, axis=1) if scale > 1 else frame
        height, width = large.shape[:2]
        if self.kind.even and (height % 2 or width % 2):
            large = np.pad(large, ((0, height % 2), (0, width % 2), (0, 0)), mode="edge")
        return np.ascontiguousarray(large)


def _write_folder(path: Path, frames: Iterable[Frame], total: int, scale: int, metadata: Mapping[str, str]) -> Work[None]:
    temporary = None
    try:
        if path.exists() and (not path.is_dir() or any(path.iterdir())):
            raise ZscapeError(f"{path} is there already; choose the name of a new folder")
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = Path(tempfile.mkdtemp(prefix=".zscape-", dir=path.parent))
        short = sum(map(len, metadata.values())) <= LONG_TEXTS
        for index, frame in enumerate(frames):
            if not temporary.is_dir():  # saving a picture would create the folder again, without the earlier pictures
                raise ZscapeError(f"{path}: cannot be written (its folder has gone); choose another folder")
            try:
                save_png(temporary / f"{index:05d}.png", frame, scale, metadata if short or index == 0 else None)
            except ZscapeError as error:  # the user does not know the temporary folder
                raise ZscapeError(str(error).replace(str(temporary), str(path))) from error
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
