"""One track for each input, and numbers that move separately: each is edited alone."""

import json
from dataclasses import replace

import numpy as np
import pytest
from recipes import recipe, space

from zscape.models.errors import ZscapeError
from zscape.models.inputs.directions import Direction
from zscape.models.inputs.kinds.classes import Classes, ClassesValue
from zscape.models.inputs.kinds.latent import Latent
from zscape.models.inputs.kinds.noise import Noise
from zscape.models.inputs.kinds.numbers import Numbers
from zscape.models.inputs.kinds.styles import Styles
from zscape.models.inputs.recipe import Recipe
from zscape.models.inputs.space import Space
from zscape.models.timeline.edits import animate_shelf, with_length
from zscape.models.timeline.stops import delete_stop, hold_stop, stops
from zscape.models.timeline.text import read_timeline, timeline_text
from zscape.models.timeline.timeline import NumberKey, Timeline
from zscape.models.timeline.track_edits import (
    Track,
    add_key,
    begin_track,
    delete_key,
    keys_of,
    move_key,
    offered,
    set_key,
    tracks,
)

SPACE = space(12, "abcd", coordinates={"slant": 3}).with_directions([Direction("age", "z", (0.5,) * 12)])
RICH = Space(
    (Latent("z", 4), Classes("class", ("a", "b")), Styles("w", 2, 4), Noise("grain"), Numbers("pose", ("angle",), ((-90, 90),)))
)
STOPS = [recipe(seeds=((seed, 1.0),), classes=tuple(float(k == seed) for k in range(4))) for seed in (1, 2, 3)]
LINE = animate_shelf(STOPS, SPACE, 1.0, easing="linear", loop=True)
TRUNCATION, AGE = Track("z", "truncation"), Track("z", "direction age")
LATENT = SPACE.first(Latent)


def row(line, time, given=SPACE):
    latent = given.first(Latent)
    return latent.row(line.at(time, given).value(latent), given)


def times(line, track):
    return [key.time for key in keys_of(line, track)]


def test_every_kind_offers_its_numbers():
    names = {(track.input, track.number): scalar.label for track, scalar in offered(None, SPACE).items()}
    assert names == {("z", "truncation"): "truncation", ("z", "direction age"): "age (direction)", ("z", "coordinate 3"): "slant"}
    rich = {(track.input, track.number) for track in offered(None, RICH)}
    assert rich == {("z", "truncation"), ("w", "truncation"), ("grain", "strength"), ("pose", "angle")}
    for track in offered(None, RICH):
        given = RICH.input(track.input)
        value = given.with_scalar(given.default(0), track.number, 0.25)
        given.check(value)
        assert given.scalar(value, track.number) == 0.25
        with pytest.raises(ZscapeError, match="moves by itself"):
            given.with_scalar(value, "hue", 1.0)


def test_classes_change_on_their_own_while_the_style_glides():
    moved = move_key(LINE, Track("class"), 1, 0.4)
    assert times(moved, Track("class")) == [0.0, 0.4, 2.0, 3.0]
    assert times(moved, Track("z")) == [0.0, 1.0, 2.0, 3.0]
    np.testing.assert_array_equal(row(moved, 0.7), row(LINE, 0.7))
    assert moved.at(0.4, SPACE).get("class") == STOPS[1].get("class")
    assert times(move_key(LINE, Track("class"), 1, 9.0), Track("class")) == [0.0, 1.95, 2.0, 3.0]  # stops at its neighbour


def test_a_number_moves_over_what_the_track_gives():
    line = begin_track(LINE, TRUNCATION, 0.0, STOPS[0], SPACE)
    np.testing.assert_allclose(row(line, 0.7), row(LINE, 0.7))
    line = set_key(add_key(line, TRUNCATION, 2.0, SPACE), TRUNCATION, 1, value=0.0, easing="linear")
    line = set_key(line, TRUNCATION, 0, easing="linear")
    np.testing.assert_allclose(row(line, 1.0), 0.5 * row(LINE, 1.0), rtol=1e-5)
    np.testing.assert_allclose(row(line, 2.5), 0.0)
    aged = set_key(begin_track(LINE, AGE, 0.0, STOPS[0], SPACE), AGE, 0, value=2.0)
    np.testing.assert_allclose(row(aged, 1.3), row(LINE, 1.3) + 1.0, atol=1e-5)
    slanted = set_key(
        begin_track(LINE, Track("z", "coordinate 3"), 0.0, STOPS[0], SPACE), Track("z", "coordinate 3"), 0, value=7.0
    )
    assert row(slanted, 1.3)[3] == 7.0


