"""The rate at which something arrives."""

import pytest

from zscape.app.work.control.rate import Rate


def test_the_rate_is_per_second_and_forgotten_after_a_pause():
    now = [10.0]
    rate = Rate(lambda: now[0])
    assert rate.per_second == 0
    for _ in range(110):
        rate.add(100)
        now[0] += 0.01
    assert rate.per_second == pytest.approx(10_000, rel=0.02)
    now[0] += 0.5
    assert rate.per_second > 0
    now[0] += 0.7
    assert rate.per_second == 0
    rate.add(5)
    assert rate.per_second == 0, "a second is not over yet"
