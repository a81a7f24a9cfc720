"""Handles Ctrl-C while a call runs a Qt event loop and waits for it."""

from __future__ import annotations

import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QSocketNotifier


@contextmanager
def on_interrupt(then: Callable[[], None]) -> Iterator[None]:
    """Within this context, the event loop calls `then` on Ctrl-C; afterwards Ctrl-C works as before.

    No KeyboardInterrupt is raised meanwhile: Qt would only print it if a slot was running, and the loop would continue.
    """
    if sys.platform == "win32" or threading.current_thread() is not threading.main_thread():  # only it handles signals
        yield
        return
    reader, writer = socket.socketpair()
    for end in (reader, writer):
        end.setblocking(False)
    notifier = QSocketNotifier(reader.fileno(), QSocketNotifier.Type.Read)

    def woken() -> None:
        reader.recv(64)
        then()

    notifier.activated.connect(woken)
    before = signal.signal(signal.SIGINT, lambda *_: None)
    # Python runs signal handlers only between its own instructions, and a waiting event loop runs none: a socket wakes it.
    woke = signal.set_wakeup_fd(writer.fileno(), warn_on_full_buffer=False)
    try:
        yield
    finally:
        signal.set_wakeup_fd(woke)
        signal.signal(signal.SIGINT, before)
        notifier.setEnabled(False)
        reader.close()
        writer.close()
