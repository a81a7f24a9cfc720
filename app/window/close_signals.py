"""Signals from outside that ask the program to end."""

from __future__ import annotations

import signal
import socket
import sys
from collections.abc import Callable

from PySide6.QtCore import QSocketNotifier
from PySide6.QtWidgets import QWidget


def close_on_signals(window: QWidget, before: Callable[[], None]) -> None:
    """Let Ctrl-C in the terminal, its end and the system's request to end close the window as a person would: with all saved.

    before(): is called first, so that nothing is asked.
    """
    if sys.platform == "win32":  # it has no descriptors to wait on; its console closes programs by itself
        return
    reader, writer = socket.socketpair()
    reader.setblocking(False)
    writer.setblocking(False)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):  # the last where the terminal it was started in is closed
        signal.signal(number, lambda *_: None)
    # Python's handlers run between its own instructions only, which a waiting event loop has none of: a descriptor wakes it.
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
