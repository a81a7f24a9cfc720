"""Timelines are written as JSON text and read back; an invalid one gets a one-line error."""

import json
from pathlib import Path

import pytest
from recipes import recipe, space

from zscape.models.errors import ZscapeError
from zscape.models.timeline.easing import Curve
from zscape.models.timeline.edits import animate_shelf
from zscape.models.timeline.ready_made import round_the_classes
from zscape.models.timeline.text import read_timeline, timeline_text
from zscape.models.timeline.timeline import NumberKey, Timeline

SPACE = space(12, "abcd")
STOPS = [recipe(seeds=((seed, 1.0),), classes=((0.0, 1.0, 0.0, 0.0))) for seed in (1, 2)]
SHELF = animate_shelf(STOPS, SPACE, 1.0, 0.5, Curve(0.25, 0.1, 0.25, 1.0), loop=True)


@pytest.mark.parametrize(
    "timeline",
    [SHELF, round_the_classes(STOPS[0], SPACE, 4.0), Timeline(2.0, STOPS[0], (), (("turn", (NumberKey(0.0, 0.5, "smooth"),)),))],
)
def test_a_timeline_comes_back_from_its_text(timeline):
    text = timeline_text(timeline)
    assert read_timeline(text, SPACE) == timeline
    assert timeline_text(read_timeline(text)) == text


def changed(**fields):
    return json.dumps({**json.loads(timeline_text(SHELF)), **fields})


def key(**fields):
    return {"z": [{"time": 0.0, "value": {"kind": "latent"}, **fields}]}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("[]", "not a timeline in a format"),
        (changed(timeline=9), "not a timeline in a format"),
        (changed(colour="red"), "no field 'colour'"),
        (changed(seconds=0), "length must be above 0"),
        (changed(seconds=1e9), "at most 36,000 seconds"),
        (changed(seconds="6"), "length of a timeline is a finite number"),
        (timeline_text(SHELF).replace('"seconds": 3.0', '"seconds": NaN'), "NaN is not a number"),
        (changed(loop=1), "true or false"),
        (changed(model=7), "model of a timeline is a name"),
        (changed(tracks=[]), "object, name to a list"),
        (changed(tracks={"z": []}), "has no keys"),
        (changed(tracks=key(easing="bounce")), "no easing 'bounce'"),
        (changed(tracks=key(easing=[0, 1])), "four numbers"),
        (changed(tracks=key(way="spiral")), "slerp, lerp or spline"),
        (changed(tracks={"z": key()["z"] + key(time=-1)["z"]}), "out of order"),
        (changed(tracks={"z": [7]}), "an object with a time"),
        (changed(tracks={"z": [{"time": 0, "value": 3}]}), "no kind"),
    ],
)
def test_what_is_wrong_is_said_in_a_line(text, said):
    with pytest.raises(ZscapeError, match=said) as caught:
        read_timeline(text, SPACE)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("other", [space(12, "ab"), space(7, "abcd")])
def test_a_timeline_of_another_space_is_refused(other):
    timeline = round_the_classes(recipe(numbers=(0.5,) * 12, seeds=()), SPACE, 4.0)
    with pytest.raises(ZscapeError):
        read_timeline(timeline_text(timeline), other)


def test_the_example_of_the_documents_is_a_timeline():
    words = (Path(__file__).parents[3] / "docs" / "timelines.md").read_text("utf-8")
    timeline = read_timeline(words.split("```json\n")[1].split("```")[0], SPACE)
    assert (timeline.duration, len(timeline.marks), len(timeline.numbers)) == (6.0, 2, 1)
    assert read_timeline(timeline_text(timeline), SPACE) == timeline
