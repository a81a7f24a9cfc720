"""Formats of films: containers, codecs, and what each can hold."""

from __future__ import annotations

import math
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path
from typing import Literal

import av

from zscape.models.errors import ZscapeError
from zscape.models.media.audio.sound import ENCODERS as SOUND_ENCODERS
from zscape.models.media.film.film_palette import Dither

RATES = (1.0, 120.0)
MOST_FRAMES = 100_000


@dataclass(frozen=True)
class Format:
    """One file format for animations.

    label: its name for the user. lossless: whether every pixel is kept exactly (GIF: of grey frames). ticks: time units per
    second in the file, 0 if the frame rate is kept exactly. even: whether width and height must be even (an odd side is padded by
    repeating its last row or column). codec: the encoder; if several, the first one available is used.
    """

    label: str
    lossless: bool
    ticks: int = 0
    even: bool = False
    container: str = ""
    codec: str | tuple[str, ...] = ""
    pixels: str = "rgb24"
    largest: int = 65535
    smallest: int = 1
    codec_options: Mapping[str, str] = field(default_factory=dict)
    container_options: Mapping[str, str] = field(default_factory=dict)

    def rate(self, fps: float) -> Fraction:
        """Return the frames per second at which the file plays if `fps` is asked for.

        Only GIF differs: a frame lasts whole 1/100 s, at least 2.
        """
        if self.codec == "gif":
            return Fraction(100, max(2, round(100 / fps)))
        return Fraction(fps).limit_denominator(1001)


# H.264 counts as visually lossless at crf 17 to 18, which flat pictures with hard edges need. ultrafast, with cheap options for
# smaller files (CABAC, B-frames, weighted prediction) and smooth edges (deblock), takes half the time of veryfast at crf 18,
# leaving that time for drawing, and is closer to the frames; files are a third larger: docs/speed.md. Every player reads yuv420p.
# faststart puts the index first, so that a browser can play before it has the whole file. bitexact leaves out Matroska's random
# track identifiers: the same film always has the same bytes.
FORMATS: dict[str, Format] = {
    ".gif": Format("GIF", True, 100, container="gif", codec="gif", pixels="pal8", container_options={"loop": "0"}),
    ".webp": Format("WebP", True, 1000, container="webp", codec="libwebp_anim", pixels="bgra", largest=16383,
                    codec_options={"lossless": "1", "quality": "60"}, container_options={"loop": "0"}),
    ".apng": Format("APNG", True, container="apng", codec="apng", container_options={"plays": "0"}),
    ".mp4": Format("MP4", False, even=True, container="mp4", codec="libx264", pixels="yuv420p", largest=16384,
                   codec_options={"crf": "17", "preset": "ultrafast", "x264-params": "cabac=1:deblock=0,0:bframes=3:weightp=1"},
                   container_options={"movflags": "+faststart"}),
    ".webm": Format("WebM", False, even=True, container="webm", codec="libvpx-vp9", pixels="yuv420p",
                    container_options={"fflags": "+bitexact"},
                    codec_options={"crf": "18", "b": "0", "deadline": "good", "cpu-used": "4", "row-mt": "1"}),
    "": Format("Folder of PNGs", True),
}  # fmt: skip
"""Formats by the suffix of the file name; a name without a suffix is a folder of PNGs."""
Codec = Literal["usual", "av1"]
AV1 = ("libsvtav1", "libaom-av1", "librav1e")
AV1_OPTIONS = {"libsvtav1": {"crf": "20", "preset": "8"}, "libaom-av1": {"crf": "20", "cpu-used": "6"}, "librav1e": {"qp": "60"}}


@dataclass(frozen=True)
class Choices:
    """Options of a film other than its size and rate.

    dither: of GIF. codec: of MP4 and WebM. quality: of WebP, 1 to 100; None for lossless. sound: a sound file to add to an MP4 or
    WebM, cut to the length of the film; None for none. sound_from: seconds to skip at the beginning of the sound.
    """

    dither: Dither = "none"
    codec: Codec = "usual"
    sound: Path | None = None
    sound_from: float = 0.0
    quality: int | None = None


USUAL = Choices()


