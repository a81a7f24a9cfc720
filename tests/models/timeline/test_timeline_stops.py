"""The stops of a timeline, which the user moves: a hold moves with its stop, a loop stays closed, and nothing is lost."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from recipes import recipe, space

from zscape.models.errors import ZscapeError
from zscape.models.sweeps.single import Single
from zscape.models.timeline.edits import animate_shelf, columns
from zscape.models.timeline.ready_made import round_the_classes
from zscape.models.timeline.stops import (
    APART,
    Stop,
    add_stop,
    append_stop,
    delete_stop,
    duplicate_stop,
    easing_after,
    hold_stop,
    move_stop,
    replace_stop,
    set_leg,
    set_loop,
    stops,
    way_after,
)
from zscape.models.timeline.timeline import Key, NumberKey, Timeline

SPACE = space(12, "abcd")
POINTS = [recipe(seeds=((seed, 1.0),)) for seed in (1, 2, 3, 4)]
OTHER = recipe(seeds=((9, 1.0),))


def z_of(timeline, time):
    return timeline.at(time, SPACE).get("z")


def held(loop=False):
    return animate_shelf(POINTS, SPACE, leg=1.0, hold=0.5, loop=loop)


def spans(timeline):
    return [(each.start, each.end) for each in stops(timeline)]


def test_a_held_point_is_one_stop():
    assert spans(held()) == [(0.0, 0.5), (1.5, 2.0), (3.0, 3.5), (4.5, 5.0)]
    assert [each.closes for each in stops(held(loop=True))] == [False] * 4 + [True]
    assert spans(animate_shelf(POINTS, SPACE, leg=1.0)) == [(place, place) for place in (0.0, 1.0, 2.0, 3.0)]


def test_what_goes_round_the_classes_has_a_stop_a_class_and_closes():
    found = stops(round_the_classes(POINTS[0], SPACE, 4.0))
    assert [each.start for each in found] == [0.0, 1.0, 2.0, 3.0, 4.0]
    assert found[-1].closes


@given(st.integers(0, 3), st.floats(-10, 20), st.booleans())
def test_a_stop_moves_with_its_hold_and_never_over_another(place, start, loop):
    before = held(loop)
    after = move_stop(before, stops(before)[place], start)
    assert len(columns(after)) == len(columns(before))
    for old, new in zip(stops(before), stops(after), strict=True):
        assert new.hold == pytest.approx(old.hold)
        assert z_of(after, new.start) == z_of(before, old.start)
    for one, next_one in zip(stops(after), stops(after)[1:], strict=False):
        assert next_one.start - one.end >= APART - 1e-9
    assert after.seconds == before.seconds


def test_deleted_it_is_gone_with_its_hold():
    after = delete_stop(held(), stops(held())[1])
    assert spans(after) == [(0.0, 0.5), (3.0, 3.5), (4.5, 5.0)]
    for _ in range(2):
        after = delete_stop(after, stops(after)[0])
    assert delete_stop(after, stops(after)[0]) is None


def test_a_loop_ends_on_what_is_the_first_stop_now():
    after = delete_stop(held(loop=True), stops(held(loop=True))[0])
    assert z_of(after, after.seconds) == z_of(after, 0.0) == POINTS[1].get("z")
    assert stops(after)[-1].closes
    changed = replace_stop(after, stops(after)[0], OTHER, SPACE)
    assert z_of(changed, changed.seconds) == z_of(changed, 1.5) == z_of(changed, 2.0) == OTHER.get("z")


def test_a_point_is_added_in_a_gap_and_after_the_end_where_there_is_none():
    between = add_stop(held(), 1.0, OTHER, SPACE)
    assert spans(between)[1] == (1.0, 1.0)
    assert z_of(between, 1.0) == OTHER.get("z")
    assert between.seconds == 5.0
    after = add_stop(held(), 5.0, OTHER, SPACE)
    assert spans(after)[-1] == (6.0, 6.0)
    assert z_of(after, after.seconds) == OTHER.get("z")


def test_a_point_is_appended_before_a_loop_closes():
    after = append_stop(held(loop=True), OTHER, SPACE)
    assert after.seconds == 7.0
    assert [each.closes for each in stops(after)] == [False] * 5 + [True]
    assert z_of(after, 6.0) == OTHER.get("z")
    assert z_of(after, 7.0) == POINTS[0].get("z")


def test_a_duplicate_lies_half_way_or_behind():
    before = held()
    first, last = stops(before)[0], stops(before)[-1]
    assert (1.0, 1.0) in spans(duplicate_stop(before, first, SPACE))
    after = duplicate_stop(before, last, SPACE)
    assert z_of(after, after.seconds) == POINTS[-1].get("z")
    assert len(stops(after)) == 5


def test_a_hold_moves_what_comes_after_it():
    longer = hold_stop(held(), stops(held())[1], 2.0)
    assert spans(longer) == [(0.0, 0.5), (1.5, 3.5), (4.5, 5.0), (6.0, 6.5)]
    assert longer.seconds == 6.5
    assert z_of(longer, 2.5) == POINTS[1].get("z")
    none = hold_stop(longer, stops(longer)[1], 0.0)
    assert spans(none) == [(0.0, 0.5), (1.5, 1.5), (2.5, 3.0), (4.0, 4.5)]
    with pytest.raises(ZscapeError):
        hold_stop(held(), stops(held())[0], -1.0)


@given(st.sampled_from(range(4)), st.floats(0, 0.5), st.floats(0.03, 0.3))
def test_a_hold_can_be_shortened_beside_numbers_that_follow_something(number, seconds, every):
    keys = tuple(NumberKey(place * every, float(place)) for place in range(int(5.0 / every)))
    before = replace(held(), sheet=(("position", keys),))
    after = hold_stop(before, stops(before)[number], seconds)
    times = [key.time for key in after.sheet[0][1]]
    assert times == sorted(set(times))
    assert times[-1] <= after.seconds + 1e-6


def test_a_leg_has_an_easing_and_a_way():
    first = stops(held())[0]
    changed = set_leg(held(), first, easing="linear", way="lerp")
    assert (easing_after(changed, first), way_after(changed, first)) == ("linear", "lerp")
    assert z_of(changed, 0.25) == POINTS[0].get("z")
    assert easing_after(changed, stops(changed)[1]) == "smooth"


def test_the_loop_is_a_switch():
    plain = animate_shelf(POINTS, SPACE, leg=1.0)
    closed = set_loop(plain, True)
    assert closed.seconds == 4.0
    assert z_of(closed, 4.0) == POINTS[0].get("z")
    assert set_loop(closed, False) == plain


def test_what_does_not_loop_ends_on_its_last_key():
    plain = animate_shelf(POINTS, SPACE, leg=1.0)
    assert plain.frames(4) == [0.0, 1.0, 2.0, 3.0]
    assert set_loop(plain, True).frames(4) == [0.0, 1.0, 2.0, 3.0]


def test_a_number_of_another_sheet_is_refused_or_left_out():
    timeline = Timeline(1.0, POINTS[0], (), (("turn", (NumberKey(0.0, 0.0), NumberKey(1.0, 1.0))),))
    with pytest.raises(ZscapeError, match="turn"):
        timeline.sweep(Single(OTHER), 0.5, SPACE)
    assert timeline.suiting(Single(OTHER)).sweep(Single(OTHER), 0.5, SPACE) == Single(POINTS[0])
    assert stops(timeline) == []
    for name in ("centre", "shape", "__class__"):  # attributes of a sheet that are not numbers
        assert Timeline(1.0, sheet=((name, (NumberKey(0.0, 1.0),)),)).suiting(Single(OTHER)).sheet == ()


def test_where_one_input_moves_on_nothing_is_held():
    plain = animate_shelf([POINTS[0], POINTS[0]], SPACE, leg=1.0, easing="hold")
    assert spans(plain) == [(0.0, 1.0)]
    (latent, keys), classes = plain.tracks
    moving = Timeline(1.0, POINTS[0], ((latent, keys), (classes[0], classes[1][:1])))
    assert spans(moving) == [(0.0, 0.0), (1.0, 1.0)]


def test_as_many_keys_as_a_file_may_have_are_found_at_once():
    value = POINTS[0].get("z")
    keys = tuple(Key(place / 10, value) for place in range(100_000))
    assert len(stops(Timeline(10_000.0, POINTS[0], (("z", keys),)))) == 100_000


def test_a_stop_without_neighbours_goes_anywhere():
    timeline = add_stop(Timeline(3.0, POINTS[0]), 1.0, OTHER, SPACE)
    assert spans(move_stop(timeline, Stop(1.0, 1.0), 9.0)) == [(3.0, 3.0)]
