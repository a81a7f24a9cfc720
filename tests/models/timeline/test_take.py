"""Recorded movements as keys: few, smooth, and close to the movement."""

import math

import numpy as np
import pytest
from recipes import DIGITS, recipe, space, with_class, with_coordinate, with_seed, z

from zscape.models.errors import ZscapeError
from zscape.models.inputs.directions import Direction
from zscape.models.inputs.recipe import Recipe
from zscape.models.timeline.edits import animate_shelf
from zscape.models.timeline.stops import stops
from zscape.models.timeline.take import TOLERANCE, keys_of, with_take

SPACE = space(6)


def coordinate(point):
    return float(SPACE.inputs[0].row(z(point), SPACE)[3])


def course(times, of, start=0.0):
    """A recorded movement of coordinate 3: (time, recipe) pairs."""
    return [(start, Recipe.seed(5)), *((start + time, with_coordinate(Recipe.seed(5), 3, of(time))) for time in times)]


def swing(time):
    return 2 * math.sin(1.5 * time)


def test_a_slow_movement_needs_few_keys_and_is_followed_closely():
    times = np.arange(0.5, 4.5, 1 / 60).tolist()
    keys = keys_of(course(times, swing), SPACE)
    assert keys[0][0] == 0
    assert 4 < len(keys) < 25
    line = with_take(None, 0.0, keys, SPACE)
    assert line.seconds == pytest.approx(4.0, abs=0.1)
    for time in np.linspace(0.3, 3.7, 60).tolist():
        assert coordinate(line.at(time, SPACE)) == pytest.approx(swing(time + 0.5), abs=0.25)


def test_keys_keep_the_seed_and_say_what_was_moved():
    keys = keys_of(course([0.5, 1.0, 1.5], swing), SPACE)
    assert {z(point).seed for _, point in keys} == {5}
    assert all([index for index, _ in z(point).coordinates] == [3] for _, point in keys)


def test_a_trembling_hand_is_smoothed():
    rng = np.random.default_rng(0)
    times = np.arange(0.0, 4.0, 1 / 60).tolist()
    noise = dict(zip(times, rng.normal(0, 0.2, len(times)), strict=True))
    keys = keys_of(course(times, lambda time: time + noise[time]), SPACE)
    line = with_take(None, 0.0, keys, SPACE)
    at = np.linspace(0.5, 3.5, 50)
    got = np.array([coordinate(line.at(time, SPACE)) for time in at.tolist()])
    assert np.abs(got - at).std() < 0.15
    assert (np.diff(got) > -0.1).all()


def test_it_begins_with_the_first_move_and_ends_exactly_with_the_last():
    samples = course([3.0, 3.5, 4.0, 4.5], swing, start=10.0)
    keys = keys_of([*samples, (99.0, samples[-1][1])], SPACE)
    assert coordinate(keys[0][1]) == pytest.approx(coordinate(Recipe.seed(5)))
    assert keys[-1][0] == pytest.approx(1.5, abs=0.06)
    assert coordinate(keys[-1][1]) == pytest.approx(swing(4.5))


def test_a_class_and_another_seed_move_too():
    first = with_class(Recipe.seed(1), 0, len(DIGITS))
    second = with_class(with_seed(first, 2), 4, len(DIGITS))
    keys = keys_of([(0.0, first), (1.0, second), (2.0, with_class(second, 7, len(DIGITS)))], SPACE)
    line = with_take(None, 0.0, keys, SPACE)
    latent, classes = SPACE.inputs
    assert classes.heaviest(line.at(0.0, SPACE).value(classes)) == 0
    assert classes.heaviest(line.at(0.6, SPACE).value(classes)) == 4
    assert classes.heaviest(line.at(line.seconds, SPACE).value(classes)) == 7
    np.testing.assert_allclose(
        latent.row(line.at(line.seconds, SPACE).value(latent), SPACE), latent.row(second.value(latent), SPACE), atol=1e-6
    )


def test_directions_and_truncation_stay_directions_and_truncation():
    direction = Direction("smile", "z", (1.0, 0, 0, 0, 0, 0))
    known = SPACE.with_directions([direction])
    points = [recipe(seeds=((5, 1.0),), moves=(("smile", k / 10),), truncation=1 - k / 40) for k in range(20)]
    keys = keys_of([(0.0, recipe(seeds=((5, 1.0),))), *((k / 20, point) for k, point in enumerate(points, 1))], known)
    assert len(keys) < 8
    assert [name for name, _ in z(keys[-1][1]).moves] == ["smile"]
    assert z(keys[-1][1]).truncation == pytest.approx(1 - 19 / 40)


def test_a_take_lies_where_it_was_recorded_and_leaves_the_rest():
    line = animate_shelf([Recipe.seed(seed) for seed in range(4)], SPACE, leg=2.0)
    keys = keys_of(course([0.5, 1.0, 1.5, 2.0], swing), SPACE)
    made = with_take(line, 2.5, keys, SPACE)
    assert made.seconds == 6.0
    starts = [each.start for each in stops(made)]
    assert {0.0, 2.0, 6.0} <= set(starts)
    assert made.at(3.0, SPACE) != line.at(3.0, SPACE)
    assert made.at(1.0, SPACE) == line.at(1.0, SPACE)
    assert made.at(2.5, SPACE) == line.base.with_values(dict(keys[0][1].values))
    longer = with_take(line, 5.5, keys, SPACE)
    assert longer.seconds == pytest.approx(5.5 + keys[-1][0])


def test_a_loop_stays_one():
    line = animate_shelf([Recipe.seed(seed) for seed in range(3)], SPACE, leg=1.0, loop=True)
    made = with_take(line, 0.0, keys_of(course([0.2, 0.4, 0.6], swing), SPACE), SPACE)
    assert made.loop
    assert stops(made)[-1].closes
    assert made.at(made.seconds, SPACE) == made.at(0.0, SPACE)


def test_what_cannot_be_a_take_is_told():
    with pytest.raises(ZscapeError, match="Nothing moved"):
        keys_of([(0.0, Recipe.seed(1)), (1.0, Recipe.seed(1))], SPACE)
    with pytest.raises(ZscapeError, match="10 minutes"):
        keys_of(course([0.0, 700.0], swing), SPACE)
    assert 0 < TOLERANCE < 0.1
