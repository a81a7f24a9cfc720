"""The spherical spline: through every key, with its length, and no jump of speed or direction there."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from recipes import recipe, space

from zscape.models.inputs.kinds.latent import Latent, LatentValue
from zscape.models.inputs.kinds.numbers import Numbers, NumbersValue
from zscape.models.inputs.recipe import Recipe
from zscape.models.inputs.space import Space
from zscape.models.timeline.edits import animate_shelf
from zscape.models.timeline.text import read_timeline, timeline_text
from zscape.models.timeline.timeline import Key, Timeline

SPACE = space(64, "abcd")
LATENT = SPACE.first(Latent)
NEAR = 1e-4
SEEDS = st.lists(st.integers(0, 10_000), min_size=3, max_size=6, unique=True)
GAPS = st.lists(st.floats(0.2, 3.0), min_size=6, max_size=6)


def unit(seed):
    drawn = LATENT.base(LatentValue(seeds=((seed, 1.0),)))
    return LatentValue(seeds=(), numbers=tuple((8 * drawn / np.linalg.norm(drawn)).tolist()))


def through(values, gaps, loop=False, **key):
    times = np.concatenate([[0.0], np.cumsum(gaps[: len(values) - 1])]).tolist()
    keys = tuple(Key(time, value, way="spline", **key) for time, value in zip(times, values, strict=True))
    if loop:
        keys = (*keys, Key(times[-1] + gaps[-1], values[0], way="spline"))
    return Timeline(keys[-1].time, Recipe.seed(0), (("z", keys),), loop=loop)


def z(line, time):
    return np.asarray(LATENT.row(line.at(time, SPACE).value(LATENT), SPACE), np.float64)


def velocities(line, time):
    """The velocities just before and just after a key, per second."""
    return (z(line, time) - z(line, time - NEAR)) / NEAR, (z(line, time + NEAR) - z(line, time)) / NEAR


@settings(deadline=None, max_examples=25)
@given(SEEDS, GAPS, st.booleans())
def test_it_goes_through_every_key(seeds, gaps, loop):
    line = through([LatentValue(seeds=((seed, 1.0),)) for seed in seeds], gaps, loop)
    for key in line.tracks[0][1]:
        np.testing.assert_array_equal(z(line, key.time), LATENT.row(key.value, SPACE))
        for near in (max(key.time - 1e-7, 0.0), min(key.time + 1e-7, line.seconds)):
            np.testing.assert_allclose(z(line, near), LATENT.row(key.value, SPACE), atol=1e-4)


@settings(deadline=None, max_examples=25)
@given(SEEDS, GAPS, st.floats(0, 1))
def test_it_keeps_the_length_of_keys_that_are_as_long(seeds, gaps, share):
    line = through([unit(seed) for seed in seeds], gaps)
    assert np.linalg.norm(z(line, share * line.seconds)) == pytest.approx(8.0, rel=0.01)


@settings(deadline=None, max_examples=25)
@given(SEEDS, GAPS, st.floats(0, 1))
def test_between_keys_of_other_lengths_its_own_lies_between(seeds, gaps, share):
    values = [LatentValue(seeds=((seed, 1.0),), truncation=1 / (place + 1)) for place, seed in enumerate(seeds)]
    line = through(values, gaps)
    lengths = [np.linalg.norm(LATENT.row(each, SPACE)) for each in values]
    assert min(lengths) * 0.999 <= np.linalg.norm(z(line, share * line.seconds)) <= max(lengths) * 1.001


@settings(deadline=None, max_examples=25)
@given(SEEDS, GAPS)
def test_speed_and_direction_are_continuous_at_every_key_of_a_loop(seeds, gaps):
    line = through([LatentValue(seeds=((seed, 1.0),)) for seed in seeds], gaps, loop=True)
    for key in line.tracks[0][1][1:-1]:
        before, after = velocities(line, key.time)
        assert np.linalg.norm(after - before) < 0.03 * np.linalg.norm(before) + 0.1
    before, after = (z(line, line.seconds) - z(line, line.seconds - NEAR)) / NEAR, (z(line, NEAR) - z(line, 0.0)) / NEAR
    assert np.linalg.norm(after - before) < 0.03 * np.linalg.norm(before) + 0.1


def test_slerp_is_not_continuous_there():
    line = through([LatentValue(seeds=((seed, 1.0),)) for seed in (1, 2, 3)], [1.0] * 3)
    corner = replace(line, tracks=(("z", tuple(replace(key, way="slerp") for key in line.tracks[0][1])),))
    turns = [np.linalg.norm(np.subtract(*velocities(each, 1.0))) for each in (line, corner)]
    assert turns[0] < turns[1] / 20


def test_it_comes_to_rest_at_a_key_that_is_held_and_joins_other_ways():
    values = [LatentValue(seeds=((seed, 1.0),)) for seed in (1, 2, 3, 4)]
    held = Timeline(
        3.5,
        Recipe.seed(0),
        (("z", (Key(0.0, values[0], way="spline"), Key(1.0, values[1], "hold"), Key(1.5, values[1], way="spline"),
                Key(2.5, values[2], way="slerp"), Key(3.5, values[3]))),),
    )  # fmt: skip
    even = np.linalg.norm(z(held, 1.0) - z(held, 0.0))
    for before_or_after, time in ((0, 1.0), (1, 1.5)):
        assert np.linalg.norm(velocities(held, time)[before_or_after]) < 0.01 * even
    before, after = velocities(held, 2.5)
    assert np.linalg.norm(after - before) < 0.15 * np.linalg.norm(after)  # slerp between other lengths is no smoother


def test_numbers_go_smoothly_and_never_beyond_their_keys():
    pose = Space((Latent("z", 4), Numbers("pose", ("angle",), ((-90.0, 90.0),))))
    values = [NumbersValue((each,)) for each in (-60.0, 0.0, 80.0, 80.0, -90.0)]
    keys = tuple(Key(float(place), value, way="spline") for place, value in enumerate(values))
    line = Timeline(4.0, Recipe.seed(0), (("pose", keys),))

    def angle(time):
        return line.at(time, pose).get("pose").numbers[0]

    seen = [angle(time) for time in np.linspace(0, 4, 81)]
    assert min(seen) >= -90
    assert max(seen) <= 80
    assert (angle(1.0) - angle(1.0 - NEAR)) == pytest.approx(angle(1.0 + NEAR) - angle(1.0), rel=0.01)


def test_the_way_travels_and_the_shelf_can_go_by_it():
    stops = [recipe(seeds=((seed, 1.0),)) for seed in (1, 2, 3)]
    line = animate_shelf(stops, SPACE, 1.0, easing="linear", loop=True, way="spline")
    assert read_timeline(timeline_text(line), SPACE) == line
    assert '"way": "spline"' in timeline_text(line)
    middle = line.at(0.5, SPACE)
    assert middle.get("class") == stops[0].get("class") or middle.value(SPACE.inputs[1])
