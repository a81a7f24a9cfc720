"""MIDI input: reads controllers and keys through mido, which is not used before the user switches it on."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from zscape.app.work.control.box import Box
from zscape.models.errors import ZscapeError

if TYPE_CHECKING:
    from types import ModuleType

SEQUENCER = Path("/dev/snd/seq")
"""Where Linux has MIDI: without it, the library only prints complaints to the terminal."""
PITCH = 8192


def controller_of(message: Any) -> tuple[str, float] | None:
    """The controller of a mido message and its value, from 0 to 1; None if the message is not from a controller.

    A key has a value while it is pressed: how hard. Channels are counted from 1, as on instruments.
    """
    channel = getattr(message, "channel", 0) + 1
    if message.type == "control_change":
        return f"channel {channel} CC {message.control}", message.value / 127
    if message.type == "pitchwheel":
        return f"channel {channel} pitch", (message.pitch + PITCH) / (2 * PITCH - 1)
    if message.type == "note_on" and message.velocity > 0:
        return f"channel {channel} key {message.note}", message.velocity / 127
    return None


class MidiIn(QObject):
    """Listens to one instrument. arrived(): the box has something; emitted once until it is emptied.

    box: controller -> its value, from 0 to 1. backend: where mido looks for instruments, the system's if none is given.
    """

    arrived = Signal()

    def __init__(self, parent: QObject | None = None, backend: ModuleType | None = None) -> None:
        super().__init__(parent)
        self.box: Box[str, float] = Box()
        self._backend = backend
        self._port: Any = None

    @property
    def name(self) -> str:
        """The instrument it listens to, "" for none."""
        return str(self._port.name) if self._port is not None else ""

    def instruments(self) -> list[str]:
        """The connected instruments. Raises ZscapeError if MIDI is not available."""
        return list(self._asked().get_input_names())

    def start(self, name: str) -> None:
        """Listen to the instrument called `name`. Raises ZscapeError if it cannot be opened."""
        self.stop()
        backend = self._asked()
        try:
            self._port = backend.open_input(name, callback=self._take)
        except Exception as error:  # each system's library has its own exceptions
            raise ZscapeError(f"{name!r} cannot be opened: {error}. Is it plugged in, and not in use elsewhere?") from error

    def stop(self) -> None:
        """Stop listening."""
        if self._port is not None:
            self._port.close()
            self._port = None
            self.box.take()

    def _asked(self) -> Any:
        import_line = "MIDI needs mido and python-rtmidi, which are not installed: pip install 'zscape[control]'."
        try:
            import mido
        except ImportError as error:
            raise ZscapeError(import_line) from error
        if self._backend is not None:
            return mido.Backend(self._backend.__name__)
        if sys.platform.startswith("linux") and not SEQUENCER.exists():
            raise ZscapeError("There is no MIDI on this system: it has no ALSA sequencer. OSC works without one.")
        try:
            import rtmidi  # noqa: F401
        except ImportError as error:
            raise ZscapeError(import_line) from error
        backend = mido.Backend("mido.backends.rtmidi")
        try:
            backend.get_input_names()
        except Exception as error:
            raise ZscapeError(f"There is no MIDI on this system: {error}. OSC works without it.") from error
        return backend

    def _take(self, message: Any) -> None:
        """Called in the library's thread."""
        found = controller_of(message)
        if found is not None and self.box.put({found[0]: (found[1], 1)}):
            self.arrived.emit()
