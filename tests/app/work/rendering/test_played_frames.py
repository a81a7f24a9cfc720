"""Frames of a playing film are cached: the next round shows them without drawing."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from PySide6.QtCore import QObject
from recipes import recipe
from stage import small_model

from zscape.app.widgets.pictures.frame import Frame
from zscape.app.work.rendering.ahead import Ahead
from zscape.app.work.rendering.played_frames import STALE, PlayedFrames
from zscape.app.work.rendering.render_requests import Options
from zscape.app.work.rendering.renderer import Renderer
from zscape.models.inference.runner import GeneratorRunner
from zscape.models.media.grids import bgra
from zscape.models.sweeps.single import Single

SIZE = 100
"""The size of a frame in these tests, in bytes."""
SWEEPS = [Single(recipe(seeds=((seed, 1.0),))) for seed in range(6)]


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


def frame(sweep, complete=True, channel="view"):
    images, points = np.full((1, 10, 10, 1), 7, np.uint8), SimpleNamespace(rows=1, columns=1)
    return Frame(channel, 1, None, sweep, points, images, bgra(images, 1, 1), 0.0, 0.02, complete)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def frames(clock):
    """A cache with room for three frames."""
    return PlayedFrames(3 * SIZE, clock)


def kept(frames):
    return [place for place, sweep in enumerate(SWEEPS) if frames.find("view", sweep, 0, 0.0) is not None]


def test_a_kept_frame_answers_the_request_that_finds_it(frames):
    first = frame(SWEEPS[0])
    frames.keep(first)
    same = replace(SWEEPS[0])
    found = frames.find("view", same, 7, 2.5)
    assert (found.request, found.asked, found.seconds) == (7, 2.5, 0.0)
    assert found.sweep is same  # the very object by which the player recognises it
    assert (found.pixels == first.pixels).all()
    assert frames.find("other", SWEEPS[0], 8, 3.0) is None
    assert frames.find("view", SWEEPS[1], 9, 3.0) is None
    frames.clear()
    assert kept(frames) == []


def test_interrupted_frames_are_not_cached(frames):
    frames.keep(frame(SWEEPS[0], complete=False))
    assert kept(frames) == []


def test_of_a_film_without_room_the_first_part_stays(frames, clock):
    for sweep in SWEEPS:
        clock.now += 1
        frames.keep(frame(sweep))
    assert kept(frames) == [0, 1, 2]


def test_current_playback_replaces_older_frames(frames, clock):
    for sweep in SWEEPS[:3]:
        frames.keep(frame(sweep))
    clock.now = 1.0
    assert [frames.keep(frame(sweep), since=0.5) for sweep in SWEEPS[3:]] == [True, True, True]
    assert kept(frames) == [3, 4, 5]
    assert not frames.keep(frame(SWEEPS[0]), since=0.5), "nothing is left that may go"
    assert frames.room_for(frame(SWEEPS[0]), 3)
    assert not frames.room_for(frame(SWEEPS[0]), 4)


def test_stale_frames_are_dropped_first(frames, clock):
    for sweep in SWEEPS[:3]:
        frames.keep(frame(sweep))
    clock.now = STALE
    frames.find("view", SWEEPS[1], 0, 0.0)
    clock.now = STALE + 1
    frames.keep(frame(SWEEPS[3]))
    frames.keep(frame(SWEEPS[4]))
    frames.keep(frame(SWEEPS[5]))
    assert kept(frames) == [1, 3, 4]


def test_the_room_is_given_back_once_nothing_plays(frames, clock):
    for number, sweep in enumerate(SWEEPS[:3]):
        clock.now = number
        frames.keep(frame(sweep))
    clock.now = STALE + 1.5
    frames.drop_stale()
    assert kept(frames) == [2]


def test_a_redrawn_frame_replaces_the_old_one(frames):
    for _ in range(5):
        frames.keep(frame(SWEEPS[0]))
    for sweep in SWEEPS[1:3]:
        frames.keep(frame(sweep))
    assert kept(frames) == [0, 1, 2]


@pytest.fixture
def drawn(qapp, qtbot, monkeypatch):
    """drawn(*requests): the frames that a renderer makes for them, and the number of drawings."""
    drawings = []
    draw = GeneratorRunner.draw

    def counted(self, *given):
        drawings.append(given)
        return draw(self, *given)

    monkeypatch.setattr(GeneratorRunner, "draw", counted)
    parent = QObject()
    renderer = Renderer(parent)
    heard = []
    renderer.frame_ready.connect(heard.append)
    renderer.adopt(small_model(), "cpu")
    renderer.begin()
    qtbot.waitUntil(lambda: renderer.opened is not None, timeout=20_000)

    def ask(*requests):
        for sweep, moving in requests:
            number = renderer.request("view", sweep, Options(moving))
            qtbot.waitUntil(lambda number=number: any(each.request == number for each in heard), timeout=20_000)
        return [each for each in heard if not each.draft], len(drawings)

    ask.renderer = renderer
    yield ask
    renderer.stop()


def test_the_second_round_is_not_drawn_and_looks_the_same(drawn):
    again = [replace(sweep) for sweep in SWEEPS[:3]]
    frames, count = drawn(*((sweep, True) for sweep in SWEEPS[:3]), *((sweep, True) for sweep in again))
    assert count == 3
    for before, after, sweep in zip(frames[:3], frames[3:], again, strict=True):
        assert (before.pixels == after.pixels).all()
        assert after.sweep is sweep
        assert after.request > before.request


def test_frames_are_cached_only_during_playback(drawn):
    _, count = drawn((SWEEPS[0], False), (SWEEPS[1], False), (SWEEPS[0], False))
    assert count == 3


def test_frames_drawn_ahead_answer_at_once(drawn, qtbot):
    ahead, told = Ahead(5, 30, lambda number: replace(SWEEPS[number])), []
    drawn.renderer.ahead_drawn.connect(lambda each: told.append(each.drawn))
    drawn.renderer.request("view", SWEEPS[0], Options(True, ahead=ahead))
    frames, count = drawn((SWEEPS[0], True))
    assert not told, "not before it is wanted"
    drawn.renderer.request("view", SWEEPS[0], Options(True, ahead=ahead))
    drawn.renderer.draw_ahead(ahead)
    qtbot.waitUntil(lambda: ahead.over, timeout=20_000)
    qtbot.waitUntil(lambda: len(told) == 5)
    assert told == sorted(told), "more and more of them: it may be ahead of what is told"
    assert told[-1] == 5
    _, after = drawn()
    assert after == count + 4, "the first was there"
    frames, again = drawn(*((sweep, True) for sweep in SWEEPS[:5]))
    assert again == after
    assert [each.sweep for each in frames[-5:]] == SWEEPS[:5]
    drawn(*((sweep, False) for sweep in SWEEPS[1:5]))
    exact = drawn()[0][-4:]
    assert all((one.pixels == other.pixels).all() for one, other in zip(exact, frames[-4:], strict=True))


def test_a_frame_being_drawn_ahead_is_not_drawn_twice(drawn, qtbot, monkeypatch):
    asked, draw = [], GeneratorRunner.draw

    def fall_due(self, points, stop, draft, allowed):
        assert allowed > 1 / 60, "a film has 30 frames a second"
        if not asked:
            asked.append(drawn.renderer.request("view", replace(SWEEPS[1]), Options(True, ahead=ahead)))
            assert not stop(), "it is under way"
            drawn.renderer.request("other", SWEEPS[5])
            assert stop(), "something else is wanted"
            drawn.renderer.forget("other")
        return draw(self, points, stop, draft, allowed)

    ahead = Ahead(3, 30, lambda number: replace(SWEEPS[number]))
    ahead.keep(0)
    drawn.renderer.request("view", SWEEPS[0], Options(True, ahead=ahead))
    drawn()
    monkeypatch.setattr(GeneratorRunner, "draw", fall_due)
    drawn.renderer.draw_ahead(ahead)
    qtbot.waitUntil(lambda: ahead.over, timeout=20_000)
    assert asked
    _, count = drawn()
    drawn((replace(SWEEPS[1]), True))
    assert drawn()[1] == count


def test_another_model_draws_anew(drawn, qtbot):
    frames, _ = drawn((SWEEPS[0], True))
    opened = drawn.renderer.opened
    drawn.renderer.adopt(small_model(seed=5), "cpu")
    qtbot.waitUntil(lambda: drawn.renderer.opened is not opened, timeout=20_000)
    frames, count = drawn((SWEEPS[0], True))
    assert count == 2
    assert (frames[0].pixels != frames[1].pixels).any()
