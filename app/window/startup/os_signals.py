"""Signals of the operating system (Ctrl-C, a request to end) while a Qt event loop runs."""

from __future__ import annotations

import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QSocketNotifier
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

if sys.platform == "win32":  # no descriptors to wait on; its console closes programs by itself
    CLOSING: tuple[int, ...] = ()
else:
    CLOSING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)  # SIGHUP: the terminal was closed


def close_on_signals(window: QWidget, before: Callable[[], None]) -> None:
    """Let Ctrl-C in the terminal, closing the terminal and the system's request to end close the window normally, with all saved.

    before(): called first, so that no question is asked.
    """
    if not CLOSING:
        return

    def close() -> None:
        before()
        window.close()

    for number in CLOSING:
        signal.signal(number, _nothing)
    window.destroyed.connect(_wake_to_call(close))


@contextmanager
def on_interrupt(then: Callable[[], None]) -> Iterator[None]:
    """Within this context, the event loop calls `then` on Ctrl-C; afterwards Ctrl-C works as before.

    No KeyboardInterrupt is raised meanwhile: Qt would only print it if a slot was running, and the loop would continue.
    """
    if not CLOSING or threading.current_thread() is not threading.main_thread():  # only it handles signals
        yield
        return
    before = signal.signal(signal.SIGINT, _nothing)
    stop = _wake_to_call(then)
    try:
        yield
    finally:
        stop()
        signal.signal(signal.SIGINT, before)


def _nothing(*_: object) -> None:
    """A handler, so that a signal wakes the event loop and does nothing else."""


def _wake_to_call(then: Callable[[], None]) -> Callable[[], None]:
    """Let the event loop call `then` after each signal that has a handler; returns a function that ends this.

    Python runs its handlers only between its own instructions, and a waiting event loop runs none: a socket wakes it.
    """
    reader, writer = socket.socketpair()
    for end in (reader, writer):
        end.setblocking(False)
    notifier = QSocketNotifier(reader.fileno(), QSocketNotifier.Type.Read)

    def woken() -> None:
        reader.recv(64)
        then()

    notifier.activated.connect(woken)
    before = signal.set_wakeup_fd(writer.fileno(), warn_on_full_buffer=False)

    def stop() -> None:
        signal.set_wakeup_fd(before)
        if isValid(notifier):  # at the end of the program Qt's objects go in any order
            notifier.setEnabled(False)
        reader.close()
        writer.close()

    return stop
