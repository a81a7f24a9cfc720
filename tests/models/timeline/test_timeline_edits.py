"""Making a timeline from the shelf, and editing it; easing by names and curves; loops."""

import pytest
from recipes import recipe, space

from zscape.models.errors import ZscapeError
from zscape.models.timeline.easing import Curve, eased
from zscape.models.timeline.edits import (
    add_column,
    animate_shelf,
    columns,
    snapped,
    with_length,
    with_part,
)
from zscape.models.timeline.stops import hold_stop, stops
from zscape.models.timeline.text import read_timeline, timeline_text
from zscape.models.timeline.timeline import Key, Timeline

SPACE = space(12, "abcd")
STOPS = [recipe(seeds=((seed, 1.0),)) for seed in (1, 2, 3, 4)]


def z_of(timeline, time):
    return timeline.at(time, SPACE).get("z")


def test_the_shelf_is_held_at_every_stop_and_returns_in_a_loop():
    timeline = animate_shelf(STOPS, SPACE, leg=0.5, hold=1.0, loop=True)
    assert timeline.seconds == 6.0
    for place, stop in enumerate(STOPS):
        for within in (0.0, 0.5, 1.0):
            assert z_of(timeline, 1.5 * place + within) == stop.get("z")
    assert z_of(timeline, 6.0) == z_of(timeline, 0.0) == z_of(timeline, 12.25)
    assert z_of(timeline, 1.25) not in [stop.get("z") for stop in STOPS]


def test_without_a_loop_it_ends_on_the_last_stop():
    timeline = animate_shelf(STOPS, SPACE, leg=2.0, hold=1.0)
    assert timeline.seconds == 10.0
    assert z_of(timeline, 10.0) == z_of(timeline, 99.0) == STOPS[-1].get("z")


@pytest.mark.parametrize("asked", [{"leg": 0}, {"leg": float("nan")}, {"hold": -1}])
def test_times_that_cannot_be_played_are_refused(asked):
    with pytest.raises(ZscapeError, match="leg lasts longer"):
        animate_shelf(STOPS, SPACE, **asked)
    with pytest.raises(ZscapeError, match="at least two points"):
        animate_shelf(STOPS[:1], SPACE)


def test_a_column_is_added():
    timeline = animate_shelf(STOPS[:2], SPACE, leg=4.0)
    added = add_column(timeline, 1.0, STOPS[2], SPACE)
    assert columns(added) == [0.0, 1.0, 4.0]
    assert z_of(added, 1.0) == STOPS[2].get("z")
    with pytest.raises(ZscapeError, match="outside the timeline"):
        add_column(timeline, 5.0, STOPS[2], SPACE)


def test_a_time_snaps_to_a_column_nearby_else_to_a_frame():
    timeline = animate_shelf(STOPS[:2], SPACE, leg=4.0)
    assert snapped(timeline, 3.93, 30, within=0.1) == 4.0
    assert snapped(timeline, 3.93, 10, within=0.1, moving=4.0) == pytest.approx(3.9)
    assert snapped(timeline, 9.0, 30) == 4.0


def test_the_length_scales_the_keys_or_leaves_them():
    timeline = animate_shelf(STOPS[:3], SPACE, leg=1.0)
    assert columns(with_length(timeline, 4.0)) == [0.0, 2.0, 4.0]
    assert columns(with_length(timeline, 4.0, scale=False)) == [0.0, 1.0, 2.0]
    with pytest.raises(ZscapeError, match="after the end"):
        with_length(timeline, 1.5, scale=False)


def test_a_held_leg_stands_still():
    timeline = animate_shelf(STOPS[:2], SPACE, leg=2.0, easing="hold")
    assert z_of(timeline, 1.99) == STOPS[0].get("z")
    assert z_of(timeline, 2.0) == STOPS[1].get("z")


def test_an_easing_curve_is_that_of_css():
    assert eased(Curve(0.25, 0.1, 0.25, 1.0), 0.5) == pytest.approx(0.8024, abs=1e-4)  # the CSS `ease`
    even = Curve(1 / 3, 1 / 3, 2 / 3, 2 / 3)
    assert [even(share) for share in (0, 0.3, 1)] == pytest.approx([0, 0.3, 1])
    with pytest.raises(ZscapeError, match="handles"):
        Curve(1.2, 0, 0.5, 1)
    with pytest.raises(ZscapeError, match="no easing 'bounce'"):
        Timeline(1.0, STOPS[0], (("z", (Key(0.0, STOPS[0].get("z"), "bounce"),)),))


def test_a_part_is_played_and_exported_and_the_rest_stays():
    whole = animate_shelf(STOPS, SPACE, leg=1.0, loop=True)
    assert (whole.played, whole.duration) == ((0.0, 4.0), 4.0)
    part = with_part(with_part(whole, begin=1.0), end=3.0)
    assert (part.played, part.duration, part.tracks) == ((1.0, 3.0), 2.0, whole.tracks)
    assert part.frames(4) == [1.0, 1.5, 2.0, 2.5]
    assert with_part(animate_shelf(STOPS, SPACE, leg=1.0), 1.0, 2.0).frames(3) == [1.0, 1.5, 2.0]
    assert with_part(part, end=0.5).played == pytest.approx((0.45, 0.5))  # the other end moves to keep a minimal length
    assert with_part(part, begin=9.0).played == pytest.approx((3.95, 4.0))
    assert with_part(with_part(part, begin=0.0), end=4.0) == whole
    assert with_length(part, 8.0).played == (2.0, 6.0)
    assert hold_stop(part, stops(part)[1], 0.5).played == (1.0, 3.5)
    assert read_timeline(timeline_text(part), SPACE) == part


@pytest.mark.parametrize("part", [(-1.0, 1.0), (2.0, 1.0), (0.0, float("nan")), (0.0, float("inf"))])
def test_a_part_that_cannot_be_is_refused_in_a_line(part):
    with pytest.raises(ZscapeError, match="out point"):
        Timeline(4.0, part=part)


@pytest.mark.parametrize("part", ["[1]", "3", '["a", 2]', "[2, 1]"])
def test_a_part_of_a_text_that_cannot_be_is_refused_in_a_line(part):
    text = timeline_text(Timeline(4.0)).replace('"loop"', f'"part": {part}, "loop"')
    with pytest.raises(ZscapeError, match=r"in point|in and its out"):
        read_timeline(text)


def test_smooth_and_even_are_curves_too():
    for share in (0.0, 0.2, 0.5, 0.9, 1.0):
        assert eased(Curve(1 / 3, 0.0, 2 / 3, 1.0), share) == pytest.approx(eased("smooth", share), abs=1e-9)
        assert eased(Curve(1 / 3, 1 / 3, 2 / 3, 2 / 3), share) == pytest.approx(share, abs=1e-9)
