"""Text in a film: its position, words and times, and that a card never covers movement."""

import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from recipes import recipe, space

from zscape.models.errors import ZscapeError
from zscape.models.inference.films.frames import with_marks
from zscape.models.inputs.kinds.picture import PictureValue
from zscape.models.media.film.mark_drawing import drawn, over
from zscape.models.timeline.cards import move_card, with_length_beside_cards
from zscape.models.timeline.edits import animate_shelf, with_length
from zscape.models.timeline.mark_edits import add_card, add_mark, delete_mark, marks_at, set_mark, words_at
from zscape.models.timeline.marks import PLACES, Mark
from zscape.models.timeline.stops import move_stop, stops
from zscape.models.timeline.text import read_timeline, timeline_text
from zscape.models.timeline.timeline import NumberKey, Timeline

SPACE = space(12, "abcd")
STOPS = [recipe(seeds=((seed, 1.0),), classes=tuple(float(k == seed) for k in range(4))) for seed in (1, 2, 3)]
LINE = animate_shelf(STOPS, SPACE, 1.0, loop=True)  # stops at 0, 1, 2, back at 3
GREY = np.full((120, 160, 3), 100, np.uint8)


def inked(mark, size=(160, 120)):
    """The centre of the text, as fractions of width and height."""
    down, across = np.nonzero(drawn((mark,), size)[..., 3])
    return across.mean() / size[0], down.mean() / size[1]


@pytest.mark.parametrize("place", PLACES)
def test_it_stands_where_it_is_placed(place):
    x, y = inked(Mark(0, 1, "Hi", place=place, size=0.1))
    assert ("left" in place) == (x < 0.4)
    assert ("right" in place) == (x > 0.6)
    assert ("top" in place) == (y < 0.4)
    assert ("bottom" in place) == (y > 0.6)


def test_a_caption_lets_the_rest_be_and_a_card_covers_all():
    framed = over(GREY, (Mark(0, 1, "Hi", size=0.1, background=""),))
    changed = (framed != GREY).any(axis=2)
    assert 0 < changed.mean() < 0.1
    assert framed[changed].min() >= 100  # white letters without a dark edge
    card = over(GREY, (Mark(0, 1, "Hi", "card", "middle", 0.2, "#ff0000", "#001020"),))
    assert (card[0, 0] == (0, 16, 32)).all()
    assert (card[..., 0] > 250).any()
    assert not (card == 100).all(axis=2).any()
    assert (over(GREY, (Mark(0, 1, "", "card", background=""),)) == 0).all()


def test_a_card_can_be_a_picture():
    shown = np.arange(16, dtype=np.uint8).reshape(4, 4) * 16
    card = Mark(0, 1, "", "card", picture=PictureValue.of(shown), background="#0000ff")
    frame = over(GREY, (card,))
    assert (frame[0, 0] == (0, 0, 255)).all()  # beside the picture
    assert (frame[::30, 20:140:30, 0] == shown).all()
    line = add_mark(LINE, card)
    assert read_timeline(timeline_text(line), SPACE) == line
    with pytest.raises(ZscapeError, match="that of a card"):
        Mark(0, 1, "", picture=PictureValue.of(shown))
    text = json.loads(timeline_text(line))
    text["marks"][0]["picture"] = {"kind": "noise"}
    with pytest.raises(ZscapeError, match="is a picture"):
        read_timeline(json.dumps(text), SPACE)


def test_colours_and_size_are_as_asked():
    high = [np.ptp(np.nonzero(drawn((Mark(0, 1, "H", size=size, background=""),), (300, 200))[..., 3])[0]) for size in (0.1, 0.2)]
    assert high[1] / high[0] == pytest.approx(2, rel=0.15)
    ground = over(GREY, (Mark(0, 1, "H", background="#ff000080"),))
    assert any((each == (178, 50, 50)).all() for each in ground.reshape(-1, 3))


def test_a_long_text_is_broken_between_words_and_stays_inside():
    pixels = drawn((Mark(0, 1, "one line that is far too long for a frame, and anunbreakablewordofmanyletters" * 2),), (160, 400))
    down, across = np.nonzero(pixels[..., 3])
    assert across.min() > 0
    assert across.max() < 159
    assert np.ptp(down) > 5 * 28


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=60), st.sampled_from(PLACES), st.floats(0.01, 0.5))
def test_any_text_can_be_drawn(text, place, size):
    try:
        mark = Mark(0, 1, text, place=place, size=size)
    except ZscapeError:
        return
    assert drawn((mark,), (40, 30)).shape == (30, 40, 4)


