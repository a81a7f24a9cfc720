"""What follows a drag is shown at once, then seldom, and always at the end."""

from PySide6.QtCore import QObject

from zscape.app.work.throttle import Throttle


def test_a_burst_of_calls_acts_first_and_last(qtbot):
    owner, asked, seen = QObject(), [], []
    throttle = Throttle(lambda: seen.append(len(asked)), owner)
    for number in range(1, 101):
        asked.append(number)
        throttle.call()
    assert seen == [1]
    qtbot.waitUntil(lambda: seen == [1, 100])


def test_after_a_rest_a_call_acts_at_once(qtbot):
    owner, seen = QObject(), []
    throttle = Throttle(lambda: seen.append(True), owner)
    throttle.call()
    qtbot.waitUntil(lambda: not throttle._timer.isActive())
    throttle.call()
    assert len(seen) == 2
