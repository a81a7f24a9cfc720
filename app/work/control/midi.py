"""MIDI: controllers and keys heard by mido, which is asked for nothing before a person switches it on."""

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
"""Where Linux has MIDI: without it the library only complains, on the terminal."""
PITCH = 8192


def controller_of(message: Any) -> tuple[str, float] | None:
    """Which controller a mido message is of, and how far it stands, from 0 to 1; None for what is no controller.

    A key counts while it is pressed, with how hard. Channels are counted from 1, as on the instruments.
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
    """Hears one instrument. arrived(): the box has something; it is told once until that is taken.

    box: controller -> where it stands, from 0 to 1. backend: what mido asks for instruments, the system's where none is given.
    """

    arrived = Signal()

    def __init__(self, parent: QObject | None = None, backend: ModuleType | None = None) -> None:
        super().__init__(parent)
        self.box: Box[str, float] = Box()
        self._backend = backend
        self._port: Any = None

    @property
    def name(self) -> str:
        """Which instrument it hears, "" for none."""
        return str(self._port.name) if self._port is not None else ""

    def instruments(self) -> list[str]:
        """The instruments that there are. Raises ZscapeError where there can be none."""
        return list(self._asked().get_input_names())

    def start(self, name: str) -> None:
        """Hear the instrument called `name`. Raises ZscapeError where it cannot be had."""
        self.stop()
        backend = self._asked()
        try:
            self._port = backend.open_input(name, callback=self._take)
        except Exception as error:  # each system's library raises errors of its own
            raise ZscapeError(f"{name!r} cannot be opened: {error}. Is it plugged in, and not in use elsewhere?") from error

    def stop(self) -> None:
        """Hear nothing any more."""
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
        """In the library's thread."""
        found = controller_of(message)
        if found is not None and self.box.put({found[0]: (found[1], 1)}):
            self.arrived.emit()
