"""The label of a direction's slider: its name, or otherwise its kind."""

import pytest

from zscape.app.panels.directions.words import about
from zscape.models.inputs.directions import Direction


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("slant", "Changes slant."),
        ("component 2", "Component 2 is one of the ways in which the pictures differ most"),
        ("factor 1", "Factor 1 is a way that the network's first layer responds to most"),
    ],
)
def test_a_tip_says_what_it_changes_or_why_it_has_no_name(name, says):
    words = about(Direction(name, "z", (1.0, 0.0)))
    assert words.startswith(says)
    assert "standard deviations" in words
