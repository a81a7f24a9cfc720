"""The timeline in the session: undone, saved, kept automatically, and dropped if a model cannot draw it."""

from dataclasses import replace

import pytest
from recipes import kind, recipe, space

from zscape.app.state.kind import UNKNOWN
from zscape.app.state.saved_session import SessionFile
from zscape.app.state.scene import Scene, fit
from zscape.app.state.session import Session
from zscape.app.state.session_file import from_json, load, to_json
from zscape.app.state.session_text import SessionEncoder
from zscape.app.state.what_stays import what_stays
from zscape.models.errors import ZscapeError
from zscape.models.timeline.easing import Curve, Measured
from zscape.models.timeline.edits import animate_shelf
from zscape.models.timeline.mark_edits import add_card
from zscape.models.timeline.marks import Mark
from zscape.models.timeline.stops import set_leg, stops
from zscape.models.timeline.track_edits import Track, begin_track

SPACE = space(12)
POINTS = [recipe(seeds=((seed, 1.0),)) for seed in (1, 2, 3)]
TIMELINE = animate_shelf(POINTS, SPACE, leg=1.0, hold=0.5, loop=True)
SHAPED = set_leg(TIMELINE, stops(TIMELINE)[1], Curve(0.2, 0.0, 0.4, 1.0), "lerp")
FULL = replace(
    begin_track(
        add_card(set_leg(SHAPED, stops(SHAPED)[0], Measured((0.0, 0.25, 1.0))), Mark(0.0, 1.0, "Title", "card")),
        Track("z", "truncation"),
        1.0,
        POINTS[0],
        SPACE,
    ),
    part=(1.0, 4.0),
    even=True,
)
NUMBERS = animate_shelf([recipe(seeds=(), numbers=(each,) * 12) for each in (0.5, 1.0)], SPACE)


def test_a_timeline_is_a_step_of_undo_and_a_drag_is_one():
    session = Session()
    session.edit_timeline("animate the shelf", TIMELINE)
    gesture = session.new_gesture()
    for seconds in (5.0, 6.0, 7.0):
        session.edit_timeline("move a key", replace(TIMELINE, seconds=seconds), gesture)
    assert session.undo_stack.count() == 2
    session.undo_stack.undo()
    assert session.scene.timeline == TIMELINE
    session.undo_stack.undo()
    assert session.scene.timeline is None


@pytest.mark.parametrize("timeline", [SHAPED, FULL])
def test_a_session_file_holds_it(timeline):
    saved = SessionFile("tiny", "image", kind(12, 10), Scene(POINTS[0], timeline=timeline))
    text = to_json(saved)
    assert from_json(text, "here") == saved
    assert b"\n" not in SessionEncoder().encode(saved)
    assert "timeline" not in to_json(SessionFile())


@pytest.mark.parametrize("broken", ['{"timeline": 2}', "[]", '{"timeline": 1, "seconds": -1}', '{"timeline": 1, "seconds": "4"}'])
def test_a_damaged_one_is_told_in_a_line(broken):
    text = to_json(SessionFile()).replace('"views": {}', f'"views": {{}}, "timeline": {broken}')
    with pytest.raises(ZscapeError, match="damaged session") as caught:
        from_json(text, "here")
    assert "\n" not in str(caught.value)


def test_a_model_that_cannot_draw_it_drops_it():
    scene = Scene(POINTS[0], timeline=NUMBERS)
    assert fit(scene, kind(12, 10), kind(12, 10)).timeline == NUMBERS
    assert fit(scene, UNKNOWN).timeline == NUMBERS
    assert fit(scene, kind(8, 10), kind(12, 10)).timeline is None
    assert fit(scene, kind(12, 2, "ab"), kind(12, 4, "abcd")).timeline is None  # they mean nothing with other classes
    seeds = replace(scene, timeline=TIMELINE)
    assert fit(seeds, kind(8, 10), kind(12, 10)).timeline == TIMELINE  # seeds fit any size
    others = fit(seeds, kind(12, 2, "ab"), kind(12, 4, "abcd"))
    assert others.timeline is None  # with other classes they are other pictures
    assert what_stays(seeds, others) == "The timeline stays"
    assert what_stays(replace(seeds, shelf=(seeds.point,)), others) == "1 kept point and the timeline stay"
    assert what_stays(seeds, seeds) == ""


def test_the_timeline_is_saved_automatically_and_the_next_window_opens_with_it(qtbot, home, start, tiny_model):
    window = start(tiny_model)
    timeline = animate_shelf(POINTS, window.session.space, loop=True)
    window.session.edit_timeline("animate the shelf", timeline)

    def kept():
        return [load(path).scene.timeline for path in (home / "sessions").glob("*.zscape.json")]

    qtbot.waitUntil(lambda: kept() == [timeline], timeout=10_000)
    window.close()
    again = start(tiny_model)
    assert again.session.scene.timeline == timeline
    assert again.timeline.isVisible()
