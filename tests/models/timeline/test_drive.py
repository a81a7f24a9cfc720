"""Numbers driven by a curve follow it, on a separate track; all else stays the same."""

import math

import numpy as np
import pytest
from recipes import recipe, space

from zscape.models.errors import ZscapeError
from zscape.models.inputs.directions import Direction
from zscape.models.inputs.kinds.numbers import Numbers
from zscape.models.inputs.space import Space
from zscape.models.timeline.drive import NEAR, Drive, corners, drivable, drive
from zscape.models.timeline.edits import animate_shelf
from zscape.models.timeline.text import read_timeline, timeline_text
from zscape.models.timeline.timeline import NumberKey
from zscape.models.timeline.track_edits import Track, keys_of, with_keys

POSE = Numbers("pose", ("angle", "tilt"), ((-1.0, 1.0), (0.0, 2.0)))
SPACE = Space((*space(12).inputs, POSE)).with_directions([Direction("smile", "z", (1.0, *[0.0] * 11))])
LINE = animate_shelf([recipe(seeds=((seed, 1.0),)) for seed in (1, 2)], SPACE, 2.0)
CURVES = {"bass": [0.0, 0.5, 1.0, 0.25, 0.0], "high": [1.0] * 5}
SMILE, TILT = Drive("bass", "z", "direction smile", -1.0, 3.0), Drive("high", "pose", "tilt", 0.5, 1.5)


def number(line, time, what):
    given = SPACE.input(what.input)
    return given.scalar(line.at(time, SPACE).value(given), what.number)


def test_each_number_follows_its_curve_and_the_keys_of_the_inputs_stay():
    made = drive(LINE, SPACE, (SMILE, TILT), CURVES, 2.0)
    assert made.tracks == LINE.tracks
    assert [number(made, k / 2, SMILE) for k in range(5)] == pytest.approx([4 * level - 1 for level in CURVES["bass"]])
    assert [number(made, k / 2, TILT) for k in range(5)] == pytest.approx([1.5] * 5)
    assert len(keys_of(made, TILT.track)) == 2  # a constant curve needs no more
    assert read_timeline(timeline_text(made), SPACE) == made


def test_beyond_its_end_a_curve_is_silent_and_one_that_is_longer_is_cut():
    short = drive(LINE, SPACE, (TILT,), {"high": [1.0]}, 10.0)
    assert (number(short, 0.0, TILT), number(short, 1.0, TILT)) == (1.5, 0.5)
    long = drive(LINE, SPACE, (TILT,), {"high": [0.0] * 21 + [1.0] * 20}, 10.0)
    assert keys_of(long, TILT.track)[-1] == NumberKey(2.0, 0.5)


def test_driving_again_replaces_the_old_curves_and_removes_unused_tracks():
    first = drive(LINE, SPACE, (SMILE, TILT), CURVES, 2.0)
    own = with_keys(first, Track("z", "truncation"), (NumberKey(0.0, 0.7),))
    again = drive(own, SPACE, (Drive("high", "z", "direction smile", 0.0, 2.0),), CURVES, 2.0, (SMILE, TILT))
    assert number(again, 1.0, SMILE) == 2.0
    assert keys_of(again, TILT.track) == ()
    assert keys_of(again, Track("z", "truncation")) == (NumberKey(0.0, 0.7),)
    assert drive(again, SPACE, (), CURVES, 2.0, (SMILE,)).numbers == ((("z", "truncation", (NumberKey(0.0, 0.7),))),)


def test_straight_lines_through_the_keys_miss_no_moment_by_more_than_that():
    levels = np.abs(np.sin(np.arange(600) / 40))
    places = corners(levels.tolist(), NEAR)
    assert len(places) < 100
    assert np.abs(np.interp(np.arange(600), places, levels[places]) - levels).max() <= NEAR + 1e-9
    assert (corners([0.3], NEAR), corners([0.0] * 900, NEAR)) == ([0], [0, 899])


def test_what_can_follow_is_every_number_also_one_that_has_a_track():
    made = drive(LINE, SPACE, (SMILE,), CURVES, 2.0)
    offered = set(drivable(made, SPACE))
    assert {Track("z", "truncation"), SMILE.track, Track("pose", "angle"), TILT.track} <= offered


@pytest.mark.parametrize(
    ("drives", "words"),
    [
        ((Drive("drums", "pose", "tilt", 0, 1),), "no curve 'drums': choose from bass, high"),
        ((Drive("bass", "pose", "roll", 0, 1),), "no number 'roll' of 'pose'"),
        ((Drive("bass", "z", "direction frown", 0, 1),), "no number 'direction frown'"),
        ((TILT, Drive("bass", "pose", "tilt", 0, 1)), "Two curves drive pose: tilt"),
    ],
)
def test_what_cannot_be_is_one_line(drives, words):
    with pytest.raises(ZscapeError, match=words):
        drive(LINE, SPACE, drives, CURVES, 2.0)


def test_too_many_keys_are_one_line_and_a_drive_to_nowhere_is_none():
    rough = {"high": np.arange(120_001) % 2}
    with pytest.raises(ZscapeError, match="make the timeline shorter"):
        drive(LINE, SPACE, (TILT,), rough, 60_000)
    for low in (math.nan, math.inf, 1e6):
        with pytest.raises(ValueError, match="at most 1,000"):
            Drive("bass", "pose", "tilt", low, 1.0)
