"""A backend for mido in tests: an instrument that the test plays, in a separate thread as in a system's library."""

import threading

from mido.ports import BaseInput

NAMES = ["Knobs"]
open_ports = {}


def get_devices(**_):
    return [{"name": name, "is_input": True, "is_output": False} for name in NAMES]


class Input(BaseInput):
    """The input port of the instrument."""

    _locking = False

    def _open(self, callback=None, **_):
        if self.name not in NAMES:
            raise OSError(f"unknown port {self.name!r}")
        self.callback = callback
        open_ports[self.name] = self

    def _close(self):
        del open_ports[self.name]


def play(*messages):
    """Send messages as if the instrument were played."""
    thread = threading.Thread(target=lambda: [open_ports["Knobs"].callback(each) for each in messages])
    thread.start()
    thread.join()
