"""Audio output: sends samples to the system's sound output, if there is one. Qt's audio module is imported only when needed."""

from __future__ import annotations

import importlib.util
from typing import Protocol

from zscape.models.errors import ZscapeError
from zscape.models.media.audio.kept_sound import BYTES
from zscape.models.media.audio.sound import RATE

AHEAD = 0.2
"""Seconds of samples written in advance, so that the sound does not stutter when the window is busy."""
NO_MODULE = "QtMultimedia is not installed (pip install 'zscape[sound]')"


class AudioOut(Protocol):
    """Plays int16 stereo samples (left, right interleaved), at RATE, in the order they are written."""

    room: int
    """The most samples that wait to be heard."""

    def start(self) -> None:
        """Open the output."""

    def stop(self) -> None:
        """Stop at once and discard the samples that were not heard yet."""

    def free(self) -> int:
        """How many samples can be written now. Raises ZscapeError if the output has been lost."""

    def write(self, samples: bytes) -> int:
        """Write samples; returns how many were accepted."""


def open_output() -> AudioOut:
    """The system's output. Raises ZscapeError if there is none, or Qt's audio module is missing."""
    if importlib.util.find_spec("PySide6.QtMultimedia") is None:
        raise ZscapeError(NO_MODULE)
    return _QtOutput()


class _QtOutput:
    def __init__(self) -> None:
        try:
            from PySide6.QtMultimedia import QAudioFormat, QAudioSink, QMediaDevices, QtAudio
        except ImportError as error:  # a system library is missing
            raise ZscapeError(f"QtMultimedia cannot be loaded ({str(error).splitlines()[0]})") from error
        device = QMediaDevices.defaultAudioOutput()
        if device.isNull():
            raise ZscapeError("this system has no sound output")
        wanted = QAudioFormat()
        wanted.setSampleRate(RATE)
        wanted.setChannelCount(2)
        wanted.setSampleFormat(QAudioFormat.SampleFormat.Int16)
        if not device.isFormatSupported(wanted):
            raise ZscapeError(f"{device.description()} does not play {RATE} samples a second")
        self._sink = QAudioSink(device, wanted)
        self._sink.setBufferSize(round(AHEAD * RATE) * BYTES)
        self._fine = QtAudio.Error.NoError, QtAudio.Error.UnderrunError
        self._device = self._sink.start()
        if self._device is None or self._sink.error() not in self._fine:
            raise ZscapeError(f"{device.description()} cannot be opened")
        self.room = self._sink.bufferSize() // BYTES
        self._sink.reset()
        self._sink.stop()

    def start(self) -> None:
        self._device = self._sink.start()

    def stop(self) -> None:
        self._sink.reset()
        self._sink.stop()

    def free(self) -> int:
        if self._device is None or self._sink.error() not in self._fine:
            raise ZscapeError("the sound output is gone")
        return int(self._sink.bytesFree()) // BYTES

    def write(self, samples: bytes) -> int:
        return int(self._device.write(samples)) // BYTES if self._device is not None else 0
