"""The distance of a reconstruction, in words that say what it means."""

from dataclasses import replace

import pytest
from recipes import inputs

from zscape.models.files.spec import Spec
from zscape.models.inference.distance import FAR, OTHER, in_words, is_far, refusal

MEASURES = {"encoder_mse": 0.01}


@pytest.mark.parametrize(
    ("mse", "said"),
    [
        (0.004, "as close as unseen"),
        (0.031, "3.1 times as far"),
        (0.075, "7.5 times as far off as unseen pictures of its kind: the model does not draw this"),
    ],
)
def test_an_error_is_set_against_that_of_held_out_images(mse, said):
    assert said in in_words(mse, MEASURES)
    assert ("does not draw" in in_words(mse, MEASURES)) == is_far(mse, MEASURES) == (mse > FAR * 0.01)


def test_what_was_refined_is_set_against_what_refinement_reaches():
    measures = {**MEASURES, "encoder_mse_refined": 0.002}
    assert "as close" in in_words(0.006, measures)
    assert "3.0 times" in in_words(0.006, measures, refined=True)
    assert is_far(0.01, measures, refined=True)
    assert in_words(0.006, MEASURES, refined=True) == in_words(0.006, MEASURES)


@pytest.mark.parametrize("measures", [{}, {"encoder_mse": 0.0}])
def test_a_model_without_that_measure_says_nothing(measures):
    assert in_words(0.5, measures) == ""
    assert not is_far(0.5, measures)


def test_a_photograph_is_refused_that_is_far_off_for_how_much_there_is_in_it():
    spec = Spec("faces", "dcgan", {}, inputs(8), (3, 64, 64), data="faces", measures=MEASURES, subject="object")
    assert refusal(FAR * 0.011, spec).startswith("faces draws cartoon faces in colour, each with ten expressions. ")
    assert refusal(FAR * 0.009, spec) == ""
    assert refusal(FAR * 0.009, spec, contrast=1.0) == ""
    assert refusal(0.0101 * OTHER * 0.2, spec, contrast=0.2) != ""
    assert refusal(0.0099 * OTHER * 0.2, spec, contrast=0.2) == ""
    assert "draws pictures like those of faces" in refusal(1.0, replace(spec, name="mine"))
    for other in (replace(spec, subject="glyph"), replace(spec, image_shape=(1, 64, 64)), replace(spec, measures={})):
        assert refusal(1.0, other, contrast=0.0) == ""