@pytest.mark.parametrize("text", ["\ud800", "a\x00b", "\x07"])
def test_what_is_no_character_is_refused_in_a_line(text):
    with pytest.raises(ZscapeError, match="cannot be drawn"):
        Mark(0, 1, text)


def test_it_shows_for_its_time_and_says_what_is_there():
    line = add_mark(LINE, Mark(0.5, 1.0, "{class} {seed} at {time} {else}"))
    assert marks_at(line, 0.49, SPACE) == marks_at(line, 1.5, SPACE) == ()
    assert [each.text for each in marks_at(line, 0.5, SPACE)] == ["b 1 at 0.5 s {else}"]
    assert [each.text for each in marks_at(line, 1.2, SPACE)] == ["c 2 at 1.2 s {else}"]
    assert marks_at(line, 4.2, SPACE) == marks_at(line, 1.2, SPACE)  # in the next round of the loop
    assert words_at(Timeline(1.0, recipe(seeds=(), numbers=(0.5,) * 12)), 0.0, SPACE)["seed"] == ""


def test_cards_lie_below_captions():
    line = add_mark(add_mark(LINE, Mark(0, 1, "caption")), Mark(0, 1, "card", "card"))
    assert [each.text for each in marks_at(line, 0.0, SPACE)] == ["card", "caption"]


def test_a_card_is_given_its_time():
    line = add_mark(LINE, Mark(1.5, 0.5, "later"))
    titled = add_card(line, Mark(0.2, 1.0, "Title", "card"))
    assert titled.seconds == LINE.seconds + 1.0
    assert [(each.start, each.end) for each in stops(titled)] == [(0.0, 1.0), (2.0, 2.0), (3.0, 3.0), (4.0, 4.0)]
    assert [each.start for each in titled.marks] == [2.5, 0.0]
    for time in (0.0, 0.4, 0.99):
        assert titled.at(time, SPACE) == LINE.at(0.0, SPACE)
    assert titled.at(1.5, SPACE) == LINE.at(0.5, SPACE)
    twice = add_card(titled, Mark(0.0, 0.5, "Another", "card"))
    assert ([each.start for each in twice.marks], twice.seconds) == ([3.0, 0.5, 0.0], 4.5)
    last = add_card(titled, Mark(0.9, 0.5, "Another", "card"))
    assert [each.start for each in last.marks] == [3.0, 0.0, 1.0]


def spans(timeline):
    return [(each.start, each.end) for each in stops(timeline)]


def with_card(at, seconds=1.0):
    """Three keys, 1 s apart, with a card at the key `at`, and a caption over the last key."""
    line = animate_shelf([recipe(seeds=((seed, 1.0),)) for seed in (1, 2, 3)], space(12), leg=1.0)
    line = add_mark(line, Mark(1.5, 0.5, "later"))
    return add_card(line, Mark(at, seconds, "title", "card"))


def test_a_key_that_moves_takes_the_card_along_for_which_it_is_held():
    line = with_card(1.0)
    assert spans(line) == [(0, 0), (1, 2), (3, 3)]
    moved = move_stop(line, stops(line)[1], 0.5)
    assert spans(moved) == [(0, 0), (0.5, 1.5), (3, 3)]
    assert [(each.text, each.start) for each in moved.marks] == [("later", 2.5), ("title", 0.5)]


@pytest.mark.parametrize(("to", "held"), [(0.0, 0), (3.0, 2)])
def test_a_card_that_moves_to_another_key_takes_the_hold_along(to, held):
    line = with_card(1.0)
    moved = move_card(line, 1, replace(line.marks[1], start=to))
    assert moved.seconds == line.seconds
    assert [each.hold for each in stops(moved)] == [1.0 if k == held else 0.0 for k in range(3)]
    card = moved.marks[1]
    assert (card.text, card.start) == ("title", stops(moved)[held].start)
    back = move_card(moved, 1, replace(card, start=1.0 if held else 2.0))
    assert spans(back) == spans(line)
    assert back.marks == line.marks


def test_a_card_between_keys_covers_what_moves_and_nothing_is_held():
    line = with_card(1.0)
    moved = move_card(line, 1, replace(line.marks[1], start=0.4))
    assert spans(moved) == [(0, 0), (1, 1), (2, 2)]
    assert [(each.text, each.start) for each in moved.marks] == [("later", 1.5), ("title", 0.4)]


