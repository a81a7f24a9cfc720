"""Measures have their current names, whatever the file calls them."""

import pytest

from zscape.models.files.header import read_spec
from zscape.models.files.library import BUNDLED
from zscape.models.files.measure_names import current_names, current_notes, label_of, value_text


def test_former_names_become_the_present_ones():
    assert current_names({"restyled_as_asked": 0.9, "encoder_mse": 0.1}) == {"restyled_class_accuracy": 0.9, "encoder_mse": 0.1}


def test_a_value_of_the_present_name_stays_beside_one_of_the_former():
    values = {"encoder_class_accuracy": 0.9, "encoder_class_found": 0.1}
    assert current_names(values) == {"encoder_class_accuracy": 0.9}


def test_former_wording_becomes_the_present_one():
    notes = {"encoder_class_found": "10 samples named as asked by the x judge (1% right); 5 others as yardstick"}
    text = "10 samples classified by the x classifier (1% right); 5 other real pictures as the baseline"
    assert current_notes(notes) == {"encoder_class_accuracy": text}


@pytest.mark.parametrize("name", ["mnist", "fashion-mnist", "mnist-dcgan"])
def test_bundled_models_of_the_first_format_are_read_under_the_present_names(name):
    spec = read_spec(BUNDLED / f"{name}.safetensors")
    assert {"encoder_class_accuracy", "restyled_class_accuracy", "restyled_class_accuracy_refined"} <= spec.measures.keys()
    assert spec.measures.keys() == spec.notes.keys()
    text = " ".join([*spec.measures, *spec.notes.values()])
    assert not [word for word in ("judge", "as asked", "as_asked", "yardstick", "hand in", "found") if word in text]


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("class_accuracy", "class accuracy"),
        ("encoder_class_accuracy", "class accuracy of the encoder"),
        ("restyled_class_accuracy_refined", "class accuracy of restyled images, refined"),
        ("stroke_width_kept", "stroke width kept in other classes"),
        ("slant_kept_refined", "slant kept in other classes, refined"),
        ("something_else", "something else"),
    ],
)
def test_every_name_has_words(name, label):
    assert label_of(name) == label


def test_values_are_percentages_or_four_digits():
    assert value_text("class_accuracy", 0.99621) == "99.62%"
    assert value_text("frechet_distance", 0.093233) == "0.09323"
    assert value_text("chi_square", 0.00004646) == "0.00005"
