"""A point of one model, adapted to another model."""

from dataclasses import replace

import pytest
from recipes import inputs, recipe, space, weights, with_class, z

from zscape.models.errors import ZscapeError
from zscape.models.inputs.adapting import adapted, note_line, notes_of
from zscape.models.inputs.directions import Direction
from zscape.models.inputs.kinds.classes import Classes, ClassesValue
from zscape.models.inputs.kinds.latent import Latent, LatentValue
from zscape.models.inputs.kinds.noise import Noise
from zscape.models.inputs.recipe import Recipe
from zscape.models.inputs.space import Space
from zscape.models.sweeps.single import ClassRow, Single
from zscape.models.sweeps.tiles import suited

DIGITS = tuple("0123456789")
OURS = Space(inputs(8))


def test_a_point_of_the_same_inputs_is_the_same():
    point = with_class(recipe(seeds=((4, 1.0),), coordinates=((2, 1.5),)), 3, 10)
    made = adapted(point, OURS, Space(inputs(8)))
    assert made.recipe == point
    assert made.notes == ()


def test_a_seed_stays_where_the_latent_has_another_size_and_that_is_said():
    point = recipe(seeds=((4, 1.0),), coordinates=((2, 1.5),), truncation=0.7)
    made = adapted(point, OURS, Space(inputs(12)))
    assert z(made.recipe) == LatentValue(seeds=((4, 1.0),), truncation=0.7)
    assert "12 numbers, not 8" in made.notes[0]
    assert "by hand" in made.notes[1]
    Space(inputs(12)).check(made.recipe)


def test_stored_numbers_of_another_size_are_refused():
    with pytest.raises(ZscapeError, match="8 stored numbers and the other model takes 12"):
        adapted(recipe(seeds=(), numbers=(0.5,) * 8), OURS, Space(inputs(12)))


def test_classes_go_together_by_label():
    other = Space((Latent("z", 8), Classes("class", ("nine", "3", "0"))))
    made = adapted(with_class(recipe(), 3, 10), OURS, other)
    assert weights(made.recipe) == (0.0, 1.0, 0.0)
    assert made.notes == ()


def test_an_exact_label_takes_precedence_over_another_case():
    alphabet, capitals = (Space((Latent("z", 8), Classes("class", labels))) for labels in (("A", "B", "a", "b"), ("A", "B")))
    assert [alphabet.labels[alphabet.first(Classes).number(word)] for word in ("A", "a", "b", "2")] == ["A", "a", "b", "a"]
    for label in (0, 1):
        made = adapted(with_class(recipe(), label, 2), capitals, alphabet)
        assert weights(made.recipe).index(1) == label
    assert weights(adapted(with_class(recipe(), 3, 4), alphabet, capitals).recipe) == (0.0, 1.0)


def test_classes_without_a_label_of_their_own_go_by_place_and_that_is_said():
    other = Space((Latent("z", 8), Classes("class", ("shirt", "trousers", "coat"))))
    made = adapted(with_class(recipe(), 1, 10), OURS, other)
    assert weights(made.recipe) == (0.0, 1.0, 0.0)
    assert (made.notes, made.classes) == ((), (("trousers", "1"),))
    assert notes_of([made, made]) == ("its classes are others, taken by their place: trousers for 1",)
    several = [replace(made, notes=("a",), classes=((name, number),)) for name, number in zip("vwxyz", "12345", strict=True)]
    line = "its classes are others, taken by their place: v for 1, w for 2, x for 3 and so on for 2 more"
    assert notes_of(several) == ("a", line)
    beyond = adapted(with_class(recipe(), 7, 10), OURS, other)
    assert weights(beyond.recipe) == (1.0, 0.0, 0.0)
    assert "no class 7" in beyond.notes[0]


def test_a_mixture_keeps_its_weights():
    other = Space((Latent("z", 8), Classes("class", ("3", "4"))))
    point = recipe().with_value("class", ClassesValue((0, 0, 0, 1.0, 3.0, 0, 0, 0, 0, 0)))
    assert weights(adapted(point, OURS, other).recipe) == (1.0, 3.0)


def test_a_direction_that_the_other_does_not_know_is_left_out():
    slant = Direction("slant", "z", (1.0,) + (0.0,) * 7)
    point = recipe(moves=(("slant", 2.0),))
    ours = OURS.with_directions([slant])
    assert adapted(point, ours, ours).recipe == point
    made = adapted(point, ours, OURS)
    assert z(made.recipe).moves == ()
    assert made.notes == ("the direction 'slant' is left out",)


def test_what_only_one_of_them_takes_is_said():
    other = Space((*inputs(8), Noise("noise")))
    assert adapted(recipe(), OURS, other).notes == ("it takes noise as well, which the open model does not: the default is used",)
    point = recipe().with_value("noise", Noise("noise").default(0))
    assert adapted(point, other, OURS).notes == ("noise is left out",)


def test_a_latent_of_another_name_goes_by_its_kind():
    other = Space((Latent("w", 8),))
    made = adapted(recipe(seeds=((9, 1.0),)), Space((Latent("z", 8),)), other)
    assert made.recipe.get("w") == LatentValue(seeds=((9, 1.0),))


def test_models_with_nothing_in_common_are_refused():
    with pytest.raises(ZscapeError, match="nothing in common"):
        adapted(Recipe.seed(1), OURS, Space((Noise("noise"),)))


def test_many_notes_are_one_line():
    assert note_line(()) == ""
    assert note_line(("a", "b", "c", "d")) == "a; b; c; d"
    assert note_line(tuple("abcdefg")) == "a; b; c; and 4 more differences"


def test_a_sweep_for_another_model_has_as_many_tiles():
    digits = space(8, DIGITS)
    row = ClassRow(recipe(), (), 2)
    assert suited(row, digits, digits) == (row, ())
    made, notes = suited(row, digits, space(12, DIGITS))
    assert made.shape(digits) == row.shape(digits) == (2, 5)
    assert [weights(each).index(1.0) for each in made.recipes(digits)] == list(range(10))
    assert len(notes) == 1
    assert suited(Single(recipe()), digits, space(12, DIGITS))[0].shape(digits) == (1, 1)
