"""How a drawing is split into parts: of equal size, and short enough that a newer request can interrupt it soon."""

from types import SimpleNamespace

import pytest

from zscape.models.files.checkpoint import load_model
from zscape.models.inference import runner as drawing
from zscape.models.inference.runner import GeneratorRunner
from zscape.models.inputs.points import resolve
from zscape.models.inputs.recipe import Recipe


@pytest.fixture
def parts(tiny_model, monkeypatch):
    """parts(count, seconds per image, extra seconds of the first part): the part sizes of a first and a second drawing."""

    def drawn(count, seconds, extra):
        now, sizes = [0.0], []
        monkeypatch.setattr(drawing, "time", SimpleNamespace(perf_counter=lambda: now[0]))
        runner = GeneratorRunner(load_model(tiny_model), "cpu")
        forward = runner.forward

        def measured(points, draft=False, count=0, allowed=0.0):
            sizes.append(len(next(iter(points.values()))))
            now[0] += seconds * sizes[-1] + (extra if len(sizes) == 1 else 0)
            return forward(points, draft)

        monkeypatch.setattr(runner, "forward", measured)
        points = resolve([Recipe.seed(seed) for seed in range(count)], runner.model.space, 1, count)
        found = []
        for _ in range(2):
            assert len(runner.draw(points).images) == count
            found.append(sizes.copy())
            sizes.clear()
        return found

    return drawn


def test_a_quick_model_prepares_its_kernels_for_one_size_at_first_and_then_draws_at_once(parts):
    assert parts(100, 0.0003, 0.04) == [[25, 25, 25, 25], [100]]


def test_a_small_remainder_is_not_a_separate_part(parts):
    assert parts(26, 0.0003, 0.04)[0] == [26]
    assert parts(100, 0.00038, 0.0)[1] == [50, 50]


def test_a_slow_model_is_drawn_in_short_parts_once_that_is_known(parts):
    first, second = parts(100, 0.02, 0.0)
    assert first[0] == 25
    assert max(first[1:]) <= 10
    assert max(second) <= 10
    assert len(set(second)) <= 2
