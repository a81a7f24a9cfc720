"""What follows a curve has its value at every moment, and everything else continues."""

import numpy as np
import pytest
from recipes import recipe, space

from zscape.models.errors import ZscapeError
from zscape.models.inputs.directions import Direction
from zscape.models.inputs.kinds.numbers import Numbers
from zscape.models.inputs.space import Space
from zscape.models.inputs.units import AS_DRAWN, NOTHING, UNIT_EDITS, UNITS
from zscape.models.timeline.edits import animate_shelf
from zscape.models.timeline.follow import Following, follow, following_of
from zscape.models.timeline.text import read_timeline, timeline_text
from zscape.models.timeline.timeline import Timeline

POSE = Numbers("pose", ("angle", "tilt"), ((-1.0, 1.0), (0.0, 2.0)))
PLAIN = space(12)
SPACE = Space((*PLAIN.inputs, POSE)).with_directions([Direction("smile", "z", (1.0, *[0.0] * 11))])
Z, CLASS = SPACE.input("z"), SPACE.input("class")
LINE = animate_shelf([recipe(seeds=((seed, 1.0),)) for seed in (1, 2)], SPACE, 2.0)
CURVE = [0.0, 0.5, 1.0, 0.25, 0.0]


def row(timeline, time, name="z"):
    each = SPACE.input(name)
    return each.row(timeline.at(time, SPACE).value(each), SPACE)


def driven(target, low=0.0, high=1.0, line=LINE):
    made = follow(line, SPACE, Following("bass", target, low, high), CURVE, 2.0)
    assert read_timeline(timeline_text(made), SPACE) == made
    return made


def test_a_direction_follows_while_the_point_glides():
    made = driven("smile", -1.0, 3.0)
    for moment, level in enumerate(CURVE):
        moved = row(made, moment / 2) - row(LINE, moment / 2)
        assert moved == pytest.approx([4 * level - 1, *[0] * 11], abs=1e-5)


def test_a_number_a_class_the_truncation_and_the_way_to_another_point_follow():
    assert [row(driven("pose.angle", -1, 1), k / 2, "pose")[0] for k in range(5)] == pytest.approx([-1, 0, 1, -0.5, -1])
    assert row(driven("pose.angle", -1, 1), 0.5, "pose")[1] == 1.0
    still = Timeline(2.0, LINE.base)
    assert [row(driven("class.7", line=still), k / 2, "class")[7] for k in range(5)] == pytest.approx(CURVE)
    norms = [np.linalg.norm(row(driven("truncation", 1, 0.5, still), k / 2)) for k in range(5)]
    assert np.array(norms) / norms[0] == pytest.approx([1, 0.75, 0.5, 0.875, 1])
    there = Z.row(Z.default(9), SPACE)
    assert row(driven("seed.9"), 1.0) == pytest.approx(there, abs=1e-5)
    assert row(driven("seed.9"), 0.0) == pytest.approx(row(LINE, 0.0), abs=1e-5)


def test_the_strength_of_unit_edits_follows():
    edits = NOTHING.with_units("up", [1], gain=0.0)
    base = LINE.base.with_value(UNIT_EDITS, edits)
    made = driven("unit edits.strength", 0, 2, Timeline(2.0, base))
    gains = [UNITS.said(made.at(k / 2, SPACE)).applied().of("up").get(1, AS_DRAWN).gain for k in range(5)]
    assert gains == pytest.approx([1 - 2 * level for level in CURVE])


def test_two_followings_of_one_input_add_up_and_other_tracks_stay():
    both = follow(driven("smile"), SPACE, Following("high", "seed.9", 0, 0), CURVE, 2.0)
    assert row(both, 1.0) == pytest.approx(row(driven("smile"), 1.0), abs=1e-5)
    assert dict(both.tracks)["class"] == dict(LINE.tracks)["class"]


def test_beyond_its_end_a_curve_is_silent():
    made = follow(LINE, SPACE, Following("bass", "pose.angle", -1, 1), [1.0], 10.0)
    assert row(made, 0.0, "pose")[0] == 1
    assert row(made, 1.0, "pose")[0] == -1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("bass", "write it as"),
        ("bass:smile", "write it as"),
        ("bass:smile=1", "write it as"),
        ("bass:smile=0..nan", "write it as"),
        ("bass:=0..1", "write it as"),
        ("drums:smile=0..1", "no curve 'drums'; choose from bass, high"),
    ],
)
def test_what_is_no_following_is_one_line(text, words):
    with pytest.raises(ZscapeError, match=words):
        following_of(text, ("bass", "high"))


def test_a_following_is_read_from_text_and_a_target_that_is_none_is_one_line():
    assert following_of("bass:pose.angle=-1..2.5", ("bass",)) == Following("bass", "pose.angle", -1.0, 2.5)
    for target in ("frown", "pose.roll", "pose", "class.x", "seed.-1", "z.0"):
        with pytest.raises(ZscapeError):
            driven(target)
    with pytest.raises(ZscapeError, match="at most 100,000 keys"):
        follow(LINE, SPACE, Following("bass", "smile", 0, 1), CURVE, 60_000)
