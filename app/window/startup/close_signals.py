"""Operating-system signals that ask the program to end."""

from __future__ import annotations

import signal
import socket
import sys
from collections.abc import Callable

from PySide6.QtCore import QSocketNotifier
from PySide6.QtWidgets import QWidget


def close_on_signals(window: QWidget, before: Callable[[], None]) -> None:
    """Let Ctrl-C in the terminal, closing the terminal and the system's request to end close the window normally, with all saved.

    before(): called first, so that no question is asked.
    """
    if sys.platform == "win32":  # no descriptors to wait on; its console closes programs by itself
        return
    reader, writer = socket.socketpair()
    reader.setblocking(False)
    writer.setblocking(False)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):  # SIGHUP: the terminal was closed
        signal.signal(number, lambda *_: None)
    # Python runs its signal handlers only between bytecode instructions, and a waiting event loop runs none: a descriptor wakes
    # it.
    signal.set_wakeup_fd(writer.fileno(), warn_on_full_buffer=False)
    notifier = QSocketNotifier(reader.fileno(), QSocketNotifier.Type.Read, window)

    def close() -> None:
        reader.recv(64)
        before()
        window.close()

    def give_back() -> None:
        signal.set_wakeup_fd(-1)
        reader.close()
        writer.close()

    notifier.activated.connect(close)
    window.destroyed.connect(give_back)
