"""The renderer: its signals say what they belong to, and what a run publishes never overrides the user's choice of model."""

import threading
from dataclasses import replace
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QObject, Qt
from recipes import recipe
from stage import small_model, write_model

from zscape.app.work.rendering.render_requests import Failure, Options
from zscape.app.work.rendering.renderer import Renderer
from zscape.models.inference.runner import GeneratorRunner, ImageBatch
from zscape.models.inputs.directions import Direction
from zscape.models.inputs.kinds.latent import LatentValue
from zscape.models.inputs.recipe import Recipe
from zscape.models.sweeps.single import Gallery, Single


class Heard:
    """Records the signals of a renderer, in order."""

    def __init__(self, renderer):
        self.opened, self.failures, self.frames, self.notices = [], [], [], []
        renderer.model_ready.connect(self.opened.append)
        renderer.failed.connect(self.failures.append)
        renderer.frame_ready.connect(self.frames.append)
        renderer.notice.connect(self.notices.append)


@pytest.fixture
def renderer(qapp):
    """A renderer whose thread has not started yet: requests wait."""
    parent = QObject()
    renderer = Renderer(parent)
    yield renderer
    renderer.stop()


@pytest.fixture
def heard(renderer):
    return Heard(renderer)


def test_a_model_that_is_ready_says_which_request_file_and_device(qtbot, renderer, heard, tmp_path):
    assert renderer.opened is None
    path = write_model(tmp_path / "small.safetensors")
    number = renderer.open(path, "cpu")
    renderer.begin()
    qtbot.waitUntil(lambda: heard.opened != [], timeout=20_000)
    opened = heard.opened[0]
    assert (opened.request, opened.path, opened.device, opened.model.spec.name) == (number, path, "cpu", "tiny")
    assert renderer.opened is opened
    published = small_model()
    second = renderer.adopt(published, "cpu")
    qtbot.waitUntil(lambda: renderer.opened is not opened)
    assert (renderer.opened.request, renderer.opened.path) == (second, None)
    assert renderer.opened.model is published


def test_only_the_newest_publication_waits_behind_a_file(qtbot, renderer, heard, tmp_path):
    path = write_model(tmp_path / "small.safetensors")
    renderer.adopt(small_model(), "cpu")
    opened = renderer.open(path, "cpu")
    renderer.adopt(small_model(), "cpu")
    published = renderer.adopt(small_model(seed=1), "cpu")
    renderer.begin()
    qtbot.waitUntil(lambda: len(heard.opened) == 2, timeout=20_000)
    assert [each.request for each in heard.opened] == [opened, published]


def test_of_two_files_the_newest_wins(qtbot, renderer, heard, tmp_path):
    path = write_model(tmp_path / "small.safetensors")
    renderer.open(tmp_path / "never", "cpu")
    number = renderer.open(path, "cpu")
    renderer.begin()
    qtbot.waitUntil(lambda: heard.opened != [], timeout=20_000)
    assert [each.request for each in heard.opened] == [number]
    assert heard.failures == []


def test_a_file_that_cannot_be_opened_is_told_with_its_request(qtbot, renderer, heard, tmp_path):
    number = renderer.open(tmp_path / "gone.safetensors", "cpu")
    renderer.begin()
    qtbot.waitUntil(lambda: heard.failures != [], timeout=20_000)
    assert heard.failures == [Failure(number, heard.failures[0].line)]
    assert "gone.safetensors" in heard.failures[0].line
    assert renderer.opened is None


def test_a_frame_carries_the_number_of_its_request(qtbot, renderer, heard):
    renderer.adopt(small_model(), "cpu")
    renderer.begin()
    qtbot.waitUntil(lambda: heard.opened != [], timeout=20_000)
    numbers = [renderer.request(channel, Single(Recipe())) for channel in ("one", "two")]
    qtbot.waitUntil(lambda: len(heard.frames) == 2)
    assert [(frame.channel, frame.request) for frame in heard.frames] == list(zip(("one", "two"), numbers, strict=True))


