"""Even change: the picture changes as much in every frame, what is held stays held, and nothing else is different."""

import json
from itertools import pairwise

import numpy as np
import pytest
from recipes import recipe, space

from zscape.models.errors import ZscapeError
from zscape.models.files.checkpoint import load_model
from zscape.models.inference.even_change import even_change
from zscape.models.inference.frames import frames
from zscape.models.inference.runner import GeneratorRunner
from zscape.models.inputs.recipe import Recipe
from zscape.models.progress import finish
from zscape.models.sweeps.single import Single
from zscape.models.timeline.easing import Measured, eased
from zscape.models.timeline.edits import animate_shelf, with_part
from zscape.models.timeline.mark_edits import add_card, add_mark
from zscape.models.timeline.marks import Mark
from zscape.models.timeline.ready_made import round_the_classes
from zscape.models.timeline.stops import stops
from zscape.models.timeline.text import read_timeline, timeline_text
from zscape.models.timeline.timeline import Timeline
from zscape.models.timeline.warping import warped

SPACE = space(12, "abcd")
POINTS = [recipe(seeds=((seed, 1.0),)) for seed in (1, 2, 3, 4)]


@pytest.fixture(scope="module")
def runner(tiny_model):
    return GeneratorRunner(load_model(tiny_model), "cpu")


def changes(runner, line, count=120):
    drawn = [frame.astype(float) for frame in frames(runner, Single(line.base), line, count)]
    return np.array([np.sqrt(np.square(b - a).mean()) for a, b in pairwise(drawn)])


def uneven(found):
    return found.std() / found.mean()


@pytest.mark.parametrize("way", ["slerp", "spline", "lerp"])
def test_every_frame_changes_as_much(runner, way):
    line = animate_shelf(POINTS, runner.model.space, 1.0, loop=True, way=way)
    even = finish(even_change(runner, Single(line.base), line))
    assert (even.seconds, len(stops(even))) == (line.seconds, len(stops(line)))
    before, after = changes(runner, line), changes(runner, even)
    assert uneven(after) < 0.3 * uneven(before)
    assert uneven(after) < 0.2


def test_what_moves_by_classes_is_even_too(runner):
    line = round_the_classes(POINTS[0], runner.model.space, 4.0)
    even = finish(even_change(runner, Single(line.base), line))
    assert uneven(changes(runner, even)) < 0.6 * uneven(changes(runner, line))


def test_what_is_held_stays_held_and_texts_go_with_it(runner):
    line = animate_shelf(POINTS, runner.model.space, 1.0, hold=0.5, loop=True)
    line = with_part(add_card(add_mark(line, Mark(1.5, 0.5, "second")), Mark(0, 1.0, "Title", "card")), end=6.0)
    even = finish(even_change(runner, Single(line.base), line))
    assert [each.hold for each in stops(even)] == pytest.approx([each.hold for each in stops(line)], abs=0.1)
    assert even.marks[0].start == pytest.approx(stops(even)[1].start, abs=0.05)
    assert even.marks[1].start == 0.0
    assert even.part is not None
    for stop, before in zip(stops(even), stops(line), strict=True):
        latent = runner.model.space.inputs[0]
        values = [each.at(at, runner.model.space).value(latent) for each, at in ((even, stop.start), (line, before.start))]
        assert values[0] == values[1]


def test_what_stands_still_is_told_in_a_line(runner):
    with pytest.raises(ZscapeError, match="Nothing changes"):
        finish(even_change(runner, Single(Recipe.seed(1)), Timeline(1.0, Recipe.seed(1))))


def test_a_warp_shows_the_same_at_other_times():
    line = animate_shelf(POINTS, SPACE, 1.0)
    bent = warped(line, [0.0, 1.0, 3.0], [0.0, 2.0, 3.0])
    assert [each.start for each in stops(bent)] == [0.0, 2.0, 2.5, 3.0]
    latent = SPACE.inputs[0]
    for now, before in ((0.5, 0.25), (1.0, 0.5), (1.7, 0.85), (2.25, 1.5)):
        rows = [latent.row(each.at(at, SPACE).value(latent), SPACE) for each, at in ((bent, now), (line, before))]
        np.testing.assert_allclose(*rows, atol=0.01)


def test_a_measured_easing_travels_and_is_checked():
    line = warped(animate_shelf(POINTS, SPACE, 1.0), [0.0, 1.0, 3.0], [0.0, 2.0, 3.0])
    assert read_timeline(timeline_text(line), SPACE) == line
    assert eased(Measured((0.0, 0.2, 1.0)), 0.75) == pytest.approx(0.6)
    for shares in ([0, 1.5, 1], [0], [0.1, 1], [0, 0.6, 0.5, 1], [0, "1"], "x", [0] * 2000 + [1]):
        text = json.loads(timeline_text(line))
        text["tracks"]["z"][0]["easing"] = {"shares": shares}
        with pytest.raises(ZscapeError, match=r"share|easing"):
            read_timeline(json.dumps(text), SPACE)
