"""Recipes: what they refuse and how they change."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zscape.models.errors import ZscapeError
from zscape.models.inputs.recipe import SEED_LIMIT, Recipe


@pytest.mark.parametrize(
    "bad",
    [
        {"truncation": math.nan},
        {"latent": (1.0, math.inf)},
        {"classes": (0.5, -0.5, 1.0)},
        {"classes": (0.0, 0.0)},
        {"seeds": ((-1, 1.0),)},
        {"seeds": ((SEED_LIMIT, 1.0),)},
        {"seeds": ()},
        {"seeds": ((3, 0.0),)},
        {"overrides": ((-1, 0.5),)},
    ],
)
def test_a_value_out_of_range_is_refused_in_one_line(bad):
    with pytest.raises(ZscapeError) as caught:
        Recipe(**bad)
    assert "\n" not in str(caught.value)


@given(st.dictionaries(st.integers(0, 99), st.floats(-4, 4)))
def test_coordinates_set_in_any_order_make_equal_recipes(values):
    forth, back = Recipe(), Recipe()
    for index, value in values.items():
        forth = forth.with_coordinate(index, value)
    for index, value in reversed(values.items()):
        back = back.with_coordinate(index, value)
    assert forth == back
    assert hash(forth) == hash(back)


def test_resetting_a_coordinate_takes_only_that_one_back():
    recipe = Recipe().with_coordinate(3, 1.5).with_coordinate(7, -1.0)
    assert recipe.without_coordinate(3) == Recipe().with_coordinate(7, -1.0)


def test_a_fresh_seed_drops_what_was_set_by_hand_and_keeps_class_and_truncation():
    recipe = Recipe(truncation=0.7).with_class(4, 10).with_coordinate(2, 1.0).with_seed(9)
    assert recipe == Recipe(seeds=((9, 1.0),), truncation=0.7).with_class(4, 10)
    assert recipe.seed == 9


def test_a_mixture_and_a_stored_latent_have_no_seed():
    assert Recipe(seeds=((1, 0.5), (2, 0.5))).seed is None
    assert Recipe(seeds=(), latent=(0.0, 1.0)).seed is None
