"""Sound files: decoded to samples, added to films, and measured moment by moment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zscape.models.errors import ZscapeError
from zscape.models.files.reading import check_file
from zscape.models.progress import Progress, Work, finish

RATE = 48_000
"""Samples per second, a rate that AAC and Opus both support."""
ENCODERS = {"mp4": "aac", "webm": "libopus"}
"""Encoder by container, one that every player of it supports."""
LONGEST = 36_000
"""Maximum length in seconds of a sound file."""


def samples(path: Path, channels: int = 2) -> Iterator[NDArray[np.float32]]:
    """Yield the sound of a file in pieces float32 [N, channels], -1 to 1, at RATE; of a video its first sound track.

    channels: 1 or 2. Mono sound is equally loud in each of two channels; stereo is averaged to one. Raises ZscapeError if there
    is no sound, or it cannot be read.
    """
    import av  # takes 35 ms, too long while a window starts

    check_file(path)
    try:
        with av.open(str(path.absolute())) as container:  # a relative name with a colon would be taken for a URL
            stream = next(iter(container.streams.audio), None)
            if stream is None:
                raise ZscapeError(f"{path}: there is no sound in it; choose a WAV, MP3, Ogg, FLAC or M4A")
            resampler = None
            for frame in container.decode(stream):
                frame.pts = None  # pieces follow each other; some files have wrong time stamps
                if resampler is None:
                    layout = "mono" if frame.layout.nb_channels == 1 else "stereo"
                    resampler = av.AudioResampler("flt", layout, RATE)
                for piece in resampler.resample(frame):
                    yield _with_channels(piece.to_ndarray().reshape(-1, piece.layout.nb_channels), channels)
            for piece in resampler.resample(None) if resampler is not None else ():
                yield _with_channels(piece.to_ndarray().reshape(-1, piece.layout.nb_channels), channels)
    except (av.FFmpegError, OSError, ValueError) as error:
        what = getattr(error, "strerror", None) or error
        raise ZscapeError(f"{path} cannot be read as sound ({what}); choose a WAV, MP3, Ogg, FLAC or M4A") from error


def _with_channels(piece: NDArray[np.float32], channels: int) -> NDArray[np.float32]:
    """Convert float32 [N, 1 or 2] to [N, channels].

    Not by FFmpeg, which makes stereo from mono 3 dB quieter, and mono from stereo 3 dB louder.
    """
    if piece.shape[1] != channels:
        piece = piece.repeat(2, axis=1) if channels == 2 else piece.mean(axis=1, keepdims=True)
    return np.clip(piece, -1, 1)  # a mix of more channels may exceed the range


ESTIMATED = ("aac", "mp3")
"""Formats whose files need not say their length: FFmpeg estimates it from the rate at the beginning, so packets are counted."""
TRIMMED = 0.2
"""Maximum seconds of silence at the ends that an encoder of MP3 adds and a header subtracts."""


def sound_seconds(path: Path) -> float:
    """Return the length of a sound file in seconds, from its header, otherwise by reading it.

    Raises ZscapeError as `samples` does, and for a file without samples or longer than LONGEST.
    """
    seconds = _said_seconds(path)
    if seconds is None:
        seconds = 0.0
        for piece in samples(path, 1):
            seconds += len(piece) / RATE
            if seconds > LONGEST:
                break
    if seconds > LONGEST:
        raise ZscapeError(f"{path} is longer than {LONGEST:,} seconds; cut it first")
    if next(samples(path, 1), None) is None or seconds <= 0:
        raise ZscapeError(f"{path} is empty; choose another sound file")
    return seconds


def _said_seconds(path: Path) -> float | None:
    import av

    check_file(path)
    try:
        with av.open(str(path.absolute())) as container:
            stream = next(iter(container.streams.audio), None)
            said = float(stream.duration * stream.time_base) if stream is not None and stream.duration else None
            if stream is not None and container.format.name in ESTIMATED:
                held = float(sum(packet.duration or 0 for packet in container.demux(stream)) * stream.time_base)
                trimmed = container.format.name == "mp3" and said is not None and abs(said - held) < TRIMMED
                return said if trimmed else held
            if said is not None:
                return said
            return container.duration / 1_000_000 if stream is not None and container.duration else None
    except (av.FFmpegError, OSError, ValueError):
        return None  # reading it reports what is wrong


class SoundTrack:
    """The sound of a file from `start` seconds on, as a track of an open film, written as far as the film has got."""

    def __init__(self, container: Any, kind: str, path: Path, start: float = 0.0) -> None:
        self._container, self._source = container, samples(path)
        self._stream = container.add_stream(ENCODERS[kind], rate=RATE)
        self._stream.layout = "stereo"
        self._stream.format = "flt" if kind == "webm" else "fltp"
        self._rest: NDArray[np.float32] = np.zeros((0, 2), np.float32)
        self._done = 0
        self._skipped = round(start * RATE)

    def write_until(self, seconds: float) -> None:
        """Write the sound before `seconds`; nothing after the sound has ended."""
        import av

        wanted = round(seconds * RATE) - self._done
        while wanted > 0:
            if not len(self._rest):
                self._rest = next(self._source, self._rest)
                if not len(self._rest):
                    return
            if self._skipped:
                self._rest, self._skipped = self._rest[self._skipped :], max(0, self._skipped - len(self._rest))
                continue
            piece, self._rest = self._rest[:wanted], self._rest[wanted:]
            frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(piece).reshape(1, -1), format="flt", layout="stereo")
            frame.sample_rate, frame.pts = RATE, self._done
            self._container.mux(self._stream.encode(frame))
            self._done += len(piece)
            wanted -= len(piece)

    def end(self) -> None:
        """Write what the encoder still holds."""
        self._source.close()  # type: ignore[attr-defined]
        if self._done:
            self._container.mux(self._stream.encode(None))


WINDOW = 2048
"""Samples per measurement: 43 ms."""
BANDS = {"bass": (20.0, 250.0), "mid": (250.0, 4000.0), "high": (4000.0, 16000.0)}
"""In Hz."""
SPAN = 40.0
"""Decibels below the loudest moment at which a curve is 0."""
FADE = 0.15
"""Seconds in which an onset decays to 1/e."""
CURVES = ("level", *BANDS, "onsets")


@dataclass(frozen=True)
class SoundCurves:
    """Curves of a sound over time. fps: moments per second. curves: name -> float32 [N] from 0 to 1, N moments."""

    fps: float
    curves: dict[str, NDArray[np.float32]]


def sound_curves(path: Path, fps: float, seconds: float | None = None) -> SoundCurves:
    """Measure the curves CURVES of a sound file at `fps` moments per second, the first at its beginning.

    level: loudness (root mean square); bass, mid, high: that of BANDS; each in decibels, 0 at SPAN below its loudest moment and 1
    there. onsets: where notes begin, by the half-wave rectified spectral flux (Bello et al., A Tutorial on Onset Detection in
    Music Signals, 2005, eq. 4), each decaying within FADE. seconds: length to measure, None for all. Raises ZscapeError as
    `sound_seconds` does.
    """
    return finish(measure_sound(path, fps, seconds))


def measure_sound(path: Path, fps: float, seconds: float | None = None) -> Work[SoundCurves]:
    """Measure as `sound_curves` does, piece by piece: only a moment of a long sound is in memory."""
    length = sound_seconds(path) if seconds is None else seconds
    moments = max(1, round(length * fps))
    frequency = np.fft.rfftfreq(WINDOW, 1 / RATE)
    power = np.zeros((moments, 1 + len(BANDS)), np.float32)
    flux, before = np.zeros(moments, np.float32), np.zeros(len(frequency), np.float32)
    looks = _looks(path, fps, round(length * RATE))
    for moment in range(moments):
        if moment % 50 == 0:
            yield Progress(moment, moments, "Listening")
        look = next(looks)
        power[moment, 0] = (look**2).sum()
        for place, (low, high) in enumerate(BANDS.values(), 1):
            power[moment, place] = (look[(frequency >= low) & (frequency < high)] ** 2).sum()
        flux[moment] = np.maximum(look - before, 0).sum()
        before = look
    curves = {name: _decibels(power[:, place]) for place, name in enumerate(("level", *BANDS))}
    return SoundCurves(fps, {**curves, "onsets": _onsets(flux, fps)})


def _looks(path: Path, fps: float, most: int) -> Iterator[NDArray[np.float32]]:
    """Yield the spectrum around each moment, forever; from the first `most` samples, with silence around them."""
    pieces = _first(path, most)
    first = next(pieces, None)
    if first is None or not len(first):
        raise ZscapeError(f"{path} is empty; choose another sound file")
    half, whole = np.zeros(WINDOW // 2, np.float32), np.zeros(WINDOW, np.float32)
    coming = chain([first[:, 0]], (piece[:, 0] for piece in pieces), [whole])
    window = np.hanning(WINDOW).astype(np.float32)
    known, at = half, 0  # samples that may still be needed, and the position of the first
    for moment in count():
        start = round(moment * RATE / fps)
        while at + len(known) < start + WINDOW and (piece := next(coming, None)) is not None:
            known = np.concatenate([known, piece])
            dropped = max(0, min(start - at, len(known) - WINDOW))
            known, at = known[dropped:], at + dropped
        place = min(start - at, len(known) - WINDOW)
        yield np.abs(np.fft.rfft(known[place : place + WINDOW] * window)).astype(np.float32) / (WINDOW / 4)


def _first(path: Path, count: int) -> Iterator[NDArray[np.float32]]:
    for piece in samples(path, 1):
        yield piece[:count]
        count -= len(piece)
        if count <= 0:
            return


def _decibels(power: NDArray[np.float32]) -> NDArray[np.float32]:
    loudest = float(power.max())
    if loudest < 1e-10:  # silence
        return np.zeros_like(power)
    share = 1 + 10 * np.log10(np.maximum(power / loudest, 1e-12)) / SPAN
    curve: NDArray[np.float32] = np.clip(share, 0, 1).astype(np.float32)
    return curve


def _onsets(flux: NDArray[np.float32], fps: float) -> NDArray[np.float32]:
    """Return peaks of the flux above the mean around them, each decaying."""
    around = max(1, round(0.2 * fps))
    padded = np.pad(flux, around, mode="edge")
    mean = np.convolve(padded, np.ones(2 * around + 1) / (2 * around + 1), "valid")
    over = np.maximum(flux - 1.3 * mean, 0)
    peak = float(over.max())
    if peak < 1e-5:
        return np.zeros_like(flux)
    kept = float(np.exp(-1 / (FADE * fps)))
    found = np.zeros_like(flux)
    for moment, height in enumerate(over / peak):
        found[moment] = max(height, found[moment - 1] * kept if moment else 0.0)
    return found
