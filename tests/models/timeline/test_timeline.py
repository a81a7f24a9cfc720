"""Timelines: keys, interpolation and loops."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from recipes import recipe, space

from zscape.models.errors import ZscapeError
from zscape.models.inputs.kinds.classes import ClassesValue
from zscape.models.inputs.kinds.latent import Latent
from zscape.models.inputs.recipe import Recipe
from zscape.models.inputs.space import Space
from zscape.models.sweeps import ClassSweep
from zscape.models.sweeps.single import Gallery, Single
from zscape.models.timeline.ready_made import random_loop, round_the_classes, tour, usual
from zscape.models.timeline.timeline import Key, NumberKey, Timeline

SPACE = space(12, "abcd")
LATENT = SPACE.first(Latent)
A, B = (recipe(seeds=((seed, 1.0),)) for seed in (1, 2))


def z_at(timeline, time):
    return LATENT.row(timeline.at(time, SPACE).value(LATENT), SPACE)


def glide(easing="linear", way="slerp"):
    return Timeline(2.0, A, (("z", (Key(0.5, A.get("z"), easing, way), Key(1.5, B.get("z")))),))


def test_before_the_first_key_and_after_the_last_it_stands_still():
    timeline = glide()
    assert timeline.at(0.0, SPACE) == timeline.at(0.5, SPACE) == A
    assert timeline.at(1.5, SPACE).get("z") == timeline.at(9.0, SPACE).get("z") == B.get("z")


@given(st.floats(0.5, 1.5))
def test_slerp_keeps_the_length_that_lies_between(time):
    ends = [np.linalg.norm(z_at(glide(), each)) for each in (0.0, 2.0)]
    length = np.linalg.norm(z_at(glide(), time))
    assert min(ends) * 0.97 <= length <= max(ends) * 1.03


def test_easing_says_when_and_the_way_says_where():
    middle = z_at(glide(), 1.0)
    np.testing.assert_allclose(z_at(glide("smooth"), 1.0), middle, atol=1e-5)
    early, late = (np.linalg.norm(z_at(glide(easing), 0.6) - z_at(glide(), 0.5)) for easing in ("smooth", "linear"))
    assert early < late
    assert glide("hold").at(1.4, SPACE).get("z") == A.get("z")
    assert np.linalg.norm(z_at(glide(way="lerp"), 1.0)) < np.linalg.norm(middle)


def test_tracks_move_on_their_own():
    keys = (Key(0.0, ClassesValue((1.0, 0.0, 0.0, 0.0))), Key(2.0, ClassesValue((0.0, 0.0, 1.0, 0.0))))
    timeline = Timeline(2.0, A, (*glide().tracks, ("class", keys)))
    made = timeline.at(1.0, SPACE)
    assert made.get("class").weights == (0.5, 0.0, 0.5, 0.0)
    np.testing.assert_allclose(LATENT.row(made.get("z"), SPACE), z_at(glide(), 1.0))


def test_the_sheets_numbers_move_too():
    timeline = Timeline(1.0, A, (), (("start", (NumberKey(0.0, 0.0), NumberKey(1.0, 4.0))),))
    assert timeline.sweep(ClassSweep(B, 3), 0.25, SPACE) == ClassSweep(A, 3, start=1.0)


@pytest.mark.parametrize(
    "make",
    [
        lambda: round_the_classes(A, SPACE, 4.0),
        lambda: tour([A, B, Recipe.seed(9)], SPACE, 4.0),
        lambda: random_loop(A, SPACE, 4.0, seed=3),
    ],
)
def test_what_is_ready_made_is_a_loop_of_its_length(make):
    timeline = make()
    assert timeline.seconds == 4.0
    first, last = (timeline.at(time, SPACE) for time in (0.0, 4.0))
    assert first.value(LATENT) == last.value(LATENT)
    weights = [SPACE.inputs[1].row(each.value(SPACE.inputs[1]), SPACE) for each in (first, last)]
    np.testing.assert_allclose(*weights)
    times = timeline.frames(8)
    assert times == [0.0, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 3.5]
    assert len({timeline.at(time, SPACE) for time in times}) > 1


def test_what_cannot_be_is_refused_in_one_line():
    value = A.get("z")
    for make in (
        lambda: Timeline(0.0),
        lambda: Timeline(math.nan),
        lambda: Timeline(1.0, A, (("z", ()),)),
        lambda: Timeline(1.0, A, (("z", (Key(1.0, value), Key(0.5, value))),)),
        lambda: Timeline(1.0, A, (("z", (Key(math.nan, value),)),)),
        lambda: tour([A], SPACE, 1.0),
        lambda: round_the_classes(A, Space((Latent("z", 4),)), 1.0),
        lambda: Timeline(1.0, A, (("pose", (Key(0.0, value), Key(1.0, value))),)).at(0.5, SPACE),
    ):
        with pytest.raises(ZscapeError) as caught:
            make()
        assert "\n" not in str(caught.value)


def test_a_sheet_of_thumbnails_stands_still():
    assert usual(Gallery(A, (B,)), SPACE, 1.0) is None
    assert usual(Single(A), Space((Latent("z", 4),)), 1.0) is not None
