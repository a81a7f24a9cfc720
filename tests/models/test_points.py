"""Points: recipes resolved in a model's space."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zscape.models.errors import ZscapeError
from zscape.models.inputs.points import Points, Space, draw, latent, resolve
from zscape.models.inputs.recipe import Recipe

SPACE = Space(16, tuple("abc"))


def one(recipe, space=SPACE):
    return resolve([recipe], space, 1, 1)


def test_a_seed_means_the_same_latent_for_good():
    np.testing.assert_allclose(draw(0, 4), [1.7640524, 0.4001572, 0.978738, 2.2408931], rtol=1e-6)


@given(st.integers(0, 2**32 - 1), st.integers(0, 2**32 - 1), st.floats(0.1, 10), st.floats(-10, 10))
def test_a_mixture_of_seeds_weighs_their_draws_and_keeps_the_prior(first, second, a, b):
    mixed = one(Recipe(seeds=((first, a), (second, b)))).z[0]
    expected = (a * draw(first, 16).astype(float) + b * draw(second, 16)) / np.hypot(a, b)
    np.testing.assert_allclose(mixed, expected, atol=1e-5)


def test_overrides_are_put_in_before_the_truncation_scales():
    recipe = Recipe(truncation=0.5).with_coordinate(2, 3.0)
    assert latent(recipe, SPACE)[2] == 3.0
    assert one(recipe).z[0, 2] == 1.5
    np.testing.assert_allclose(np.delete(one(recipe).z[0], 2), 0.5 * np.delete(draw(0, 16), 2), rtol=1e-6)


def test_moves_go_along_named_directions():
    step = np.zeros(16, np.float32)
    step[5] = 2.0
    space = Space(16, tuple("abc"), directions={"slant": step})
    moved = one(Recipe(moves=(("slant", 1.5),)), space).z[0] - one(Recipe(), space).z[0]
    np.testing.assert_allclose(moved, 1.5 * step, atol=1e-6)


@given(st.lists(st.floats(0, 1e6), min_size=3, max_size=3).filter(lambda weights: sum(weights) > 0))
def test_class_weights_are_scaled_to_sum_to_one(weights):
    c = one(Recipe(classes=tuple(weights))).c[0]
    assert c.sum() == pytest.approx(1.0, abs=1e-5)
    np.testing.assert_allclose(c * sum(weights), weights, rtol=1e-4, atol=1e-3)


def test_no_class_weights_stand_for_the_first_class():
    assert one(Recipe()).c.tolist() == [[1.0, 0.0, 0.0]]


@pytest.mark.parametrize(
    "recipe",
    [
        Recipe(seeds=(), latent=(0.0,) * 15),
        Recipe(classes=(1.0, 1.0)),
        Recipe(overrides=((16, 0.0),)),
        Recipe(moves=(("smile", 1.0),)),
    ],
)
def test_a_recipe_of_another_model_is_refused_in_one_line(recipe):
    with pytest.raises(ZscapeError) as caught:
        one(recipe)
    assert "\n" not in str(caught.value)


@given(st.integers(0, 1000), st.integers(0, 2), st.floats(0.1, 2))
def test_a_point_as_a_recipe_resolves_to_itself(seed, label, truncation):
    points = one(Recipe(seeds=((seed, 1.0),), truncation=truncation).with_class(label, 3))
    again = one(points.recipe(0))
    assert np.array_equal(points.z, again.z)
    assert np.array_equal(points.c, again.c)


def test_a_sheet_with_the_wrong_number_of_tiles_is_refused():
    with pytest.raises(ValueError, match="2 latents"):
        Points(np.zeros((2, 16), np.float32), np.zeros((2, 3), np.float32), 1, 3)