def test_what_begins_is_what_the_point_has():
    point = Recipe({"z": replace(STOPS[0].get("z"), truncation=0.7).with_move("age", 1.5)})
    for track, number in ((TRUNCATION, 0.7), (AGE, 1.5)):
        assert keys_of(begin_track(LINE, track, 1.0, point, SPACE), track) == (NumberKey(1.0, number, "smooth"),)
    grain = begin_track(Timeline(2.0), Track("grain", "strength"), 0.0, Recipe.seed(1), RICH)
    assert set_key(grain, Track("grain", "strength"), 0, value=0.0).at(1.0, RICH).get("grain").strength == 0.0


def test_a_key_that_is_added_changes_nothing():
    for track in (Track("z"), Track("class")):
        line = add_key(LINE, track, 0.25, SPACE)
        assert times(line, track) == [0.0, 0.25, 1.0, 2.0, 3.0]
        for time in (0.1, 0.25, 0.6, 1.5):
            np.testing.assert_allclose(row(line, time), row(LINE, time), atol=1e-4)
        assert add_key(line, track, 0.27, SPACE) == line  # there is already a key nearby


def test_the_ends_of_a_loop_keep_one_value():
    line = set_key(LINE, Track("class"), 0, value=ClassesValue((0.0, 0.0, 0.0, 1.0)))
    assert keys_of(line, Track("class"))[-1].value.weights == (0.0, 0.0, 0.0, 1.0)
    line = set_key(line, Track("class"), 3, value=ClassesValue((1.0, 0.0, 0.0, 0.0)))
    assert keys_of(line, Track("class"))[0].value.weights == (1.0, 0.0, 0.0, 0.0)


def test_tracks_go_with_their_last_key_and_a_timeline_does_not():
    line = begin_track(LINE, TRUNCATION, 0.0, STOPS[0], SPACE)
    assert tracks(line) == [Track("z"), TRUNCATION, Track("class")]
    assert tracks(delete_key(line, TRUNCATION, 0)) == [Track("z"), Track("class")]
    alone = replace(line, tracks=())
    with pytest.raises(ZscapeError, match="last key"):
        delete_key(alone, TRUNCATION, 0)
    for _ in range(3):
        line = delete_stop(line, stops(line)[0])
    assert tracks(line) == [TRUNCATION]


def test_lengths_and_holds_move_numbers_too():
    line = add_key(begin_track(LINE, TRUNCATION, 0.5, STOPS[0], SPACE), TRUNCATION, 2.5, SPACE)
    assert times(with_length(line, 6.0), TRUNCATION) == [1.0, 5.0]
    assert times(hold_stop(line, stops(line)[1], 1.0), TRUNCATION) == [0.5, 3.5]


def test_numbers_travel_as_text():
    line = begin_track(begin_track(LINE, TRUNCATION, 0.0, STOPS[0], SPACE), AGE, 1.0, STOPS[0], SPACE)
    assert read_timeline(timeline_text(line), SPACE) == line
    assert '"numbers"' not in timeline_text(LINE)


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ([], "an object, input name"),
        ({"z": 3}, "object, name to a list"),
        ({"z": {"truncation": []}}, "has no keys"),
        ({"z": {"truncation": [{"time": 0, "value": "1"}]}}, "finite number"),
        ({"z": {"hue": [{"time": 0, "value": 1}]}}, "moves by itself"),
        ({"z": {"coordinate 99": [{"time": 0, "value": 1}]}}, "moves by itself"),
        ({"z": {"direction smile": [{"time": 0, "value": 1}]}}, "no direction named 'smile'"),
        ({"hair": {"length": [{"time": 0, "value": 1}]}}, "no input 'hair'"),
        ({"class": {"truncation": [{"time": 0, "value": 1}]}}, "moves by itself"),
    ],
)
def test_what_is_wrong_is_said_in_a_line(numbers, said):
    text = json.dumps({**json.loads(timeline_text(LINE)), "numbers": numbers})
    with pytest.raises(ZscapeError, match=said) as caught:
        read_timeline(text, SPACE)
    assert "\n" not in str(caught.value)
