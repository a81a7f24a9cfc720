"""What follows a drag is updated at once, then rarely, and always at the end."""

import pytest
from PySide6.QtCore import QObject

from zscape.app.widgets.throttle import throttled


@pytest.fixture
def owner(qapp):
    return QObject()


def test_a_burst_of_calls_acts_first_and_last(qtbot, owner):
    asked, seen = [], []
    throttler = throttled(lambda: seen.append(len(asked)), owner)
    for number in range(1, 101):
        asked.append(number)
        throttler.throttle()
    assert seen == [1]
    qtbot.waitUntil(lambda: seen == [1, 100])


def test_after_a_rest_a_call_acts_at_once(qtbot, owner, monkeypatch):
    monkeypatch.setattr("zscape.app.widgets.throttle.INTERVAL_MS", 1)
    seen = []
    throttler = throttled(lambda: seen.append(True), owner)

    def acts_at_once():
        before = len(seen)
        throttler.throttle()
        return len(seen) == before + 1

    assert acts_at_once()
    qtbot.waitUntil(acts_at_once)  # tried again every few milliseconds
