"""Points: recipes resolved in a model's space."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from recipes import recipe, space, with_class

from zscape.models.errors import ZscapeError
from zscape.models.inputs import Latent, Noise, Numbers, Picture, Styles
from zscape.models.inputs.directions import Direction
from zscape.models.inputs.kinds.latent_draw import draw
from zscape.models.inputs.kinds.noise import NoiseValue, maps
from zscape.models.inputs.kinds.styles import StylesValue
from zscape.models.inputs.points import Points, resolve
from zscape.models.inputs.recipe import Recipe
from zscape.models.inputs.sampling import sample
from zscape.models.inputs.space import Space

SPACE = space(16, "abc")


def one(given, of=SPACE):
    return resolve([given], of, 1, 1)


def seed_draw(seed, size=16):
    return draw("z", seed, size)


def test_a_seed_means_the_same_latent_for_good():
    np.testing.assert_allclose(seed_draw(0, 4), [1.7640524, 0.4001572, 0.978738, 2.2408931], rtol=1e-6)


@given(st.integers(0, 2**32 - 1), st.integers(0, 2**32 - 1), st.floats(0.1, 10), st.floats(-10, 10))
def test_a_mixture_of_seeds_weighs_their_draws_and_keeps_the_prior(first, second, a, b):
    mixed = one(recipe(seeds=((first, a), (second, b))))["z"][0]
    expected = (a * seed_draw(first).astype(float) + b * seed_draw(second)) / np.hypot(a, b)
    np.testing.assert_allclose(mixed, expected, atol=1e-5)


def test_coordinates_are_put_in_before_the_truncation_scales():
    z = one(recipe(truncation=0.5, coordinates=((2, 3.0),)))["z"][0]
    assert z[2] == 1.5
    np.testing.assert_allclose(np.delete(z, 2), 0.5 * np.delete(seed_draw(0), 2), rtol=1e-6)


def test_moves_go_along_named_directions():
    step = [0.0] * 16
    step[5] = 2.0
    known = SPACE.with_directions([Direction("slant", "z", tuple(step))])
    moved = one(recipe(moves=(("slant", 1.5),)), known)["z"][0] - one(recipe(), known)["z"][0]
    np.testing.assert_allclose(moved, 1.5 * np.array(step), atol=1e-6)


@given(st.lists(st.floats(0, 1e6), min_size=3, max_size=3).filter(lambda weights: sum(weights) > 0))
def test_class_weights_are_scaled_to_sum_to_one(weights):
    c = one(recipe(classes=tuple(weights)))["class"][0]
    assert c.sum() == pytest.approx(1.0, abs=1e-5)
    np.testing.assert_allclose(c * sum(weights), weights, rtol=1e-4, atol=1e-3)


def test_no_class_weights_stand_for_the_first_class():
    assert one(recipe())["class"].tolist() == [[1.0, 0.0, 0.0]]


@given(st.integers(0, 1000), st.integers(0, 2), st.floats(0.1, 2))
def test_a_point_gives_back_the_recipe_it_was_made_from(seed, label, truncation):
    made = with_class(recipe(seeds=((seed, 1.0),), truncation=truncation), label, 3)
    assert one(made).recipe(0, SPACE) == made


@given(st.integers(0, 1000), st.floats(0.1, 2))
def test_points_of_numbers_alone_have_a_recipe_that_resolves_to_them(seed, truncation):
    points = sample(SPACE, 3, seed, truncation=truncation)
    for index in range(3):
        again = one(points.recipe(index, SPACE))
        for name, rows in points.items():
            np.testing.assert_allclose(again[name][0], rows[index], atol=1e-6)
    bare = Points(dict(points), 1, 3)
    assert np.array_equal(one(bare.recipe(1, SPACE))["z"][0], points["z"][1])


def test_sampled_points_keep_their_truncation_in_their_recipes():
    value = sample(SPACE, 2, seed=5, truncation=0.5).recipe(1, SPACE).get("z")
    assert value.truncation == 0.5


def test_a_sheet_with_the_wrong_number_of_tiles_is_refused():
    with pytest.raises(ValueError, match=r"2"):
        Points({"z": np.zeros((2, 16), np.float32)}, 1, 3)


def test_points_have_the_shapes_of_the_inputs():
    every = Space((Latent("z", 4), Numbers("pose", ("a", "b"), ((0, 1), (-2, 2))), Noise("n"), Picture("mask", (3, 5, 3))))
    points = resolve([Recipe.seed(1), Recipe.seed(2)], every, 1, 2)
    for each in every.inputs:
        assert points[each.name].shape == (2, *each.shape)
        assert points[each.name].dtype == np.float32
        assert each.prior(3, 0).shape == (3, *each.shape)
    assert points["pose"][0].tolist() == [0.5, 0.0]
    assert (points["mask"] == -1).all()


def test_noise_is_the_same_for_good_and_off_where_it_is_switched_off():
    noise = Noise("noise")
    of = Space((Latent("z", 2), noise))
    rows = resolve(
        [Recipe({"noise": value}) for value in (NoiseValue(7), NoiseValue(7), NoiseValue(8), NoiseValue(7, 0))], of, 1, 4
    )
    first, same, other, off = maps(rows["noise"], (1, 4, 4), "layer")
    assert np.array_equal(first, same)
    assert not np.allclose(first, other)
    assert not off.any()
    assert not np.allclose(first, maps(rows["noise"][:1], (1, 4, 4), "another layer")[0])


def test_the_way_between_two_noises_keeps_their_strength():
    noise = Noise("noise")
    of = Space((Latent("z", 2), noise))
    ends = [Recipe({"noise": NoiseValue(seed)}) for seed in (1, 2)]
    steps = noise.between(*ends, [0.0, 0.25, 0.5, 1.0], "slerp", of)
    drawn = maps(noise.rows(steps, of), (64, 64), "m")
    np.testing.assert_allclose(drawn.std((1, 2)), 1, atol=0.05)
    assert np.array_equal(drawn[0], maps(noise.rows([NoiseValue(1)], of), (64, 64), "m")[0])


TURNED = st.builds(NoiseValue, st.integers(0, 3), st.just(1.0), st.integers(0, 3), st.floats(0, np.pi / 2))


@given(TURNED, TURNED)
def test_the_way_between_mixtures_of_noises_reaches_both_ends_in_equal_small_steps(first, last):
    noise = Noise("noise")
    of = Space((Latent("z", 2), noise))
    steps = noise.between(Recipe({"noise": first}), Recipe({"noise": last}), np.linspace(0, 1, 41).tolist(), "slerp", of)
    assert (steps[0], steps[-1]) == (first, last)
    drawn = maps(noise.rows(steps, of), (32, 32), "m").reshape(41, -1)
    changes = np.linalg.norm(np.diff(drawn, axis=0), axis=1) / 32  # radians, since all have about the length 32
    assert changes.max() < 1.3 * np.pi / 40


def test_a_seed_of_noise_may_be_a_number_of_numpy():
    assert Noise("noise").value({"seed": np.int64(3)}) == NoiseValue(3)
    with pytest.raises(ZscapeError, match="is not a seed"):
        Noise("noise").value({"seed": 1.5})


def test_given_styles_and_latents_are_not_truncated():
    of = Space((Latent("z", 4), Styles("w", 6, 3)))
    points = sample(of, 2, truncation=0.3, values={"w": of.input("w").value(np.ones((6, 3)))})
    assert (points.plan.truncation == 1).all()
    assert points.recipe(1, of).value(of.input("w")) == of.input("w").value(np.ones((6, 3)))
    assert (sample(of, 2, truncation=0.3).plan.truncation == np.float32(0.3)).all()
    plain = Space((Latent("z", 4),))
    given = sample(plain, 2, truncation=0.3, values={"z": plain.input("z").value(5)})
    assert np.array_equal(given["z"][1], resolve([given.recipe(1, plain)], plain, 1, 1)["z"][0])


def test_styles_resolve_to_a_plan_with_the_sources_they_mix():
    of = Space((Latent("z", 4), Styles("w", 6, 3)))
    other = Recipe.seed(9)
    mixed = Recipe.seed(1).with_value("w", StylesValue().with_mix((4, 5), other))
    points = resolve([Recipe.seed(1), mixed], of, 1, 2)
    assert list(points) == ["z"]
    plan = points.plan
    assert plan.arrays["z"].shape == (3, 4)
    assert plan.shares[1, :, 0].tolist() == [1.0, 0.0]
    assert plan.shares[1, :, 5].tolist() == [0.0, 1.0]
    part = points.part(slice(1, 2)).plan
    np.testing.assert_array_equal(part.arrays["z"][part.sources[0]], plan.arrays["z"][plan.sources[1]])