def test_requests_along_new_directions_are_drawn(qtbot, renderer, heard):
    model = small_model()
    renderer.adopt(model, "cpu")
    renderer.begin()
    qtbot.waitUntil(lambda: heard.opened != [], timeout=20_000)
    begun, go_on = threading.Event(), threading.Event()

    def slow(runner, points, stop):
        begun.set()
        assert go_on.wait(20)
        return runner.draw(points), None

    renderer.request("first", Single(Recipe.seed(1)), Options(look=slow))
    assert begun.wait(20)
    wide = replace(model, directions=(Direction("wide", "z", (1.0,) + (0.0,) * (model.space.input("z").size - 1)),))
    renderer.request("before", Single(Recipe.seed(2)))
    renderer.adopt(wide, "cpu")
    number = renderer.request("after", Single(Recipe({"z": LatentValue(seeds=((1, 1.0),), moves=(("wide", 2.0),))})))
    go_on.set()
    qtbot.waitUntil(lambda: any(frame.request == number for frame in heard.frames), timeout=20_000)
    assert heard.frames[-1].model is wide
    assert [frame.channel for frame in heard.frames] == ["first", "after"]  # the earlier request has to be made again
    assert heard.failures == []


def test_a_notice_is_not_a_failure(qtbot, renderer, heard, monkeypatch):
    plain = GeneratorRunner.draw

    def with_notice(self, *given):
        drawn = plain(self, *given)
        return ImageBatch(drawn.images, drawn.complete, "The memory is full: drawing 8 images at a time.")

    renderer.adopt(small_model(), "cpu")
    renderer.begin()
    qtbot.waitUntil(lambda: heard.opened != [], timeout=20_000)
    monkeypatch.setattr(GeneratorRunner, "draw", with_notice)
    renderer.request("one", Single(Recipe()))
    qtbot.waitUntil(lambda: heard.frames != [])  # emitted after the notice
    assert heard.notices == ["The memory is full: drawing 8 images at a time."]
    assert heard.failures == []
    assert len(heard.frames) == 1


def test_a_sheet_that_cannot_be_drawn_is_told_and_the_next_one_is_drawn(qtbot, renderer, heard):
    renderer.adopt(small_model(), "cpu")
    renderer.begin()
    qtbot.waitUntil(lambda: heard.opened != [], timeout=20_000)
    renderer.request("one", Single(recipe(seeds=(), numbers=(0.0,) * 3)))
    qtbot.waitUntil(lambda: heard.failures != [])
    assert heard.failures[0].request is None
    renderer.request("one", Single(Recipe()))
    qtbot.waitUntil(lambda: len(heard.frames) == 1)


def test_requests_made_before_a_new_model_is_announced_are_dropped(qtbot, renderer, heard):
    """For example the strip of a direction that only the previous model has."""
    along = Recipe({"z": LatentValue(seeds=((1, 1.0),), moves=(("unknown", 1.0),))})
    asked = threading.Event()

    def ask():
        renderer.request("strip", Single(along))
        asked.set()

    renderer.model_ready.connect(ask, Qt.ConnectionType.DirectConnection)
    renderer.adopt(small_model(), "cpu")
    renderer.begin()
    assert asked.wait(20)  # without processing events: this thread does not know of the model yet
    assert heard.opened == []
    qtbot.waitUntil(lambda: heard.opened != [], timeout=20_000)
    number = renderer.request("image", Single(recipe(seeds=((1, 1.0),))))
    qtbot.waitUntil(lambda: [each.request for each in heard.frames] == [number], timeout=20_000)
    assert heard.failures == []


@pytest.fixture
def slow(monkeypatch):
    """Sheets of several pictures take until they are interrupted or `end` is set; `begun` is set while one is being drawn."""
    plain, begun, end = GeneratorRunner.draw, threading.Event(), threading.Event()

    def draw(self, points, stop=lambda: False, draft=False, allowed=0.0):
        drawn = plain(self, points)
        if points.count > 1:
            begun.set()
            while not end.wait(0.001):
                if stop():
                    return ImageBatch(drawn.images[:1], False, "")
        return drawn

    monkeypatch.setattr(GeneratorRunner, "draw", draw)
    return SimpleNamespace(begun=begun, end=end)