def format_of(path: str | Path, codec: Codec = "usual") -> Format:
    """Return the format of `path`'s suffix with that codec. Raises ZscapeError for an unknown suffix and an unsuitable codec."""
    kind = FORMATS.get(Path(path).suffix.lower())
    if kind is None:
        raise ZscapeError(f"{path}: animations end in {', '.join(filter(None, FORMATS))}, or in nothing for a folder of PNGs")
    if codec == "usual":
        return kind
    if kind.container not in ("mp4", "webm"):
        raise ZscapeError(f"{path}: AV1 goes into .mp4 and .webm only")
    return replace(kind, label=f"{kind.label} with AV1", codec=AV1, codec_options={}, largest=8192, smallest=4)


def encoder_of(kind: Format) -> str:
    """Return the encoder of a format, "" if it needs none. Raises ZscapeError if this PyAV has none of its possible encoders."""
    if kind.codec is AV1:
        # Otherwise SVT-AV1 logs to stderr, and reports a stopped film as an error; failures are reported by av.
        os.environ.setdefault("SVT_LOG", "0")
    names = (kind.codec,) if isinstance(kind.codec, str) else kind.codec
    for name in names:
        try:
            if not name or av.codec.Codec(name, "w"):
                return name
        except (av.FFmpegError, ValueError):
            continue
    raise ZscapeError(f"{kind.label} cannot be written: this PyAV has no encoder {' or '.join(names)}; choose another format")


def frame_count(path: str | Path, seconds: float, fps: float) -> int:
    """Return the number of frames in a film of `seconds` at `fps`, or at the rate to which the format at `path` changes it.

    Raises ZscapeError as `format_of` does, for a rate outside RATES, and for a length that is not a finite number.
    """
    kind = check_animation(path, (0, 0), fps)
    if not math.isfinite(seconds):
        raise ZscapeError(f"{path}: a film cannot last {seconds} s; give a number of seconds.")
    return round(seconds * kind.rate(fps))


def check_count(path: str | Path, count: int, seconds: float, fps: float) -> None:
    """Raise ZscapeError unless a film may have `count` frames, from `seconds` at `fps` per second."""
    if not 1 <= count <= MOST_FRAMES:
        length = f"{seconds:g} s at {fps:g} a second"
        raise ZscapeError(f"{path}: {length} are {count:,} frames; 1 to {MOST_FRAMES:,} can be written.")


def check_quality(path: str | Path, quality: int | None) -> None:
    """Raise ZscapeError if the film at `path` cannot have that quality."""
    if quality is None:
        return
    if format_of(path).container != "webp":
        raise ZscapeError(f"{path}: a quality is chosen of .webp only; leave it out")
    if not 1 <= quality <= 100:
        raise ZscapeError(f"{path}: a quality of {quality} cannot be written; choose 1 to 100, or none for every pixel as it is")


def check_sound(path: str | Path, sound: Path | None) -> None:
    """Raise ZscapeError if the film at `path` cannot have sound, or this PyAV has no encoder for it."""
    kind = format_of(path)
    if sound is None:
        return
    if kind.container not in SOUND_ENCODERS:
        raise ZscapeError(f"{path}: {kind.label} has no sound; choose .mp4 or .webm, or leave the sound out")
    encoder_of(replace(kind, label=f"Sound in {kind.label}", codec=SOUND_ENCODERS[kind.container]))


def check_animation(
    path: str | Path, size: tuple[int, int], fps: float, scale: int = 1, exact: bool = False, codec: Codec = "usual"
) -> Format:
    """Return the format of `path`'s suffix, if it can hold frames of `size` (height, width) enlarged by `scale`.

    exact: whether the file must have exactly that size, so that an odd side is refused instead of padded. Raises ZscapeError,
    stating the limit, for anything `format_of` and `encoder_of` refuse, a rate outside RATES, a scale below 1 and frames that are
    too large.
    """
    kind = format_of(path, codec)
    encoder_of(kind)
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
    if 0 < min(height, width) * scale < kind.smallest:
        raise ZscapeError(
            f"{path}: {width * scale} x {height * scale} pixels are too few, {kind.label} takes {kind.smallest} a side at least"
        )
    if exact and kind.even and (height * scale % 2 or width * scale % 2):
        near = f"{(width * scale + 1) // 2 * 2}x{(height * scale + 1) // 2 * 2}"
        raise ZscapeError(f"{width * scale}x{height * scale}: {kind.label} needs an even width and height, such as {near}.")
    return kind
