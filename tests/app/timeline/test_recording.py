"""Recording movements onto the timeline, by mouse and keyboard: one undo step, keys like any others."""

import pytest
from PySide6.QtCore import Qt
from recipes import recipe, with_coordinate
from stage import open_file, small_model

from zscape.app.work.playing.recorder import Recorder
from zscape.models.timeline.edits import animate_shelf
from zscape.models.timeline.stops import stops

LEFT = Qt.MouseButton.LeftButton


def hand_on(panel, monkeypatch):
    """hand(seconds, number): moves coordinate 3 to `number` after `seconds` more."""
    clock, session = [100.0], panel.session
    monkeypatch.setattr(panel.recording.recorder, "clock", lambda: clock[0])

    def move(seconds, number):
        clock[0] += seconds
        session.edit_point("move", with_coordinate(session.point, 3, number))

    return move


@pytest.fixture
def hand(empty, monkeypatch):
    return hand_on(empty, monkeypatch)


@pytest.fixture
def button(empty):
    return empty.recording.button


def swing(hand):
    for step in range(1, 31):
        hand(0.05, 2 * (step / 30) ** 2)


def test_what_is_done_becomes_keys_in_one_step_of_undo(qtbot, empty, button, hand):
    before = empty.session.point
    qtbot.mouseClick(button, LEFT)
    assert button.isChecked()
    assert button.accessibleName() == "Stop recording"
    swing(hand)
    done = empty.session.undo_stack.count()
    with qtbot.waitSignal(empty.session.message) as said:
        qtbot.mouseClick(button, LEFT)
    assert "keys" in said.args[0]
    assert (button.accessibleName(), button.isChecked()) == ("Record", False)
    line, space = empty.session.scene.timeline, empty.session.space
    assert 2 <= len(stops(line)) < 15
    assert line.seconds == pytest.approx(1.5, abs=0.11)
    assert line.at(0.0, space).value(space.inputs[0]).seed == before.value(space.inputs[0]).seed
    assert line.at(line.seconds, space) == empty.session.point.with_values(dict(line.at(line.seconds, space).values))
    assert empty.session.undo_stack.count() == done + 1
    assert empty.session.undo_stack.undoText() == "record a take"
    empty.session.undo_stack.undo()
    assert empty.session.scene.timeline is None


def test_keys_of_a_take_are_edited_like_others(qtbot, empty, button, hand):
    button.click()
    swing(hand)
    button.click()
    panel = empty
    count = len(panel.stops)
    panel.delete(1)
    assert len(panel.stops) == count - 1
    panel.replace(0)
    assert empty.session.scene.timeline.at(0.0, empty.session.space).get("z") == empty.session.point.get("z")


def test_a_take_goes_where_the_playhead_is(qtbot, empty, button, hand):
    space = empty.session.space
    points = [recipe(seeds=((seed, 1.0),)) for seed in (1, 2, 3, 4)]
    empty.session.edit_timeline("animate", animate_shelf(points, space, leg=2.0))
    empty.player.seek(2.5)
    button.click()
    assert not empty.player.playing
    swing(hand)
    button.click()
    line = empty.session.scene.timeline
    starts = [each.start for each in stops(line)]
    assert {0.0, 2.0, 2.5, 6.0} <= set(starts)
    assert line.at(0.0, space) == points[0].with_values(dict(line.at(0.0, space).values))
    assert empty.player.time == 2.5


def test_nothing_that_moved_is_told_and_changes_nothing(qtbot, empty, button):
    qtbot.mouseClick(button, LEFT)
    with qtbot.waitSignal(empty.session.message) as said:
        qtbot.mouseClick(button, LEFT)
    assert "Nothing moved" in said.args[0]
    assert said.args[1] is True
    assert empty.session.scene.timeline is None


def test_the_keyboard_records(qtbot, window, monkeypatch):
    hand = hand_on(window.timeline.panel, monkeypatch)
    assert not window.timeline.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ShiftModifier)
    assert window.timeline.isVisible()
    assert window.timeline.panel.recording.recorder.recording
    hand(0.1, 1.0)
    qtbot.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ShiftModifier)
    assert window.session.scene.timeline is not None


def test_another_kind_of_model_ends_it(context, tiny_model, qtbot):
    open_file(qtbot, context, tiny_model)
    recorder = Recorder(context.session)
    recorder.start()
    with qtbot.waitSignal(recorder.ended, timeout=10_000):
        context.renderer.adopt(small_model())
    assert not recorder.recording