def test_a_longer_card_is_held_for_longer():
    line = with_card(0.0)
    longer = move_card(line, 1, replace(line.marks[1], seconds=2.5))
    assert spans(longer) == [(0, 2.5), (3.5, 3.5), (4.5, 4.5)]
    assert longer.marks[0].start == 4.0
    assert move_card(longer, 1, line.marks[1]) == line


def test_a_card_over_a_sheet_that_moves_covers_it():
    line = Timeline(2.0, STOPS[0], (), (("start", (NumberKey(0, 0), NumberKey(2, 4))),))
    assert add_card(line, Mark(0.5, 1.0, "Title", "card")).seconds == 2.0


def test_marks_are_changed_and_go_and_scale_with_the_length():
    line = add_mark(add_mark(LINE, Mark(0, 1, "one")), Mark(1, 1, "two"))
    assert [each.text for each in set_mark(line, 0, Mark(0, 1, "three")).marks] == ["three", "two"]
    assert [each.text for each in delete_mark(line, 0).marks] == ["two"]
    assert [(each.start, each.seconds) for each in with_length(line, 6.0).marks] == [(0.0, 2.0), (2.0, 2.0)]


def test_a_film_has_them_in_exactly_their_frames():
    line = replace(add_card(LINE, Mark(0, 1.0, "Title", "card")), seconds=4.0)
    frames = list(with_marks([GREY[:30, :40]] * 40, line, 40, SPACE, scale=4))
    assert {each.shape for each in frames} == {(120, 160, 3)}
    assert [bool((each == 100).all()) for each in frames] == [False] * 10 + [True] * 30
    assert (frames[0] == over(GREY, marks_at(line, 0.0, SPACE))).all()


def test_they_travel_as_text():
    line = add_mark(LINE, Mark(0.5, 1.0, "Wörter {class}", "card", "top left", 0.2, "#00ff00", ""))
    assert read_timeline(timeline_text(line), SPACE) == line
    assert '"marks"' not in timeline_text(LINE)


@pytest.mark.parametrize(
    ("mark", "said"),
    [
        (7, "an object with a start"),
        ({"start": 0, "seconds": 1}, "an object with a start"),
        ({"start": -1}, "0 seconds or later"),
        ({"seconds": 0}, "longer than 0"),
        ({"seconds": "1"}, "finite number"),
        ({"text": 3}, "is a text"),
        ({"text": "x" * 2000}, "at most 1000"),
        ({"kind": "film"}, "a caption or a card"),
        ({"place": "centre"}, "top left"),
        ({"size": 3}, "share of the frame"),
        ({"colour": "red"}, "such as #ffffff"),
        ({"background": "#12345g"}, "such as #ffffff"),
        ({"font": "Arial"}, "no field 'font'"),
    ],
)
def test_what_is_wrong_is_said_in_a_line(mark, said):
    given = {"start": 0, "seconds": 1, "text": "Hi", **mark} if isinstance(mark, dict) and len(mark) == 1 else mark
    text = json.dumps({**json.loads(timeline_text(LINE)), "marks": [given]})
    with pytest.raises(ZscapeError, match=said) as caught:
        read_timeline(text)
    assert "\n" not in str(caught.value)


def test_another_length_leaves_title_cards_their_second():
    line = add_card(animate_shelf(STOPS, SPACE, leg=1.5, loop=True), Mark(0.0, 1.0, "Title", kind="card"))
    whole = line.seconds
    made = with_length_beside_cards(line, 6.0)
    assert made.seconds == 6.0
    assert [(each.start, each.seconds) for each in made.marks] == [(0.0, pytest.approx(1.0))]
    starts = [each.start for each in stops(made)]
    factor = 5.0 / (whole - 1.0)
    before = [each.start for each in stops(line)]
    assert starts == pytest.approx([start if start < 1 else 1 + (start - 1) * factor for start in before])
    assert stops(made)[0].hold == pytest.approx(1.0)
    assert with_length_beside_cards(made, whole).marks[0].seconds == pytest.approx(1.0)
    short = with_length_beside_cards(line, 0.5)  # shorter than the card
    assert short.seconds == 0.5
    assert short.marks[0].seconds == pytest.approx(0.5 / whole)


def test_without_a_hold_a_text_goes_with_the_rest():
    line = replace(animate_shelf(STOPS, SPACE, leg=1.5), marks=(Mark(0.5, 1.0, "over it"),))
    assert with_length_beside_cards(line, 2 * line.seconds) == with_length(line, 2 * line.seconds)
