"""Drafts: a moving picture is drawn fast, and exactly once it rests."""

import threading

import pytest
from PySide6.QtCore import QObject
from recipes import recipe
from stage import small_model

from zscape.app.work.rendering.ahead import Ahead
from zscape.app.work.rendering.render_requests import Options
from zscape.app.work.rendering.renderer import Renderer
from zscape.models.inference.runner import GeneratorRunner
from zscape.models.sweeps import ClassSweep


@pytest.fixture
def renderer(qtbot, monkeypatch):
    """A renderer that accepts drafts; its frames are in `frames`."""
    monkeypatch.setattr(Renderer, "may_draft", True)
    monkeypatch.setattr("zscape.app.work.rendering.renderer.UNTOUCHED", 0.001)
    monkeypatch.setattr("zscape.models.inference.drafts.WORTH", 0.0)
    parent = QObject()
    renderer = Renderer(parent)
    renderer.frames = []
    renderer.frame_ready.connect(renderer.frames.append)
    renderer.begin()
    with qtbot.waitSignal(renderer.model_ready, timeout=20_000):
        renderer.adopt(small_model(), "cpu")

    def moves_in_drafts():
        renderer.request("first", sweep(0))
        return any(frame.draft for frame in renderer.frames)

    with monkeypatch.context() as always:
        always.setattr("zscape.app.work.rendering.render_queue.MOVING", 1e9)
        qtbot.waitUntil(moves_in_drafts)
    number = renderer.request("last", sweep(0))
    renderer.forget("first")
    qtbot.waitUntil(lambda: renderer.frames[-1].request == number)
    renderer.frames.clear()
    yield renderer
    renderer.stop()


def sweep(seed):
    return ClassSweep(recipe(seeds=((seed, 1.0),)), rows=2)


def test_a_single_request_is_drawn_exactly_and_once(qtbot, renderer):
    with qtbot.waitSignal(renderer.frame_ready):
        renderer.request("sheet", sweep(1))
    assert [frame.draft for frame in renderer.frames] == [False]


def test_a_movement_is_drawn_in_drafts_and_ends_with_the_exact_picture(qtbot, renderer, monkeypatch):
    monkeypatch.setattr("zscape.app.work.rendering.render_queue.MOVING", 1e9)
    for seed in (1, 2, 3):
        with qtbot.waitSignal(renderer.frame_ready):
            renderer.request("sheet", sweep(seed))
    assert renderer.frames[0].draft is False
    qtbot.waitUntil(lambda: not renderer.frames[-1].draft and renderer.frames[-1].sweep == sweep(3))
    moving, rest = renderer.frames[-2:]
    assert moving.draft
    assert moving.sweep == rest.sweep
    exact = GeneratorRunner(small_model(), "cpu").draw(rest.points).images
    assert (rest.images == exact).all()
    assert abs(moving.images.astype(int) - exact).mean() < 2


def test_playback_counts_as_movement_at_any_speed(qtbot, renderer, monkeypatch):
    monkeypatch.setattr("zscape.app.work.rendering.render_queue.MOVING", 0.0)
    with qtbot.waitSignal(renderer.frame_ready):
        renderer.request("sheet", sweep(1), Options(moving=True))
    assert renderer.frames[0].draft
    qtbot.waitUntil(lambda: not renderer.frames[-1].draft)  # at rest
    assert renderer.frames[-1].sweep == sweep(1)


def test_the_shown_draft_is_drawn_exactly_before_others_ahead(qtbot, renderer, monkeypatch):
    monkeypatch.setattr("zscape.app.work.rendering.render_queue.REST", 1e9)
    film = Ahead(4, 30, lambda number: sweep(10 + number))
    film.keep(0)
    with qtbot.waitSignal(renderer.frame_ready):
        renderer.request("sheet", sweep(10), Options(moving=True, ahead=film))
    assert renderer.frames[-1].draft
    renderer.draw_ahead(film)
    qtbot.waitUntil(lambda: film.over)
    assert [frame.draft for frame in renderer.frames] == [True, False]
    assert renderer.frames[-1].sweep == sweep(10)


def test_what_is_forgotten_is_not_drawn_again(qtbot, renderer, monkeypatch):
    monkeypatch.setattr("zscape.app.work.rendering.render_queue.MOVING", 1e9)
    for seed in (1, 2):
        with qtbot.waitSignal(renderer.frame_ready):
            renderer.request("sheet", sweep(seed))
    renderer.forget("sheet")
    for seed in (5, 6):
        with qtbot.waitSignal(renderer.frame_ready):
            renderer.request("other", sweep(seed))
    qtbot.waitUntil(lambda: not renderer.frames[-1].draft)  # by now, an exact frame of the forgotten draft would have come
    assert renderer.frames[-1].sweep == sweep(6)
    assert [frame.draft for frame in renderer.frames if frame.sweep == sweep(2)] == [True]


def test_slowly_drawn_requests_still_count_as_movement(qtbot, renderer):
    begun, go_on = threading.Event(), threading.Event()

    def slow(runner, points, stop):
        begun.set()
        assert go_on.wait(20)
        return runner.draw(points), None

    renderer.request("other", sweep(0), Options(look=slow))
    assert begun.wait(20)
    for seed in (1, 2, 3):
        renderer.request("sheet", sweep(seed))
    renderer.request("single", sweep(4))
    go_on.set()
    qtbot.waitUntil(lambda: {frame.channel for frame in renderer.frames} == {"other", "sheet", "single"})
    assert {frame.channel: frame.draft for frame in renderer.frames[:3]} == {"other": False, "sheet": True, "single": False}
    qtbot.waitUntil(lambda: not renderer.frames[-1].draft and renderer.frames[-1].sweep == sweep(3))


def test_drafts_are_found_out_in_a_movement_that_never_rests(qtbot, monkeypatch):
    monkeypatch.setattr(Renderer, "may_draft", True)
    monkeypatch.setattr("zscape.app.work.rendering.renderer.UNTOUCHED", 1e9)
    monkeypatch.setattr("zscape.models.inference.drafts.WORTH", 0.0)
    parent = QObject()
    renderer = Renderer(parent)
    frames = []
    renderer.frame_ready.connect(frames.append)
    renderer.begin()
    with qtbot.waitSignal(renderer.model_ready, timeout=20_000):
        renderer.adopt(small_model(), "cpu")
    for seed in range(20):
        with qtbot.waitSignal(renderer.frame_ready):
            renderer.request("sheet", sweep(seed), Options(moving=True))
    drafts = [frame.draft for frame in frames]
    assert drafts[0] is False
    assert drafts[-1] is True
    assert drafts == sorted(drafts)  # exact until drafts have been measured
    renderer.stop()


def test_drafts_are_tried_in_steps_that_can_be_cut_short():
    runner = GeneratorRunner(small_model(), "cpu")
    steps = 0
    while not runner.prepare_drafts(lambda: True):
        steps += 1
        assert not runner.drafted(20)
    assert steps > 2
    assert runner.prepare_drafts(lambda: True)  # measured once and for all