@pytest.fixture
def strip(qtbot, renderer, heard, slow):
    """The request number of a strip of three pictures that is being drawn."""
    renderer.adopt(small_model(), "cpu")
    renderer.begin()
    qtbot.waitUntil(lambda: heard.opened != [], timeout=20_000)
    number = renderer.request("strip", gallery(1), Options(whole=True))
    assert slow.begun.wait(10)
    return number


def gallery(seed):
    return Gallery(recipe(seeds=((seed, 1.0),)), (recipe(seeds=((7, 1.0),)), recipe(seeds=((8, 1.0),))))


def test_a_newer_request_replaces_one_for_a_whole_sheet(qtbot, renderer, heard, slow, strip):
    slow.begun.clear()
    newer = renderer.request("strip", gallery(2), Options(whole=True))
    assert slow.begun.wait(10), "the first one is over"
    slow.end.set()
    qtbot.waitUntil(lambda: heard.frames != [])
    assert [frame.request for frame in heard.frames] == [newer]
    assert heard.frames[0].complete


def test_a_look_is_cut_short_by_a_newer_request_and_by_another_model(qtbot, renderer, heard, tmp_path):
    model = small_model()
    renderer.adopt(model, "cpu")
    renderer.begin()
    qtbot.waitUntil(lambda: heard.opened != [], timeout=20_000)
    begun, never = threading.Event(), threading.Event()

    def look(runner, points, stop):
        batch = runner.draw(points)
        begun.set()
        while not stop():
            never.wait(0.001)
        return ImageBatch(batch.images, False), "half"

    first = renderer.request("view", Single(Recipe.seed(1)))
    qtbot.waitUntil(lambda: heard.frames != [])
    cut = renderer.request("view", Single(Recipe.seed(2)), Options(look=look))
    assert begun.wait(20)
    last = renderer.request("view", Single(Recipe.seed(3)))
    qtbot.waitUntil(lambda: len(heard.frames) == 3, timeout=20_000)
    told = [(each.request, each.complete, each.seen) for each in heard.frames]
    assert told == [(first, True, None), (cut, False, "half"), (last, True, None)]
    begun.clear()
    renderer.request("view", Single(Recipe.seed(4)), Options(look=look))
    assert begun.wait(20)
    renderer.open(write_model(tmp_path / "other.safetensors"), "cpu")
    qtbot.waitUntil(lambda: len(heard.opened) == 2, timeout=20_000)
    assert len(heard.frames) == 3


def test_a_forgotten_request_gives_way_to_one_for_the_view(qtbot, renderer, heard, strip):
    looked_at = renderer.request("view", Single(Recipe()))
    renderer.forget("strip")
    qtbot.waitUntil(lambda: heard.frames != [])
    assert [frame.request for frame in heard.frames] == [looked_at]


def test_opening_a_model_interrupts_drawing_only_if_it_succeeds(qtbot, renderer, heard, slow, strip, tmp_path):
    renderer.open(tmp_path / "gone.safetensors", "cpu")
    qtbot.waitUntil(lambda: heard.failures != [])
    slow.end.set()
    qtbot.waitUntil(lambda: heard.frames != [])
    assert [frame.request for frame in heard.frames] == [strip]
    slow.end.clear()
    slow.begun.clear()
    renderer.request("view", gallery(3))
    assert slow.begun.wait(10)
    renderer.open(write_model(tmp_path / "other.safetensors"), "cpu")
    qtbot.waitUntil(lambda: len(heard.opened) == 2)
    assert len(heard.frames) == 1


def test_stopping_does_not_wait_for_a_drawing(renderer, heard, slow, strip):
    renderer.stop()
    assert not slow.end.is_set()
    assert heard.frames == []
