"""Even change: every frame changes the picture equally, held keys stay held, and the keys keep their times."""

import json
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from recipes import recipe, space

from zscape.models.errors import ZscapeError
from zscape.models.files.checkpoint import load_model
from zscape.models.inference.films.even_change import pace_of
from zscape.models.inference.films.frames import frames, wanted_pace
from zscape.models.inference.runner import GeneratorRunner
from zscape.models.inputs.recipe import Recipe
from zscape.models.progress import finish
from zscape.models.sweeps.single import Single
from zscape.models.timeline.easing import Measured, eased
from zscape.models.timeline.edits import animate_shelf, with_part
from zscape.models.timeline.pace import Pace, paced
from zscape.models.timeline.ready_made import round_the_classes
from zscape.models.timeline.stops import set_leg, stops
from zscape.models.timeline.text import read_timeline, timeline_text
from zscape.models.timeline.timeline import Timeline

SPACE = space(12, "abcd")
POINTS = [recipe(seeds=((seed, 1.0),)) for seed in (1, 2, 3, 4)]


@pytest.fixture(scope="module")
def runner(tiny_model):
    return GeneratorRunner(load_model(tiny_model), "cpu")


def changes(runner, line, pace=None, count=60):
    drawn = [frame.astype(float) for frame in frames(runner, Single(line.base), line, count, pace)]
    return np.array([np.sqrt(np.square(b - a).mean()) for a, b in pairwise(drawn)])


def uneven(found):
    return found.std() / found.mean()


@pytest.mark.parametrize("way", ["slerp", "spline", "lerp"])
def test_every_frame_changes_as_much(runner, way):
    line = animate_shelf(POINTS[:3], runner.model.space, 1.0, loop=True, way=way)
    pace = finish(pace_of(runner, Single(line.base), line))
    assert (pace.begin, pace.end) == (0.0, line.seconds)
    before, after = changes(runner, line), changes(runner, line, pace)
    assert uneven(after) < 0.3 * uneven(before)
    assert uneven(after) < 0.2


def test_what_moves_by_classes_is_even_too(runner):
    line = round_the_classes(POINTS[0], runner.model.space, 4.0)
    pace = finish(pace_of(runner, Single(line.base), line))
    assert uneven(changes(runner, line, pace)) < 0.6 * uneven(changes(runner, line))


def test_what_is_held_stays_held_as_long(runner):
    line = animate_shelf(POINTS, runner.model.space, 1.0, hold=0.5, loop=True)
    pace = finish(pace_of(runner, Single(line.base), line))
    for stop in stops(line)[:-1]:
        assert pace.clock(stop.end) - pace.clock(stop.start) == pytest.approx(0.5, abs=0.1)


def test_a_part_is_even_in_itself_and_begins_and_ends_where_it_did(runner):
    line = with_part(animate_shelf(POINTS, runner.model.space, 1.0, loop=True), 0.5, 2.5)
    pace = finish(pace_of(runner, Single(line.base), line))
    assert (pace.own(0.5), pace.own(2.5), pace.own(0.2), pace.own(3.0)) == (0.5, 2.5, 0.2, 3.0)
    assert uneven(changes(runner, line, pace, 60)) < 0.3


def test_what_stands_still_goes_by_the_clock(runner):
    pace = finish(pace_of(runner, Single(Recipe.seed(1)), Timeline(1.0, Recipe.seed(1))))
    assert [pace.own(time) for time in (0.0, 0.3, 1.0)] == pytest.approx([0.0, 0.3, 1.0])


def test_it_is_measured_only_where_it_is_wanted(runner):
    line = animate_shelf(POINTS, runner.model.space, 1.0)
    assert finish(wanted_pace(runner, Single(line.base), line)) is None
    assert finish(wanted_pace(runner, Single(line.base), replace(line, even=True))) is not None


def test_a_pace_can_be_inverted():
    pace = Pace(1.0, 4.0, (1.0, 1.5, 1.5, 4.0))
    assert [pace.own(time) for time in (0.0, 1.0, 1.5, 2.5, 3.5, 4.0, 9.0)] == [0.0, 1.0, 1.25, 1.5, 2.75, 4.0, 9.0]
    for time in (0.5, 1.0, 1.3, 3.2, 4.0, 7.0):
        assert pace.clock(pace.own(time)) == pytest.approx(time)
    assert paced([0.0, 1.5], pace) == [0.0, 1.25]
    assert paced([0.0, 1.5], None) == [0.0, 1.5]
    for times in ((1.0,), (1.0, 3.0, 2.0, 4.0), (1.0, 3.0), (1.0, float("nan"), 4.0)):
        with pytest.raises(ZscapeError, match="rise"):
            Pace(1.0, 4.0, times)


def test_the_switch_travels_and_is_checked():
    line = replace(animate_shelf(POINTS, SPACE, 1.0), even=True)
    assert read_timeline(timeline_text(line), SPACE) == line
    assert "even" not in json.loads(timeline_text(replace(line, even=False)))
    text = {**json.loads(timeline_text(line)), "even": "very"}
    with pytest.raises(ZscapeError, match="true or false"):
        read_timeline(json.dumps(text), SPACE)


def test_a_measured_easing_travels_and_is_checked():
    plain = animate_shelf(POINTS, SPACE, 1.0)
    line = set_leg(plain, stops(plain)[0], Measured((0.0, 0.2, 1.0)))
    assert read_timeline(timeline_text(line), SPACE) == line
    assert eased(Measured((0.0, 0.2, 1.0)), 0.75) == pytest.approx(0.6)
    for shares in ([0, 1.5, 1], [0], [0.1, 1], [0, 0.6, 0.5, 1], [0, "1"], "x", [0] * 2000 + [1]):
        text = json.loads(timeline_text(line))
        text["tracks"]["z"][0]["easing"] = {"shares": shares}
        with pytest.raises(ZscapeError, match=r"share|easing"):
            read_timeline(json.dumps(text), SPACE)
