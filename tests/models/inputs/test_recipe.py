"""Recipes: what they refuse, how they are changed, and that they can be read back from plain values."""

import math

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from recipes import recipe, space

from zscape.models.errors import ZscapeError
from zscape.models.inputs import KINDS, Classes, Latent, Noise, Numbers, Picture, Styles
from zscape.models.inputs.kinds.classes import ClassesValue
from zscape.models.inputs.kinds.latent import LatentValue
from zscape.models.inputs.kinds.noise import NoiseValue
from zscape.models.inputs.kinds.numbers import NumbersValue
from zscape.models.inputs.kinds.picture import PictureValue
from zscape.models.inputs.kinds.styles import Mix, StylesValue
from zscape.models.inputs.plain import dec_hook, enc_hook, input_of, plain_input, recipe_of
from zscape.models.inputs.recipe import Recipe
from zscape.models.inputs.space import Space
from zscape.models.inputs.value import SEED_LIMIT

REALS = st.floats(-1e6, 1e6, width=32)
SEEDS = st.integers(0, SEED_LIMIT - 1)
VALUES = {
    "latent": st.builds(
        LatentValue,
        st.lists(st.tuples(SEEDS, REALS.filter(bool)), min_size=1, max_size=3).map(tuple),
        st.none() | st.lists(REALS, min_size=1, max_size=4).map(tuple),
        st.dictionaries(st.integers(0, 99), REALS, max_size=3).map(lambda given: tuple(sorted(given.items()))),
        st.dictionaries(st.text(max_size=4), REALS, max_size=2).map(lambda given: tuple(sorted(given.items()))),
        REALS,
    ),
    "classes": st.builds(ClassesValue, st.lists(st.floats(0.125, 9), max_size=4).map(tuple)),
    "numbers": st.builds(NumbersValue, st.lists(REALS, max_size=4).map(tuple)),
    "noise": st.builds(NoiseValue, SEEDS, st.floats(0, 9), SEEDS, st.floats(0, 1.5)),
    "picture": st.binary(min_size=12, max_size=12).map(lambda pixels: PictureValue(2, 2, 3, pixels)),
    "styles": st.builds(
        StylesValue,
        st.none() | st.just(((0.5, 1.0), (2.0, -1.0))),
        st.builds(Mix, st.just((0, 1)), SEEDS.map(Recipe.seed), st.floats(0, 1)).map(lambda mix: (mix,)),
        st.just((("smile", 1.0),)),
        REALS,
        st.none() | st.integers(0, 9),
    ),
}
INPUTS = [
    Latent("z", 64),
    Classes("class", ("a", "b")),
    Numbers("pose", ("angle",), ((-1, 1),), ("°",)),
    Styles("w", 8, 16),
    Noise("noise", (1, 4, 4)),
    Picture("mask", (8, 8, 3), ((0, 0, 0), (255, 0, 0))),
]


def test_every_kind_is_tried_here():
    assert {each.kind for each in INPUTS} == set(KINDS) == set(VALUES)


@given(st.fixed_dictionaries({}, optional=VALUES), SEEDS)
def test_a_recipe_comes_back_from_json(values, root):
    made = Recipe(values, root)
    text = msgspec.json.encode(made, enc_hook=enc_hook)
    again = msgspec.json.decode(text, type=Recipe, dec_hook=dec_hook)
    assert again == made
    assert hash(again) == hash(made)


@pytest.mark.parametrize("each", INPUTS, ids=lambda each: each.kind)
def test_every_number_that_a_controller_sets_is_read_back(each):
    made = Space((INPUTS[0], each) if each.kind == "styles" else (each,))
    start = each.default(3)
    dials = each.dials(made)
    assert each.scalars(made).items() <= dials.items()
    assert each.readings(start, made).keys() <= dials.keys()
    numbers = {name: 1.0 if each.whole else each.low + 0.25 * (each.high - each.low) for name, each in dials.items()}
    chained = start
    for name, number in numbers.items():
        value = each.with_dial(start, name, number)
        each.check(value)
        assert each.readings(value, made)[name] == pytest.approx(number)
        chained = each.with_dial(chained, name, number)
    assert each.with_dials(start, numbers) == chained
    with pytest.raises(ZscapeError):
        each.with_dial(start, "nonsense", 0.5)


@pytest.mark.parametrize("each", INPUTS, ids=lambda each: each.kind)
def test_an_input_comes_back_from_plain_values(each):
    assert input_of(msgspec.json.decode(msgspec.json.encode(plain_input(each)))) == each


def test_a_recipe_of_the_first_format_is_read():
    old = {"seeds": [[7, 1.0]], "overrides": [[2, 1.5]], "classes": [0, 1], "truncation": 0.5}
    assert recipe_of(old) == recipe(seeds=((7, 1.0),), coordinates=((2, 1.5),), truncation=0.5, classes=(0.0, 1.0))
    stored = recipe_of({"seeds": [], "latent": [1.0, 2.0]})
    assert stored == recipe(seeds=(), numbers=(1.0, 2.0))


