"""Of several jobs, only the newest one matters."""

import threading

import pytest

from zscape.app.work.jobs import JobQueue
from zscape.app.work.latest_job import LatestJob
from zscape.models.errors import ZscapeError
from zscape.models.progress import Progress


@pytest.fixture
def jobs(qapp):
    queue = JobQueue()
    yield queue
    queue.shut_down()


@pytest.fixture
def latest(jobs):
    return LatestJob(jobs)


def answer(value, closed=None, gate=None):
    """Work that returns `value` once `gate` is set; if it is abandoned, `value` is appended to `closed`."""

    def work():
        try:
            while gate is not None and not gate.is_set():
                yield Progress(0, 0, f"Waiting to say {value}")
        except GeneratorExit:
            closed.append(value)
            raise
        yield Progress(1, 1, "Saying")
        return value

    return work


def test_the_newest_start_wins_and_the_others_are_given_up(qtbot, latest):
    results, closed, gate = [], [], threading.Event()
    latest.finished.connect(results.append)
    latest.start("one", answer(1, closed, gate))
    qtbot.waitSignal(latest.progressed).wait()
    latest.start("two", answer(2, closed, gate))
    latest.start("three", answer(3))
    assert latest.busy
    qtbot.waitUntil(lambda: not latest.busy)
    assert results == [3]
    assert closed == [1]  # the second one never started


def test_a_cancelled_job_says_nothing_more(qtbot, latest, jobs):
    said, closed, gate = [], [], threading.Event()
    latest.finished.connect(said.append)
    latest.failed.connect(said.append)
    latest.start("one", answer(1, closed, gate))
    qtbot.waitSignal(latest.progressed).wait()
    latest.cancel()
    assert not latest.busy
    qtbot.waitUntil(lambda: not jobs.jobs)
    assert (said, closed) == ([], [1])


def test_a_failure_is_told_and_the_next_one_runs(qtbot, latest):
    def broken():
        yield Progress(0, 1, "Trying")
        raise ZscapeError("It is empty: choose another.")

    with qtbot.waitSignal(latest.failed) as failed:
        latest.start("broken", broken)
    assert failed.args == ["It is empty: choose another."]
    qtbot.waitUntil(lambda: not latest.busy)
    with qtbot.waitSignal(latest.finished) as finished:
        latest.start("good", answer(5))
    assert finished.args == [5]
    qtbot.waitUntil(lambda: not latest.busy)


@pytest.mark.parametrize("broken", [False, True])
def test_a_job_is_free_when_its_end_is_signalled(qtbot, latest, broken):
    """No other signal follows, so a receiver that waits for it to be free would wait forever."""

    def failing():
        yield Progress(0, 1, "Trying")
        raise ZscapeError("It is empty: choose another.")

    busy, results = [], []

    def go_on(*_):
        busy.append(latest.busy)
        if len(busy) == 1:
            latest.start("next", answer(6))

    latest.finished.connect(results.append)
    latest.finished.connect(go_on)
    latest.failed.connect(go_on)
    latest.start("first", failing if broken else answer(5))
    qtbot.waitUntil(lambda: len(busy) == 2)
    assert busy == [False, False]
    assert results == ([6] if broken else [5, 6])
    qtbot.waitUntil(lambda: not latest.busy)
