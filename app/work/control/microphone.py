"""A microphone as a controller: curves measured from its sound move numbers."""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from zscape.app.work.control.box import Box
from zscape.models.errors import ZscapeError

if TYPE_CHECKING:
    from collections.abc import Sequence

CARDS = Path("/dev/snd")
"""Where Linux has its sound devices: without it, the library only prints complaints to the terminal."""
ALSA = Path("/usr/share/alsa/alsa.conf")
"""The ALSA library that comes with PyAV looks for this file elsewhere."""
NAME = "sound "
"""The prefix of curve names among the controllers."""
DEVICES: dict[str, Sequence[tuple[str, str]]] = {
    "linux": (("alsa", "default"), ("alsa", "plughw:0,0")),
    "darwin": (("avfoundation", ":0"),),
}
"""By system: FFmpeg's formats and devices. The first that opens is used."""


class MicrophoneIn(QObject):
    """Listens to a microphone. arrived(): the box has something; emitted once until it is emptied.

    box: "sound CURVE" -> its value, from 0 to 1. devices: FFmpeg's formats and devices, the system's if none is given.
    """

    arrived = Signal()

    def __init__(self, parent: QObject | None = None, devices: Sequence[tuple[str, str]] | None = None) -> None:
        super().__init__(parent)
        self.box: Box[str, float] = Box()
        self._devices = devices
        self._thread: threading.Thread | None = None
        self._end = threading.Event()

    @property
    def on(self) -> bool:
        """Whether it is listening."""
        return self._thread is not None and self._thread.is_alive()

    def start(self) -> None:
        """Start listening. Raises ZscapeError if there is no microphone."""
        self.stop()
        container = self._opened()
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._hear, args=(container, self._end), name="control microphone", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Stop listening."""
        if self._thread is not None:
            self._end.set()
            self._thread.join(2.0)
            self._thread = None
            self.box.take()

    def _opened(self) -> Any:
        import av

        devices = self._devices if self._devices is not None else _devices()
        why = "none is known on this system"
        for kind, device in devices:
            try:
                container = av.open(device, format=kind)
                if container.streams.audio:
                    return container
                container.close()
            except (av.FFmpegError, OSError, ValueError) as error:
                why = getattr(error, "strerror", None) or str(error)
        raise ZscapeError(f"No microphone can be used ({why}): plug one in, or use a sound file, Animate > Sound.")

    def _hear(self, container: Any, end: threading.Event) -> None:
        """Runs in its own thread until `end` is set or the microphone is disconnected."""
        import av

        from zscape.models.media.audio.listening import Listener
        from zscape.models.media.audio.sound import RATE

        listener, resampler = Listener(), av.AudioResampler("flt", "mono", RATE)
        with container:
            try:
                for frame in container.decode(audio=0):
                    if end.is_set():
                        return
                    frame.pts = None
                    for piece in resampler.resample(frame):
                        found = listener.feed(piece.to_ndarray().reshape(-1))
                        if found and self.box.put({NAME + name: (share, 1) for name, share in found.items()}):
                            self.arrived.emit()
            except (av.FFmpegError, OSError):
                return  # it was unplugged


def _devices() -> Sequence[tuple[str, str]]:
    """The devices of this system. Raises ZscapeError if it cannot have any."""
    if sys.platform == "win32":
        import av

        return [("dshow", f"audio={each.name}") for each in av.enumerate_input_devices("dshow")]
    if sys.platform.startswith("linux"):
        if not CARDS.exists():
            raise ZscapeError("There is no microphone on this system: it has no sound card. A sound file works: Animate > Sound.")
        if ALSA.exists():
            os.environ.setdefault("ALSA_CONFIG_PATH", str(ALSA))
    return DEVICES.get(sys.platform, ())
