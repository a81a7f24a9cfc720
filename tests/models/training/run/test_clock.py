"""The remaining time of a run: shown once the pace has settled, and without jumps."""

import pytest

from zscape.models.training.run import clock as module
from zscape.models.training.run.clock import SETTLED, Clock


@pytest.fixture
def now(monkeypatch):
    """The current time, as a list with one number that a test changes."""
    now = [100.0]
    monkeypatch.setattr(module.time, "monotonic", lambda: now[0])
    return now


def run(clock, now, seconds, step, each):
    """Work for `seconds` with a step every `each` seconds; returns the remaining times that were reported, and the last step."""
    told = []
    for _ in range(round(seconds / each)):
        now[0] += each
        step += 1
        told.append(clock.figures(step, 10_000).get("seconds_left"))
    return [left for left in told if left is not None], step


def test_nothing_is_told_before_the_pace_has_settled(now):
    clock = Clock(0.0, 8)
    told, step = run(clock, now, SETTLED - 1, 0, 1.0)
    assert told == []
    told, step = run(clock, now, 5, step, 1.0)
    assert told[-1] == pytest.approx(10_000 - step, rel=0.01)


def test_a_burst_of_other_work_hardly_changes_it(now):
    clock = Clock(0.0, 8)
    _, step = run(clock, now, 60, 0, 0.5)
    before, step = run(clock, now, 1, step, 0.5)
    during, step = run(clock, now, 6, step, 2.0)  # four times slower for six seconds
    assert max(during) < 1.2 * before[-1]
    after, _ = run(clock, now, 90, step, 2.0)  # if it stays that slow, the time follows
    assert after[-1] == pytest.approx(4 * before[-1], rel=0.05)


def test_a_pause_is_no_slow_step(now):
    clock = Clock(0.0, 8)
    _, step = run(clock, now, 60, 0, 0.5)
    now[0] += 3600
    told, step = run(clock, now, 30, step, 0.5)
    assert told[-1] == pytest.approx((10_000 - step) / 2, rel=0.05)
    assert max(told) < 5_200
