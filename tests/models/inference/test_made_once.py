"""Values that are made once for each model and device."""

import gc
import threading

import pytest

from zscape.models.inference.made_once import MadeOnce


class Owner:
    pass


def test_it_is_made_once_for_each_owner_and_place():
    made = []
    once = MadeOnce(lambda owner, place: made.append(place) or [place])
    first, second = Owner(), Owner()
    assert once.of(first, "cpu") is once.of(first, "cpu")
    assert once.of(first, "cuda") is not once.of(first, "cpu")
    assert once.of(second, "cpu") is not once.of(first, "cpu")
    assert made == ["cpu", "cuda", "cpu"]


def test_threads_that_ask_together_get_the_same():
    asked, gate, found = [], threading.Barrier(8), []
    once, owner = MadeOnce(lambda owner, place: asked.append(place) or object()), Owner()

    def ask():
        gate.wait()
        found.append(once.of(owner, 0))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(set(map(id, found))) == len(asked) == 1


def test_what_could_not_be_made_is_tried_again_and_nothing_outlives_its_owner():
    tries, dropped = [], []

    class Made:
        def __del__(self):
            dropped.append(1)

    def make(owner, place):
        tries.append(place)
        if len(tries) == 1:
            raise ValueError("not yet")
        return Made()

    once, owner = MadeOnce(make), Owner()
    with pytest.raises(ValueError, match="not yet"):
        once.of(owner, 0)
    assert isinstance(once.of(owner, 0), Made)
    del owner
    gc.collect()
    assert dropped
