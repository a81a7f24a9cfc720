"""A training thread has a lower priority than the window."""

import os
import sys
import threading

import pytest

from zscape.models.training.run.priority import NICENESS, lower_priority


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has a niceness for each thread")
def test_only_the_calling_thread_becomes_nice():
    found = []

    def work():
        lower_priority()
        found.append(os.getpriority(os.PRIO_PROCESS, threading.get_native_id()))

    before = os.getpriority(os.PRIO_PROCESS, threading.get_native_id())
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert found == [max(before, NICENESS)]
    assert os.getpriority(os.PRIO_PROCESS, threading.get_native_id()) == before


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere no priority is asked for")
def test_a_system_that_refuses_is_asked_once_and_is_no_error(monkeypatch):
    asked = []

    def refuse(*arguments):
        asked.append(arguments)
        raise PermissionError

    monkeypatch.setattr(os, "setpriority", refuse)
    lower_priority()
    assert len(asked) == 1
