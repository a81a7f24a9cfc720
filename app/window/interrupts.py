"""Ctrl-C while an event loop runs that a call waits for."""

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
    """While it holds, Ctrl-C calls `then` out of the event loop; afterwards it does what it did before.

    An exception in the middle of a slot would be printed by Qt, and the loop would go on.
    """
    if sys.platform == "win32" or threading.current_thread() is not threading.main_thread():  # signals are the main thread's
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
    # Python's handlers run between its own instructions only, which a waiting event loop has none of: a descriptor wakes it.
    woke = signal.set_wakeup_fd(writer.fileno(), warn_on_full_buffer=False)
    try:
        yield
    finally:
        signal.set_wakeup_fd(woke)
        signal.signal(signal.SIGINT, before)
        notifier.setEnabled(False)
        reader.close()
        writer.close()
