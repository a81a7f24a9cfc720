"""A way through points in exactly the given time."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from recipes import recipe, space

from zscape.models.errors import ZscapeError
from zscape.models.timeline.easing import Curve
from zscape.models.timeline.through import easing_of, leg_of, place_at, through

SPACE = space(12)
POINTS = [recipe(seeds=((seed, 1.0),)) for seed in (1, 2, 3)]


@given(
    st.booleans(), st.sampled_from([0.0, 0.25]), st.sampled_from(["linear", "smooth", "hold"]), st.sampled_from(["slerp", "lerp"])
)
def test_it_lasts_what_was_asked_and_shows_every_point(loop, hold, easing, way):
    timeline = through(POINTS, SPACE, 6.0, hold, easing, way, loop)
    assert timeline.seconds == pytest.approx(6.0)
    leg = leg_of(3, 6.0, hold, loop)
    for place, point in enumerate(POINTS):
        shown, z = timeline.at(place * (leg + hold) + hold / 2, SPACE), SPACE.input("z")
        assert np.allclose(z.row(shown.value(z), SPACE), z.row(point.value(z), SPACE))
    assert all(key.way == way for _, keys in timeline.tracks for key in keys)


@given(st.booleans(), st.sampled_from([0.0, 0.5]), st.floats(0, 6))
def test_a_place_is_where_the_timeline_is(loop, hold, time):
    behind, share = place_at(time, 3, 6.0, hold, "smooth", loop)
    line = [*POINTS, POINTS[0]]
    z = SPACE.input("z")
    expected = z.row(z.between(line[behind], line[behind + 1], [share], "slerp", SPACE)[0], SPACE)
    at = through(POINTS, SPACE, 6.0, hold, "smooth", loop=loop).at(time, SPACE)
    assert np.allclose(z.row(at.value(z), SPACE), expected, atol=1e-5)


@pytest.mark.parametrize(
    ("points", "seconds", "hold", "words"),
    [
        (POINTS[:1], 6, 0, "two points"),
        (POINTS, 1, 0.5, "no time to move"),
        (POINTS, float("nan"), 0, "finite"),
        (POINTS, 6, -1, "0 or"),
    ],
)
def test_what_cannot_be_is_one_line(points, seconds, hold, words):
    with pytest.raises(ZscapeError, match=words):
        through(points, SPACE, seconds, hold)


def test_an_easing_is_read_from_text():
    assert easing_of("hold") == "hold"
    assert easing_of("0.42,0,1,1") == Curve(0.42, 0, 1, 1)
    for text in ("", "wobbly", "1,2", "0,0,2,1", "nan,0,1,1"):
        with pytest.raises(ZscapeError):
            easing_of(text)
