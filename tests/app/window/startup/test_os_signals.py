"""Signals of the operating system, passed to Qt's event loop."""

import gc
import os
import signal

import pytest
from PySide6.QtCore import QSocketNotifier
from PySide6.QtWidgets import QWidget
from shiboken6 import delete

from zscape.app.window.startup.os_signals import CLOSING, close_on_signals


def notifiers():
    return {id(each): each for each in gc.get_objects() if type(each) is QSocketNotifier}


@pytest.fixture
def handlers():
    """Restores the handlers of signals."""
    before = {number: signal.getsignal(number) for number in CLOSING}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def test_each_signal_to_end_closes_the_window_without_a_question(qtbot, handlers):
    window, answered = QWidget(), []
    close_on_signals(window, lambda: answered.append(window.isVisible()))
    for number in CLOSING:
        assert signal.getsignal(number) not in (signal.SIG_DFL, signal.default_int_handler)
        window.show()
        os.kill(os.getpid(), number)
        qtbot.waitUntil(lambda: not window.isVisible())
    assert answered == [True for _ in CLOSING]
    if CLOSING:
        assert {"SIGINT", "SIGTERM", "SIGHUP"} == {signal.Signals(number).name for number in CLOSING}
    delete(window)
    assert signal.set_wakeup_fd(-1) == -1


def test_a_window_goes_quietly_after_what_waits_for_signals(qtbot, handlers):
    """As at the end of the program, where Qt's objects are deleted in any order."""
    earlier, window = notifiers(), QWidget()
    close_on_signals(window, lambda: None)
    for number, each in notifiers().items():
        if number not in earlier:
            delete(each)
    with qtbot.captureExceptions() as raised:
        delete(window)
    assert not raised
    assert signal.set_wakeup_fd(-1) == -1
