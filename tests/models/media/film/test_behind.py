"""Work in a separate thread is done in order, its failures are reported, and it is dropped when no longer wanted."""

import threading

import pytest

from zscape.models.media.film.behind import AHEAD, Behind


def test_all_is_done_in_order_when_the_block_ends():
    done = []
    with Behind(done.append) as behind:
        for item in range(50):
            behind.put(item)
    assert done == list(range(50))


def test_at_most_a_few_wait():
    gate, waiting = threading.Semaphore(0), []

    def take(item):
        gate.acquire()
        waiting.remove(item)

    with Behind(take) as behind:
        for item in range(20):
            waiting.append(item)
            if len(waiting) > AHEAD + 1:
                gate.release()
            behind.put(item)
            assert len(waiting) <= AHEAD + 3
        for _ in range(20):
            gate.release()
    assert waiting == []


@pytest.mark.parametrize("at", [0, 3, 9])
def test_an_error_is_raised_and_nothing_more_is_done(at):
    done = []

    def take(item):
        if item == at:
            raise OSError("full")
        done.append(item)

    def work():
        with Behind(take) as behind:
            for item in range(10):
                behind.put(item)

    with pytest.raises(OSError, match="full"):
        work()
    assert done == list(range(at))


def test_what_waits_is_dropped_when_the_block_fails():
    gate, done = threading.Event(), []

    def take(item):
        gate.wait()
        done.append(item)

    def work():
        with Behind(take) as behind:
            behind.put(1)
            behind.put(2)
            gate.set()
            raise KeyError

    with pytest.raises(KeyError):
        work()
    assert len(done) <= 2
    assert not any(thread.name == "film writer" for thread in threading.enumerate())
