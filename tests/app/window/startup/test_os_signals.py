"""Signals of the operating system, passed to Qt's event loop."""

import gc
import signal

from PySide6.QtCore import QSocketNotifier
from PySide6.QtWidgets import QWidget
from shiboken6 import delete

from zscape.app.window.startup.os_signals import CLOSING, close_on_signals


def notifiers():
    return {id(each): each for each in gc.get_objects() if type(each) is QSocketNotifier}


def test_a_window_goes_quietly_after_what_waits_for_signals(qtbot):
    """As at the end of the program, where Qt's objects are deleted in any order."""
    before = {number: signal.getsignal(number) for number in CLOSING}
    earlier, window = notifiers(), QWidget()
    try:
        close_on_signals(window, lambda: None)
        for number, each in notifiers().items():
            if number not in earlier:
                delete(each)
        with qtbot.captureExceptions() as raised:
            delete(window)
        assert not raised
        assert signal.set_wakeup_fd(-1) == -1
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