@pytest.mark.parametrize(
    "bad",
    [
        3,
        {"seeds": "x"},
        {"root": -1},
        {"values": [1]},
        {"values": {"z": {"kind": "smell"}}},
        {"values": {"z": {"kind": "latent", "numbers": ["x"]}}},
        {"values": {"z": {"kind": "latent", "odd": 1}}},
        {"values": {}, "odd": 1},
        {"seeds": [[0, 1]], "odd": 1},
    ],
)
def test_plain_values_that_are_no_recipe_are_refused_in_one_line(bad):
    with pytest.raises(ZscapeError) as caught:
        recipe_of(bad)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "bad",
    [
        lambda: LatentValue(truncation=math.nan),
        lambda: LatentValue(numbers=(1.0, math.inf)),
        lambda: LatentValue(seeds=((-1, 1.0),)),
        lambda: LatentValue(seeds=((SEED_LIMIT, 1.0),)),
        lambda: LatentValue(seeds=()),
        lambda: LatentValue(seeds=((3, 0.0),)),
        lambda: LatentValue(coordinates=((-1, 0.5),)),
        lambda: ClassesValue((0.5, -0.5, 1.0)),
        lambda: ClassesValue((0.0, 0.0)),
        lambda: NumbersValue((math.nan,)),
        lambda: NoiseValue(strength=-1),
        lambda: NoiseValue(seed=SEED_LIMIT),
        lambda: PictureValue(2, 2, 1, b"abc"),
        lambda: StylesValue(truncation=math.inf),
        lambda: Recipe.seed(-1),
        lambda: Latent("z", 0),
        lambda: Latent("", 4),
        lambda: Classes("class", ()),
        lambda: Classes("class", ("a", "a")),
        lambda: Classes("class", "ab"),
        lambda: Numbers("pose", ("angle",), ((1, -1),)),
        lambda: Numbers("pose", ("angle",), ()),
        lambda: Numbers("pose", ("angle",), ((0, math.inf),)),
        lambda: Picture("mask", (0, 4, 1)),
        lambda: Picture("mask", (4, 4, 2)),
        lambda: Styles("w", 0, 4),
        lambda: Space(()),
        lambda: Space((Latent("z", 4), Classes("z", ("a",)))),
        lambda: Space((Latent("z", 4),), {"slant": 4}),
        lambda: Space((Styles("w", 2, 2),)),
        lambda: Space(("z",)),
    ],
)
def test_a_value_out_of_range_is_refused_in_one_line(bad):
    with pytest.raises(ZscapeError) as caught:
        bad()
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "other",
    [
        recipe(seeds=(), numbers=(0.0,) * 15),
        recipe(classes=(1.0, 1.0)),
        recipe(coordinates=((16, 0.0),)),
        recipe(moves=(("smile", 1.0),)),
        Recipe({"pose": NumbersValue((1.0,))}),
        Recipe({"z": NumbersValue((1.0,))}),
    ],
    ids=str,
)
def test_a_recipe_of_another_model_does_not_fit(other):
    model = space(16, "abc")
    with pytest.raises(ZscapeError) as caught:
        model.check(other)
    assert "\n" not in str(caught.value)


@given(st.dictionaries(st.integers(0, 99), st.floats(-4, 4)))
def test_coordinates_set_in_any_order_make_equal_values(numbers):
    forth = back = LatentValue()
    for index, number in numbers.items():
        forth = forth.with_coordinate(index, number)
    for index, number in reversed(numbers.items()):
        back = back.with_coordinate(index, number)
    assert forth == back
    assert hash(forth) == hash(back)


def test_resetting_a_coordinate_takes_only_that_one_back():
    value = LatentValue().with_coordinate(3, 1.5).with_coordinate(7, -1.0)
    assert value.without_coordinate(3) == LatentValue().with_coordinate(7, -1.0)


def test_a_fresh_seed_drops_what_was_set_by_hand_and_keeps_the_truncation():
    value = LatentValue(truncation=0.7).with_coordinate(2, 1.0).with_seed(9)
    assert value == LatentValue(seeds=((9, 1.0),), truncation=0.7)
    assert value.seed == 9


def test_what_is_drawn_again_stays_moved_along_directions():
    value = LatentValue(truncation=0.7).with_coordinate(2, 1.0).with_move("slant", 2.0).drawn_again(9)
    assert value == LatentValue(seeds=((9, 1.0),), truncation=0.7, moves=(("slant", 2.0),))


def test_a_mixture_and_stored_numbers_have_no_seed():
    assert LatentValue(seeds=((1, 0.5), (2, 0.5))).seed is None
    assert LatentValue(seeds=(), numbers=(0.0, 1.0)).seed is None


def test_a_recipe_cannot_be_changed_in_place():
    with pytest.raises(AttributeError):
        Recipe.seed(3).root = 4


def test_what_a_recipe_does_not_say_comes_from_its_seed():
    latent = Latent("z", 8)
    assert Recipe.seed(3).value(latent) == LatentValue(seeds=((3, 1.0),))
    two = Space((Latent("z", 8), Latent("y", 8)))
    rows = [each.row(Recipe.seed(3).value(each), two) for each in two.inputs]
    assert not np.allclose(*rows), "two latents of one seed are two draws"


def test_class_weights_in_words():
    classes = Classes("class", ("zero", "one"))
    assert classes.describe(ClassesValue()) == "zero"
    assert classes.describe(ClassesValue((0.0, 2.0))) == "one"
    assert classes.describe(ClassesValue((3.0, 1.0))) == "75% zero + 25% one"
