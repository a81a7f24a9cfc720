"""How far a reconstruction is, said so that a person knows what to make of it."""

import pytest

from zscape.models.inference.distance import FAR, in_words, is_far

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
